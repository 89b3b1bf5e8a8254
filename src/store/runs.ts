import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Fault, Stage } from '../model/fault.ts';
import { canonicalJson } from '../model/json.ts';
import type { RunFault } from '../model/run-report.ts';
import { sql } from './drizzle.ts';
import { jsonBatches } from './json-batches.ts';
import { Count, execute, Instant, instant, inTransaction, optional, query, translated } from './query.ts';
import { storableJson } from './storable-json.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

const RunStatus = z.enum(['running', 'done', 'failed', 'interrupted']);

const Run = z.object({
  id: Count,
  startedAt: Instant,
  finishedAt: optional(Instant),
  status: RunStatus,
  options: z.unknown(),
  /** What `finishRun` was given. */
  report: optional(z.unknown()),
});
export type Run = z.infer<typeof Run>;

const RunId = z.object({ id: Count });

/**
 * Starts the one run that may be going on. Runs that never finished are marked interrupted: whoever they belonged to is gone.
 *
 * @returns Its id.
 * @throws StoreError `run-in-progress`.
 */
export async function startRun(store: Store, { options, now }: { readonly options: object; readonly now: Date }): Promise<number> {
  if (!(await translated(() => store.runLock.acquire()))) throw await runInProgress(store);
  try {
    return await inTransaction(store, async (db) => {
      await execute(db, sql`update runs set status = 'interrupted' where status = 'running'`);
      const text = JSON.stringify(storableJson(options));
      const [run] = await query(
        db,
        RunId,
        sql`insert into runs (started_at, status, options) values (${instant(now)}, 'running', ${text}::jsonb) returning id`,
      );
      return RunId.parse(run).id;
    });
  } catch (error) {
    await store.runLock.release();
    throw error;
  }
}

async function runInProgress(store: Store): Promise<StoreError> {
  const running = (await lastRuns(store, 1)).find(({ status }) => status === 'running');
  const which = running ? `Run ${running.id}, started ${running.startedAt.toISOString()},` : 'Another run';
  return new StoreError('run-in-progress', `${which} is still going on in this database. Wait until it is done, or stop it.`);
}

export interface RunOutcome {
  readonly id: number;
  readonly status: 'done' | 'failed' | 'interrupted';
  readonly report: object;
  readonly now: Date;
}

export async function finishRun(store: Store, { id, status, report, now }: RunOutcome): Promise<void> {
  const text = JSON.stringify(storableJson(report));
  await execute(store.db, sql`update runs set status = ${status}, report = ${text}::jsonb, finished_at = ${instant(now)} where id = ${id}`);
  await store.runLock.release();
}

/** Whether a process is at work on a run. Where none is, a run that says `running` was killed. */
export async function isRunGoingOn(store: Store): Promise<boolean> {
  return translated(() => store.runLock.isHeld());
}

/** The last runs, newest first. */
export async function lastRuns(store: Store, count: number): Promise<Run[]> {
  return query(
    store.db,
    Run,
    sql`
      select id, started_at as "startedAt", finished_at as "finishedAt", status, options, report
      from runs order by id desc limit ${count}`,
  );
}

/** Adds faults to a run's. One that is there already stays one. */
export async function recordFaults(store: Store, runId: number, faults: readonly RunFault[]): Promise<void> {
  for (const batch of jsonBatches(faults.map(faultRow))) {
    await execute(
      store.db,
      sql`
        insert into faults (run_id, hash, stage, source, subject, code, message, retryable, details)
        select ${runId}, hash, stage, source, subject, code, message, retryable, details
        from json_to_recordset(${batch}::json)
          as row (hash text, stage text, source text, subject text, code text, message text, retryable boolean, details text)
        on conflict (run_id, hash) do nothing`,
    );
  }
}

function faultRow({ stage, source, fault }: RunFault): object {
  const row = { stage, source, ...fault };
  return {
    ...row,
    hash: createHash('sha256')
      .update(canonicalJson(storableJson(row)))
      .digest('hex'),
  };
}

const FaultRow = z.object({
  stage: Stage,
  source: optional(z.string()),
  fault: Fault.extend({ details: optional(z.string()) }),
});

/** A run's faults, in the order they were recorded. */
export async function faultsOfRun(store: Store, runId: number): Promise<RunFault[]> {
  return query(
    store.db,
    FaultRow,
    sql`
      select stage, source,
        jsonb_build_object('subject', subject, 'code', code, 'message', message, 'retryable', retryable, 'details', details) as fault
      from faults where run_id = ${runId} order by id`,
  );
}
