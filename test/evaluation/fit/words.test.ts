import { describe, expect, it } from 'vitest';
import { parseTool } from '../../../classifiers/parsed-tool.ts';
import { spokenFeatures } from '../../../evaluation/fit/words.ts';

const CONTEXT = { name: 'a', toolNames: [] };

describe('spokenFeatures', () => {
  it('holds words of the name, of the first sentence and of the parameters', () => {
    const inputSchema = { type: 'object', properties: { issueId: { type: 'string' } } };
    const features = spokenFeatures(parseTool({ name: 'closeIssues', description: 'Closes an issue. Then rests.', inputSchema }, CONTEXT));
    expect(features).toEqual(
      expect.arrayContaining([
        'name issue',
        'name first close',
        'name last issues',
        'name piece ^clo',
        'sentence first closes',
        'sentence pair an issue',
        'parameter issue id',
        'parameter word id',
      ]),
    );
    expect(features).not.toContain('sentence rest');
  });

  it('is bounded whatever a tool says', () => {
    const tool = { name: 'x_'.repeat(5000), description: 'word '.repeat(50_000) };
    expect(spokenFeatures(parseTool(tool, CONTEXT)).length).toBeLessThan(400);
  });
});
