import { expect, it } from 'vitest';
import { currentEntries, markUnseenGone, recordEntries } from '../../src/store/registry-entries.ts';
import { describeStore } from './backends.ts';
import { dumpStore } from './dump.ts';
import { at, sampleEntry } from './samples.ts';

const source = 'example-index';

describeStore('registry entries', (store) => {
  it('counts what is new, changed and unchanged', async () => {
    const first = await recordEntries(store(), { source, seenAt: at(1), entries: [sampleEntry('a'), sampleEntry('b')] });
    const second = await recordEntries(store(), {
      source,
      seenAt: at(2),
      entries: [sampleEntry('a'), sampleEntry('b', { title: 'B' }), sampleEntry('c')],
    });
    expect([first, second]).toEqual([
      { added: 2, changed: 0, unchanged: 0 },
      { added: 1, changed: 1, unchanged: 1 },
    ]);
  });

  it('moves only "last seen" of an unchanged entry', async () => {
    await recordEntries(store(), { source, seenAt: at(1), entries: [sampleEntry('a')] });
    const before = await dumpStore(store(), { exact: true });
    await recordEntries(store(), { source, seenAt: at(2), entries: [sampleEntry('a')] });
    const after = await dumpStore(store(), { exact: true });
    const withoutLastSeen = (lines: string[]) => lines.map((line) => line.replace(/"last_seen_at":"[^"]*"/, ''));
    expect(withoutLastSeen(after)).toEqual(withoutLastSeen(before));
    expect(after).not.toEqual(before);
  });

  it('gives back what was recorded, by source and id in byte order, the source document in its own key order', async () => {
    const entries = [sampleEntry('b'), sampleEntry('a_'), sampleEntry('a-'), sampleEntry('Z')];
    await recordEntries(store(), { source, seenAt: at(1), entries });
    const current = await currentEntries(store());
    expect(current.map(({ id }) => id)).toEqual(['Z', 'a-', 'a_', 'b']);
    expect(JSON.stringify(current[3]?.raw)).toBe(JSON.stringify(entries[0]?.entry.raw));
  });

  it('marks only what its own source no longer shows as gone, and revives it', async () => {
    const other = sampleEntry('b', { source: 'other-index' });
    await recordEntries(store(), { source: 'other-index', seenAt: at(1), entries: [other] });
    await recordEntries(store(), { source, seenAt: at(1), entries: [sampleEntry('a'), sampleEntry('b')] });
    await recordEntries(store(), { source, seenAt: at(5), entries: [sampleEntry('a')] });
    expect(await markUnseenGone(store(), { source, seenBefore: at(5), now: at(6) })).toEqual(['b']);
    expect(await markUnseenGone(store(), { source, seenBefore: at(5), now: at(7) })).toEqual([]);
    expect((await currentEntries(store())).map((entry) => `${entry.source} ${entry.id}`)).toEqual(['example-index a', 'other-index b']);
    expect(await recordEntries(store(), { source, seenAt: at(8), entries: [sampleEntry('b')] })).toEqual({
      added: 1,
      changed: 0,
      unchanged: 0,
    });
    expect(await currentEntries(store())).toHaveLength(3);
  });

  it('takes an entry that a source lists twice once, as it was last', async () => {
    const counts = await recordEntries(store(), {
      source,
      seenAt: at(1),
      entries: [sampleEntry('a'), sampleEntry('a', { title: 'Second' })],
    });
    expect(counts.added).toBe(1);
    expect((await currentEntries(store()))[0]?.title).toBe('Second');
  });

  it('records more entries than one statement takes', async () => {
    const entries = Array.from({ length: 2_500 }, (_, index) => sampleEntry(`entry-${index}`));
    expect(await recordEntries(store(), { source, seenAt: at(1), entries })).toEqual({ added: 2_500, changed: 0, unchanged: 0 });
    expect(await recordEntries(store(), { source, seenAt: at(2), entries })).toEqual({ added: 0, changed: 0, unchanged: 2_500 });
  });
});
