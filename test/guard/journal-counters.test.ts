import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditLog } from '../../src/guard/audit-log.ts';
import { JournalCounters, RoomTaken } from '../../src/guard/journal-counters.ts';
import type { Charge } from '../../src/policy/counters.ts';

const DAY = 86_400_000;
const NOW = 20_000 * DAY;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-counters-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const charge = (more: Partial<Charge> = {}): Charge => ({ key: 'k', window: NOW, amount: 1, max: 3, ...more });

describe('counts in a journal', () => {
  it('survive a restart', () => {
    const first = new JournalCounters(folder);
    first.take([charge(), charge({ key: 'ü\u2028"', amount: 0.5 })]);
    first.close();
    const second = new JournalCounters(folder);
    expect(second.taken('k', NOW)).toBe(1);
    expect(second.taken('ü\u2028"', NOW)).toBe(0.5);
    expect(second.taken('k', NOW + 60_000)).toBe(0);
    second.close();
  });

  it('are shared: who looked before another took the last room takes nothing', () => {
    const [one, other] = [new JournalCounters(folder), new JournalCounters(folder)];
    one.take([charge({ max: 1 })]);
    expect(() => other.take([charge({ key: 'free' }), charge({ max: 1 })])).toThrow(RoomTaken);
    expect(other.taken('k', NOW)).toBe(1);
    expect(one.taken('free', NOW)).toBe(0);
    for (const counters of [one, other]) counters.close();
  });

  it('two that take in turn come to the same counts', () => {
    const [one, other] = [new JournalCounters(folder), new JournalCounters(folder)];
    for (let turn = 0; turn < 5; turn += 1) for (const counters of [one, other]) counters.take([charge({ max: 10 })]);
    expect([one.taken('k', NOW), other.taken('k', NOW)]).toStrictEqual([10, 10]);
    for (const counters of [one, other]) counters.close();
  });

  it('limits of one counter take one after the other', () => {
    const counters = new JournalCounters(folder);
    expect(() => counters.take([charge({ amount: 2 }), charge({ amount: 2 })])).toThrow(RoomTaken);
    counters.take([charge({ amount: 2 }), charge({ amount: 1 })]);
    expect(counters.taken('k', NOW)).toBe(3);
    counters.close();
  });

  it('a torn line is left out, and what is written after it counts', () => {
    const counters = new JournalCounters(folder);
    counters.take([charge()]);
    appendFileSync(join(folder, 'counts-20000.jsonl'), '{"by":"x","charges":[{"key":"k","win');
    counters.take([charge()]);
    expect(counters.taken('k', NOW)).toBe(2);
    const other = new JournalCounters(folder);
    expect(other.taken('k', NOW)).toBe(2);
    for (const each of [counters, other]) each.close();
  });

  it('a day has its own file; old ones go, and a clock put back goes on in the day that was reached', () => {
    writeFileSync(join(folder, 'counts-19990.jsonl'), '');
    const counters = new JournalCounters(folder);
    counters.take([charge({ window: NOW + DAY })]);
    expect(readdirSync(folder)).toStrictEqual(['counts-20001.jsonl']);
    counters.close();
    const later = new JournalCounters(folder);
    later.take([charge()]);
    expect(readdirSync(folder)).toStrictEqual(['counts-20001.jsonl']);
    expect(later.taken('k', NOW + DAY)).toBe(2);
    later.close();
  });
});

describe('the audit log', () => {
  it('has names of arguments and none of their values, and is put aside when it is full', () => {
    const file = join(folder, 'decisions.jsonl');
    const log = new AuditLog(file, 400);
    const entry = { tool: 'send', decision: 'deny', rule: 'deny', reason: 'The policy denies this tool.', grant: 'g' } as const;
    for (let turn = 0; turn < 4; turn += 1) log.write(entry, { secret: 'hunter2', nested: { inner: 'hunter2' } }, NOW);
    log.close();
    expect(readdirSync(folder).sort()).toStrictEqual(['decisions.jsonl', 'decisions.jsonl.1']);
    const written = readLines(`${file}.1`).concat(readLines(file));
    expect(written).toStrictEqual(
      Array.from({ length: 4 }, () => ({ time: new Date(NOW).toISOString(), ...entry, arguments: ['secret', 'nested'] })),
    );
  });
});

function readLines(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}
