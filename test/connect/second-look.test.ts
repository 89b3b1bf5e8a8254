import { expect, it } from 'vitest';
import type { Tried } from '../../src/connect/attempt.ts';
import { secondLook } from '../../src/connect/second-look.ts';
import type { ToolDefinition } from '../../src/model/tool-definition.ts';

function tried(tools: readonly ToolDefinition[]): Tried {
  const attempt: Tried['attempt'] = {
    rung: 'bare',
    args: [],
    environmentNames: [],
    status: 'complete',
    toolCount: tools.length,
    durationMs: 1,
    exitCode: null,
    stderr: '',
    noise: '',
  };
  return { attempt, result: { listing: { tools, answer: [], faults: [] } }, text: '' };
}

const plain = { name: 'a', description: 'plain' };
const other = { name: 'a', description: 'other' };
const last = { name: 'a', description: 'last' };

it.each<[string, ToolDefinition[], ToolDefinition[], string[]]>([
  ['the first', [plain, last], [other, last], ['a']],
  ['the last', [last, plain], [last, other], ['a']],
  ['none', [plain, last], [plain, last], []],
])('of several tools of one name, a difference in %s of them is seen', async (_, before, after, changed) => {
  const look = async (client: object | undefined) => tried(client ? after : before);
  expect(await secondLook(tried(before), 'other-client', look)).toMatchObject({ secondLook: { added: [], removed: [], changed } });
});
