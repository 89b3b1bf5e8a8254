import { expect, it } from 'vitest';
import { faultsOfRun, finishRun, isRunGoingOn, lastRuns, recordFaults, startRun } from '../../src/store/runs.ts';
import { describeStore } from './backends.ts';
import { dumpStore } from './dump.ts';
import { at, sampleFault } from './samples.ts';

describeStore('runs', (store) => {
  it('remembers how a run was started and how it ended', async () => {
    const id = await startRun(store(), { options: { limit: 3 }, now: at(1) });
    expect(await lastRuns(store(), 5)).toEqual([{ id, startedAt: at(1), status: 'running', options: { limit: 3 } }]);
    await finishRun(store(), { id, status: 'done', report: { servers: 24 }, now: at(9) });
    expect(await lastRuns(store(), 5)).toEqual([
      { id, startedAt: at(1), finishedAt: at(9), status: 'done', options: { limit: 3 }, report: { servers: 24 } },
    ]);
  });

  it('refuses a second run while one is going on, and says which', async () => {
    const id = await startRun(store(), { options: {}, now: at(1) });
    await expect(startRun(store(), { options: {}, now: at(2) })).rejects.toMatchObject({
      code: 'run-in-progress',
      message: expect.stringContaining(`Run ${id}, started ${at(1).toISOString()},`),
    });
    await finishRun(store(), { id, status: 'failed', report: {}, now: at(3) });
    expect(await startRun(store(), { options: {}, now: at(4) })).toBe(id + 1);
  });

  it('marks runs that never finished as interrupted', async () => {
    await startRun(store(), { options: {}, now: at(1) });
    await store().runLock.release();
    await startRun(store(), { options: {}, now: at(2) });
    expect((await lastRuns(store(), 2)).map(({ status }) => status)).toEqual(['running', 'interrupted']);
    expect(await lastRuns(store(), 1)).toHaveLength(1);
  });

  it('knows whether a run is going on', async () => {
    expect(await isRunGoingOn(store())).toBe(false);
    const id = await startRun(store(), { options: {}, now: at(1) });
    expect(await isRunGoingOn(store())).toBe(true);
    await finishRun(store(), { id, status: 'done', report: {}, now: at(2) });
    expect(await isRunGoingOn(store())).toBe(false);
  });

  it('gives back the faults of a run in the order they came, each once', async () => {
    const runId = await startRun(store(), { options: {}, now: at(1) });
    const faults = [
      { stage: 'discover' as const, source: 'example-index', fault: { ...sampleFault, details: 'line 3' } },
      { stage: 'enumerate' as const, fault: sampleFault },
    ];
    await recordFaults(store(), runId, faults);
    const before = await dumpStore(store());
    await recordFaults(store(), runId, faults);
    expect(await dumpStore(store())).toEqual(before);
    expect(await faultsOfRun(store(), runId)).toEqual(faults);
    expect(await faultsOfRun(store(), runId + 1)).toEqual([]);
  });
});
