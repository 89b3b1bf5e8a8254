import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeEntries } from '../../src/identity/merge-entries.ts';
import { allEntries, judgedPairs, OPTIONS, outcomeOf } from './judged-pairs.ts';

const pairs = judgedPairs();
const entries = allEntries(pairs);

describe('pairs of real entries that a person judged', () => {
  it('are enough of both kinds, each once and with its reason', () => {
    expect(pairs.filter(({ same }) => same).length).toBeGreaterThanOrEqual(200);
    expect(pairs.filter(({ same }) => !same).length).toBeGreaterThanOrEqual(200);
    expect(new Set(pairs.map((pair) => pair.entries.map(({ source, id }) => `${source} ${id}`).join('\n'))).size).toBe(pairs.length);
    expect(pairs.filter(({ reason, origin }) => reason.length < 12 || origin.length === 0)).toStrictEqual([]);
  });

  it('are told apart', () => {
    const { precision, recall, wrong } = outcomeOf(pairs, entries);
    expect(wrong.length).toBeLessThanOrEqual(1);
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  it('no two servers have one id, and every entry leads to its server', () => {
    const servers = mergeEntries(entries, OPTIONS);
    expect(new Set(servers.map(({ id }) => id)).size).toBe(servers.length);
    const aliases = new Set(servers.flatMap((server) => server.aliases));
    expect(entries.filter(({ source, id }) => !aliases.has(`${source}:${id}`))).toStrictEqual([]);
    expect(servers.every(({ id, related }) => related.length <= 10 && related.every(({ server }) => server !== id))).toBe(true);
  });

  it('the same entries in another order give the same servers', () => {
    const judged = allEntries(pairs).filter((_, index, { length }) => index > length - 400);
    const expected = mergeEntries(judged, OPTIONS);
    const anyOrder = fc.shuffledSubarray(judged, { minLength: judged.length });
    fc.assert(
      fc.property(anyOrder, (shuffled) => {
        expect(mergeEntries(shuffled, OPTIONS)).toStrictEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});
