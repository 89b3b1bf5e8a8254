import { expect, it } from 'vitest';
import { pickRelease } from '../../src/identity/pick-release.ts';
import { recordEntries } from '../../src/store/registry-entries.ts';
import { allSourceStates, recordPass, sourceState } from '../../src/store/sources.ts';
import { describeStore } from './backends.ts';
import { at, sampleEntry } from './samples.ts';

const source = 'example-index';

describeStore('how far a source was read', (store) => {
  it('is unknown before the first pass', async () => {
    expect(await sourceState(store(), source)).toBeUndefined();
  });

  it('keeps the watermark and the last whole pass through passes that have none', async () => {
    await recordPass(store(), { source, startedAt: at(1), outcome: 'whole', watermark: '2026-01-01T00:00:00Z' });
    await recordPass(store(), { source, startedAt: at(2), outcome: 'changes' });
    expect(await sourceState(store(), source)).toEqual({
      watermark: '2026-01-01T00:00:00Z',
      lastPassAt: at(2),
      lastWholeAt: at(1),
      doubtedAt: undefined,
    });
    await recordPass(store(), { source, startedAt: at(3), outcome: 'whole', watermark: '2026-01-02T00:00:00Z' });
    expect(await sourceState(store(), source)).toEqual({
      watermark: '2026-01-02T00:00:00Z',
      lastPassAt: at(3),
      lastWholeAt: at(3),
      doubtedAt: undefined,
    });
    expect(await sourceState(store(), 'other-index')).toBeUndefined();
  });

  it('is doubted until a whole pass is believed', async () => {
    await recordPass(store(), { source, startedAt: at(1), outcome: 'doubted', watermark: '2026-01-01T00:00:00Z' });
    expect(await sourceState(store(), source)).toMatchObject({ doubtedAt: at(1), lastWholeAt: undefined });
    await recordPass(store(), { source, startedAt: at(2), outcome: 'changes' });
    expect(await sourceState(store(), source)).toMatchObject({ doubtedAt: at(1) });
    await recordPass(store(), { source, startedAt: at(3), outcome: 'whole' });
    expect(await sourceState(store(), source)).toMatchObject({ doubtedAt: undefined, lastWholeAt: at(3) });
  });

  it('is shown for every source, with what counts of it', async () => {
    const entries = [sampleEntry('a'), sampleEntry('b'), sampleEntry('c', { version: '1.0.0', release: { status: 'deleted' } })];
    await recordEntries(store(), { source, seenAt: at(1), entries }, pickRelease);
    await recordPass(store(), { source, startedAt: at(1), outcome: 'whole' });
    expect(await allSourceStates(store())).toEqual([
      { source, entries: 2, watermark: undefined, lastPassAt: at(1), lastWholeAt: at(1), doubtedAt: undefined },
    ]);
  });
});
