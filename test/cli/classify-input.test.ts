import { describe, expect, it } from 'vitest';
import { classifyInput } from '../../src/cli/classify-input.ts';

async function classify(text: string, server?: string) {
  async function* lines() {
    yield* text.split('\n');
  }
  const names: string[] = [];
  for await (const { name, access } of classifyInput(lines(), server)) names.push(`${name} ${access}`);
  return names;
}

const get = { name: 'get_thing', description: 'Get a thing.' };
const remove = { name: 'delete_thing', description: 'Delete a thing for ever.' };
const expected = ['get_thing Read', 'delete_thing Admin'];

describe('classify reads', () => {
  it.each([
    ['a tools/list result', JSON.stringify({ tools: [get, remove] })],
    ['a whole answer', JSON.stringify({ jsonrpc: '2.0', id: 1, result: { tools: [get, remove] } })],
    ['an array', JSON.stringify([get, remove])],
    ['an array over several lines', JSON.stringify([get, remove], null, 2)],
    ['JSON Lines of tools', `${JSON.stringify(get)}\n\n${JSON.stringify(remove)}\n`],
    ['JSON Lines of results', `${JSON.stringify({ server: 'a', tools: [get] })}\n${JSON.stringify({ server: 'b', tools: [remove] })}`],
    ['a file with a byte order mark', `\ufeff${JSON.stringify([get, remove])}`],
    ['one tool', JSON.stringify(get, null, 2).concat('')],
  ])('%s, in order', async (form, text) => {
    expect(await classify(text)).toStrictEqual(form === 'one tool' ? expected.slice(0, 1) : expected);
  });

  it.each([
    ['{"name":1}', /line 1 is not a tool/],
    ['[{"name":"a"},7]', /line 1, tool 2 is not a tool/],
    ['{"name":"a"}\n{broken', /line 2 is not JSON/],
    [`{"name":"a","inputSchema":${'{"a":'.repeat(80)}1${'}'.repeat(80)}}`, /nests deeper than 64/],
  ])('%s is refused with its place', async (text, message) => {
    await expect(classify(text)).rejects.toThrow(message);
  });
});
