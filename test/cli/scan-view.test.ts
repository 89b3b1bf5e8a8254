import { describe, expect, it } from 'vitest';
import { scanCommand } from '../../src/cli/commands/scan.ts';
import { scanView } from '../../src/cli/scan-view.ts';
import { table } from '../../src/cli/table.ts';
import type { SecondLook } from '../../src/model/enumeration.ts';
import { EnumerationSummary } from '../../src/model/enumeration.ts';

const LOOK: SecondLook = { client: 'other', status: 'complete', added: [], removed: [], changed: [] };

function viewOf(secondLook: SecondLook | undefined): string {
  const circumstances = {
    launch: 'x',
    attempts: [],
    installMs: 0,
    durationMs: 1,
    serverInfo: { name: 'x', version: '1' },
    protocolVersion: '1',
    faults: [],
  };
  const enumeration = EnumerationSummary.parse({ ...circumstances, status: 'complete', transport: 'stdio', secondLook });
  return scanView({ server: { name: 'x', target: 'x' }, enumeration, tools: [] }, 80);
}

describe('a scan for people', () => {
  it.each<[string, Partial<SecondLook>, string]>([
    ['the same', {}, 'the same tools'],
    ['others', { cause: 'client', added: ['b'], changed: ['a', 'c'] }, 'defined otherwise: a, c; more: b'],
    ['so many', { cause: 'client', removed: Array.from({ length: 22 }, () => 'a') }, `fewer: ${Array(20).fill('a').join(', ')} and 2 more`],
    ['none', { status: 'crashed' }, 'no list to compare (crashed)'],
  ])('says what another client is shown: %s', (_, look, expected) => {
    expect(viewOf({ ...LOOK, ...look }).split('\n')).toContain(`Looked again as other: ${expected}`);
  });

  it('says nothing of a look that was not asked for', () => {
    expect(viewOf(undefined)).not.toContain('Looked again');
  });

  it('prints nothing that a server could control a terminal with', () => {
    expect(viewOf({ ...LOOK, changed: ['a\u001b[2J'] })).not.toContain('\u001b');
  });

  it('takes a target after --second-look', () => {
    const command = scanCommand([]);
    expect(command.parseOptions(['--second-look', 'npm:name']).operands).toStrictEqual(['npm:name']);
    expect(command.opts()).toMatchObject({ secondLook: true });
  });
});

describe('a table', () => {
  it.each([
    [80, 'a  a long text'],
    [8, 'a  a lo…'],
    [1, 'a …'],
  ])('in a width of %d', (width, line) => {
    expect(table(['A', 'B'], [['a', 'a long text']], width).split('\n')[1]).toBe(line);
  });
});
