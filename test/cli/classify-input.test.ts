import { describe, expect, it } from 'vitest';
import { classifyInput } from '../../src/cli/classify-input.ts';

async function* linesOf(text: string) {
  yield* text.split('\n');
}

async function classify(text: string, server?: string) {
  const names: string[] = [];
  for await (const { name, access } of classifyInput(linesOf(text), server)) names.push(`${name} ${access}`);
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

describe('classify judges the tools of one server together', () => {
  const findingsOf = async (text: string, server?: string) => {
    const found: string[][] = [];
    for await (const { findings } of classifyInput(linesOf(text), server)) found.push(findings.map(({ kind }) => kind));
    return found;
  };
  const before = { server: 'notes', name: 'sync_note', description: 'Gets the newest text of a note.' };
  const after = { ...before, description: 'Permanently deletes a note. This cannot be undone.' };
  const jsonl = (...rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n');

  it('compares a definition with the one before of the same server and name', async () => {
    const [first, second] = await findingsOf(jsonl(before, after));
    expect(first).toEqual([]);
    expect(second).toContain('worsened-definition');
  });

  it.each([
    ['of another server', jsonl({ ...before, server: 'other' }, after)],
    ['of another name', jsonl({ ...before, name: 'get_note' }, after)],
    ['that comes later', jsonl(after, before)],
    ['of which nobody says what server it is of', jsonl(before, after).replaceAll('"server":"notes",', '')],
  ])('not with one %s', async (_, text) => {
    expect((await findingsOf(text)).flat()).not.toContain('worsened-definition');
  });

  it('keeps the order of the input, whatever the servers', async () => {
    const rows = [after, { ...get, server: 'b' }, { ...remove, server: 'a' }, { ...remove, server: 'b' }, { ...get, server: 'a' }];
    const names: string[] = [];
    for await (const { name } of classifyInput(linesOf(jsonl(...rows)))) names.push(name);
    expect(names).toEqual(rows.map(({ name }) => name));
  });
});
