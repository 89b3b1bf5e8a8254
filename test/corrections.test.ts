import { describe, expect, it } from 'vitest';
import { classifyTool } from '../classifiers/classify-tool.ts';
import { readCorrections } from '../src/read-corrections.ts';

const CORRECTIONS = [...readCorrections().values()].flatMap((byTool) => [...byTool.values()]);

describe('the corrections that ship', () => {
  it('are there', () => {
    expect(CORRECTIONS.length).toBeGreaterThan(0);
  });

  it.each(CORRECTIONS.map((correction) => [`${correction.server} ${correction.tool}`, correction] as const))(
    '%s: is still needed',
    (_, { server, definition, category }) => {
      const name = server.slice(server.indexOf(':') + 1);
      const classified = classifyTool(definition, { name, toolNames: [definition.name] }).category;
      expect(classified, 'the classifier has caught up: delete this file').not.toBe(category);
    },
  );
});
