import { describe, expect, it } from 'vitest';
import { runStage, type StageWork } from '../../src/jobs/run-stage.ts';

const silent = { stageStarted: () => {}, sourceProgress: () => {}, stepEnded: () => {}, stageEnded: () => {} };

function work(step: StageWork<number>['step'], rest: Partial<StageWork<number>> = {}): StageWork<number> {
  const items = [1, 2, 3, 4];
  const subjectOf = (item: number) => `item ${item}`;
  return {
    stage: 'classify',
    items,
    subjectOf,
    step,
    concurrency: 2,
    abort: new AbortController().signal,
    observer: silent,
    isFatal: () => false,
    ...rest,
  };
}

describe('runStage', () => {
  it('counts each outcome, and a step that throws costs its own item only', async () => {
    const { report, faults } = await runStage(
      work(async (item) => {
        if (item === 2) throw new Error('broken invariant');
        return item === 3 ? { kind: 'skipped' } : { kind: 'done' };
      }),
    );
    expect(report).toMatchObject({ done: 2, skipped: 1, failed: 1 });
    expect(faults).toStrictEqual([{ code: 'internal-error', subject: 'item 2', message: 'broken invariant', retryable: false }]);
  });

  it('never runs more steps at once than it may', async () => {
    let running = 0;
    let most = 0;
    await runStage(
      work(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        return { kind: 'done' };
      }),
    );
    expect(most).toBe(2);
  });

  it('a fatal error stops the stage and is thrown as it was', async () => {
    const seen: number[] = [];
    const fatal = new Error('database gone');
    const run = runStage(
      work(
        async (item) => {
          seen.push(item);
          throw fatal;
        },
        { concurrency: 1, isFatal: (error) => error === fatal },
      ),
    );
    await expect(run).rejects.toBe(fatal);
    expect(seen).toStrictEqual([1]);
  });

  it('an abort ends it after the steps under way', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const run = runStage(
      work(
        async (item) => {
          seen.push(item);
          controller.abort();
          return { kind: 'done' };
        },
        { concurrency: 1, abort: controller.signal },
      ),
    );
    await expect(run).rejects.toThrow(/abort/i);
    expect(seen).toStrictEqual([1]);
  });

  it('a fatal error stops the steps beside it, and neither is told as an outcome of its item', async () => {
    const outcomes: string[] = [];
    const fatal = new Error('database gone');
    const run = runStage(
      work(
        async (item, abort) => {
          if (item === 1) throw fatal;
          await new Promise((_, reject) => abort.addEventListener('abort', () => reject(abort.reason)));
          return { kind: 'done' };
        },
        { isFatal: (error) => error === fatal, observer: { ...silent, stepEnded: (_, subject) => outcomes.push(subject) } },
      ),
    );
    await expect(run).rejects.toBe(fatal);
    expect(outcomes).toStrictEqual([]);
  });
});
