import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { correctionsOfServer } from '../src/model/correction.ts';
import { readCorrections } from '../src/read-corrections.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-corrections-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const GOOD = `server: npm:example
tool: get_thing
category: Write
why: It marks the thing as seen.
shownBy: a reader
date: 2026-01-02
definition:
  name: get_thing
  description: Gets a thing.
`;

function read(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return readCorrections(folder);
}

describe('reading corrections', () => {
  it('reads every YAML file of the folder and nothing else', () => {
    const corrections = read({ 'a.yaml': GOOD, 'README.md': '# corrections' });
    expect([...(corrections.get('npm:example')?.keys() ?? [])]).toEqual(['get_thing']);
    expect(corrections.get('npm:example')?.get('get_thing')).toMatchObject({ category: 'Write', date: '2026-01-02' });
  });

  it.each([
    ['a category that is none', GOOD.replace('Write', 'Harmful'), /a\.yaml:3: category: /],
    ['a field that nobody reads', `${GOOD}reviewer: me\n`, /a\.yaml:10: reviewer: Unrecognized key/],
    ['a field that is missing', GOOD.replace(/^why:.*\n/m, ''), /a\.yaml:1: why: /],
    ['an empty reason', GOOD.replace(/^why:.*$/m, "why: ' '"), /a\.yaml:4: why: /],
    ['a day that there is not', GOOD.replace('2026-01-02', '2026-02-30'), /a\.yaml:6: date: /],
    ['a server by its name for people', GOOD.replace('npm:example', 'Example'), /a\.yaml:1: server: .*npm:@scope\/name/],
    ['the definition of another tool', GOOD.replace('  name: get_thing', '  name: get_things'), /a\.yaml:8: definition\.name: /],
    ['no definition', GOOD.slice(0, GOOD.indexOf('definition')), /a\.yaml:1: definition: /],
    ['text that is no YAML', `${GOOD}\t- x: [`, /a\.yaml:10 is not YAML: /],
    ['a key twice', `${GOOD}tool: other\n`, /a\.yaml:10 is not YAML: /],
    ['a list', '- a\n', /a\.yaml:1: /],
  ])('refuses %s, naming file, line and field', (_, text, message) => {
    expect(() => read({ 'a.yaml': text })).toThrow(message);
  });

  it('refuses two corrections of one tool', () => {
    expect(() => read({ 'a.yaml': GOOD, 'b.yaml': GOOD })).toThrow(/b\.yaml and a\.yaml correct the same tool get_thing of npm:example/);
  });
});

describe('the corrections of a server', () => {
  it('are those of any of its names; of two for one tool the newer', () => {
    const other = GOOD.replace('npm:example', 'url:https://example.com').replace('Write', 'Execute').replace('2026-01-02', '2026-01-03');
    const corrections = read({ 'a.yaml': GOOD, 'b.yaml': other });
    const categoryOf = (...names: string[]) => correctionsOfServer(corrections, names).get('get_thing')?.category;
    expect(categoryOf('npm:example')).toBe('Write');
    expect(categoryOf('npm:example', 'url:https://example.com')).toBe('Execute');
    expect(categoryOf('npm:another')).toBeUndefined();
  });
});
