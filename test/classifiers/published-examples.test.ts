import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import { Access, Risk } from '../../src/model/classification.ts';
import { Tool } from '../../src/model/tool.ts';
import published from '../fixtures/classifiers/published-examples.json' with { type: 'json' };

const Published = z.object({ server: z.string(), tool: Tool, access: Access, risk: Risk, signals: z.array(z.string()) });
const EXAMPLES = z.array(Published).parse(published);

function classified({ server, tool }: z.infer<typeof Published>) {
  return classifyTool(tool, { name: server, toolNames: [] });
}

describe('the published examples', () => {
  it.each(EXAMPLES)('$server $tool.name is $access/$risk', (example) => {
    expect(classified(example)).toMatchObject({ access: example.access, risk: example.risk });
  });

  it.each(EXAMPLES)('$server $tool.name has at least $signals', (example) => {
    expect(classified(example).signals.map(({ label }) => label)).toEqual(expect.arrayContaining(example.signals));
  });

  it('does not take a masked secret for a secret in the answer', () => {
    const read = EXAMPLES.find(({ tool }) => tool.name === 'get_virtual_key');
    expect(read && classified(read).signals).toEqual([]);
  });
});
