import type { Crawler } from '../../crawlers/crawler.ts';
import type { EnumerateContext } from '../connect/enumerate.ts';
import type { Fault, Stage } from '../model/fault.ts';
import type { RunFault, RunReport, SourceReport, StageReport } from '../model/run-report.ts';
import type { Server } from '../model/server.ts';
import type { Http } from '../net/http.ts';
import { classifyServer } from '../pipeline/classify-server.ts';
import { type Discovered, discover } from '../pipeline/discover.ts';
import type { LastLook } from '../pipeline/due.ts';
import { enumerateServer, isServerDue } from '../pipeline/enumerate-server.ts';
import { isHostFault } from '../pipeline/host-faults.ts';
import { type IdentifyOptions, identify } from '../pipeline/identify.ts';
import { lookOrder } from '../pipeline/look-order.ts';
import { policyOfServer } from '../pipeline/policy-of-server.ts';
import { publishCatalogue } from '../pipeline/publish-catalogue.ts';
import type { RunContext, RunObserver, StepOutcome } from '../pipeline/run-context.ts';
import { runReport } from '../pipeline/run-report.ts';
import { lastEnumerations } from '../store/enumerations.ts';
import { finishRun, recordFaults, startRun } from '../store/runs.ts';
import { listedServers, serversToLookAt } from '../store/servers.ts';
import type { Store } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { runStage, type StageResult } from './run-stage.ts';

export interface NightlyOptions {
  readonly crawlers: readonly Crawler[];
  /** Most servers to look at; popular and new ones go first. Absent means all that are due. */
  readonly limit?: number;
  /** RFC 3339: ask the sources that can tell for what changed since then, instead of since their last pass. */
  readonly since?: string;
  /** Ids of the sources whose entries may lead to addresses of one's own. */
  readonly ownSources: readonly string[];
  /** Ask every source for everything. */
  readonly whole?: boolean;
  /** A source that takes longer is broken off. */
  readonly sourceMs: number;
  /** Of all configured sources, whichever are asked in this run. */
  readonly identity: IdentifyOptions;
  /** Only this stage, on what the earlier ones have stored. */
  readonly only?: Stage;
  /** Where the feed goes. */
  readonly feedFolder: string;
  /** Servers looked at once. */
  readonly concurrency: number;
}

export interface NightlyParts {
  readonly store: Store;
  readonly http: Http;
  readonly connection: EnumerateContext;
  readonly observer: RunObserver;
  readonly abort: AbortSignal;
  readonly now: () => Date;
}

/** What the stages have left so far. */
interface Progress {
  readonly stages: StageReport[];
  readonly sources: SourceReport[];
  readonly faults: RunFault[];
  feed?: RunReport['feed'];
  /** Every look that was due failed for want of something on this host. */
  couldNotLook?: boolean;
}

type StageRunner = (context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress) => Promise<void>;

const STAGES: { readonly [S in Stage]: StageRunner } = {
  discover: discoverStage,
  identify: identifyStage,
  enumerate: enumerateStage,
  classify: serverStage('classify', classifyServer),
  policy: serverStage('policy', policyOfServer),
  publish: publishStage,
};

/**
 * One pass over the catalogue. Every stage takes up what it finds stored, so a killed run is resumed by running again.
 *
 * @returns The report; its status is `failed` when the publish gate refused, or when this host could look at nothing.
 * @throws What stopped the run: the abort, or a database that is gone.
 */
export async function nightly(parts: NightlyParts, options: NightlyOptions): Promise<RunReport> {
  const { store, now } = parts;
  const startedAt = now();
  const runId = await startRun(store, { options: storedOptions(options), now: startedAt });
  // Whoever lost the lock may not be the only one writing any more.
  const abort = AbortSignal.any([parts.abort, store.runLock.lost]);
  const context: RunContext = { store, runId, now, abort };
  const progress: Progress = { stages: [], sources: [], faults: [] };
  try {
    for (const [stage, run] of Object.entries(STAGES)) {
      abort.throwIfAborted();
      if (options.only === undefined || options.only === stage) await run(context, { ...parts, abort }, options, progress);
    }
    const report = await runReport(context, { startedAt, ...progress });
    await finishRun(store, { id: runId, status: report.status, report, now: now() });
    return report;
  } catch (error) {
    await recordStop(context, progress, error);
    throw error;
  }
}

function storedOptions({ crawlers, limit, only, since, whole }: NightlyOptions): object {
  return { sources: crawlers.map(({ id }) => id), limit, only, since, whole };
}

/** Says in the store that the run ended early, where the store can still be written. */
async function recordStop({ store, runId, abort, now }: RunContext, { stages, sources, faults }: Progress, error: unknown): Promise<void> {
  if (isFatal(error)) return;
  await finishRun(store, { id: runId, status: abort.aborted ? 'interrupted' : 'failed', report: { stages, sources, faults }, now: now() });
}

async function discoverStage(context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress): Promise<void> {
  await timed('discover', parts.observer, progress, async (report) => {
    for (const { report: source } of await discoverAll(context, parts, options, progress)) {
      report.done += source.added + source.changed + source.deprecated + source.deleted + source.gone;
      report.skipped += source.unchanged;
      report.failed += source.faults;
    }
  });
}

/** All sources at once: each waits for its own hosts most of the time. What stops one, such as the loss of the database, stops all. */
async function discoverAll(context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress): Promise<Discovered[]> {
  const stop = new AbortController();
  const abort = AbortSignal.any([context.abort, stop.signal]);
  const passes = options.crawlers.map(async (crawler) => {
    try {
      const discovered = await discoverSource({ ...context, abort }, crawler, parts, options);
      progress.sources.push(discovered.report);
      await addFaults(
        context,
        progress,
        discovered.faults.map((fault) => ({ stage: 'discover', source: crawler.id, fault })),
      );
      return discovered;
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(passes);
  progress.sources.sort(inOrderOf(options.crawlers));
  return Promise.all(passes);
}

function inOrderOf(crawlers: readonly Crawler[]): (a: SourceReport, b: SourceReport) => number {
  const place = ({ source }: SourceReport) => crawlers.findIndex(({ id }) => id === source);
  return (a, b) => place(a) - place(b);
}

function discoverSource(
  context: RunContext,
  crawler: Crawler,
  { http, observer }: NightlyParts,
  { since, whole, sourceMs, identity: { optOut } }: NightlyOptions,
): Promise<Discovered> {
  const onProgress = (entries: number) => observer.sourceProgress(crawler.id, entries);
  return discover(context, crawler, { http, optOut, sourceMs, onProgress, since, whole });
}

async function identifyStage(
  context: RunContext,
  { observer }: NightlyParts,
  { identity }: NightlyOptions,
  progress: Progress,
): Promise<void> {
  await timed('identify', observer, progress, async (report) => {
    const { added, changed, unchanged, gone, refused } = await identify(context, identity);
    report.done += added.length + changed.length + gone.length;
    report.skipped += unchanged;
    report.failed += refused.length;
    await addFaults(
      context,
      progress,
      refused.map((id) => ({ stage: 'identify', fault: idTooLong(id) })),
    );
  });
}

function idTooLong(id: string): Fault {
  return {
    code: 'id-too-long',
    subject: id.slice(0, 200),
    message: 'The id of this server is too long to keep; it is left out.',
    retryable: false,
  };
}

async function enumerateStage(context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress): Promise<void> {
  const last = await lastEnumerations(context.store);
  const { due, notDue } = await serversDue(context, last, options.crawlers);
  const items = lookOrder(due).slice(0, options.limit);
  const step = ({ server }: (typeof items)[number], abort: AbortSignal) =>
    enumerateServer(context, { ...parts.connection, abort, ...reachOf(server, options) }, server, last.get(server.id));
  const { report, faults } = await perServer({ stage: 'enumerate', items, step }, context, parts, options, progress);
  progress.stages.push({ ...report, skipped: report.skipped + notDue, postponed: due.length - items.length });
  progress.couldNotLook = report.done === 0 && faults.length > 0 && faults.every(saysOfThisHost);
}

/** Addresses of one's own are for servers that only one's own sources list: anybody else could name one to have it asked. */
function reachOf({ sources }: Server, { ownSources }: NightlyOptions): { readonly reach?: 'public' } {
  return sources.every((source) => ownSources.includes(source)) ? {} : { reach: 'public' };
}

/** A host that is busy with its other servers says nothing of this machine. */
function saysOfThisHost(fault: Fault): boolean {
  return isHostFault(fault) && fault.code !== 'not-asked';
}

/** Of the servers that one of the asked sources lists. */
async function serversDue({ store, now }: RunContext, last: ReadonlyMap<string, LastLook>, crawlers: readonly Crawler[]) {
  const asked = new Set(crawlers.map(({ id }) => id));
  const all = (await serversToLookAt(store)).filter(({ server }) => server.sources.some((source) => asked.has(source)));
  const due = all
    .filter(({ server }) => isServerDue(server, last.get(server.id), now()))
    .map((candidate) => ({ ...candidate, id: candidate.server.id, lookedAt: last.has(candidate.server.id) }));
  return { due, notDue: all.length - due.length };
}

async function publishStage(
  context: RunContext,
  { observer }: NightlyParts,
  { feedFolder }: NightlyOptions,
  progress: Progress,
): Promise<void> {
  await timed('publish', observer, progress, async (report) => {
    const result = await publishCatalogue(context, feedFolder);
    if (result.kind === 'refused') {
      report.failed += 1;
      await addFaults(context, progress, [{ stage: 'publish', fault: result.fault }]);
      return;
    }
    report[result.changed ? 'done' : 'skipped'] += 1;
    progress.feed = { folder: feedFolder, generation: result.index.generation, changed: result.changed };
  });
}

/** A stage over the servers whose tools are known; of the others there is nothing to say. */
function serverStage(stage: Stage, step: (context: RunContext, server: Server) => Promise<StepOutcome>): StageRunner {
  return async (context, parts, options, progress) => {
    const items = (await listedServers(context.store)).map((server) => ({ server }));
    const { report } = await perServer({ stage, items, step: ({ server }) => step(context, server) }, context, parts, options, progress);
    progress.stages.push(report);
  };
}

interface ServerWork<Item> {
  readonly stage: Stage;
  readonly items: readonly Item[];
  readonly step: (item: Item, abort: AbortSignal) => Promise<StepOutcome>;
}

async function perServer<Item extends { readonly server: Server }>(
  work: ServerWork<Item>,
  context: RunContext,
  { observer, abort }: NightlyParts,
  { concurrency }: NightlyOptions,
  progress: Progress,
): Promise<StageResult> {
  const sources = new Map(work.items.map(({ server }) => [server.id, server.sources.join(', ')]));
  const result = await runStage({ ...work, subjectOf: ({ server }) => server.id, concurrency, abort, observer, isFatal });
  await addFaults(
    context,
    progress,
    result.faults.map((fault) => ({ stage: work.stage, source: sources.get(fault.subject), fault })),
  );
  return result;
}

/** Without its database a run is over; a statement that was refused costs one server. */
function isFatal(error: unknown): boolean {
  return error instanceof StoreError && error.code !== 'query-failed';
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

async function timed(
  stage: Stage,
  observer: RunObserver,
  { stages }: Progress,
  work: (report: Mutable<StageReport>) => Promise<void>,
): Promise<void> {
  const startedAt = performance.now();
  const report = { stage, done: 0, skipped: 0, failed: 0, durationMs: 0 };
  observer.stageStarted(stage);
  await work(report);
  report.durationMs = Math.round(performance.now() - startedAt);
  stages.push(report);
  observer.stageEnded(report);
}

async function addFaults({ store, runId }: RunContext, { faults: all }: Progress, faults: readonly RunFault[]): Promise<void> {
  all.push(...faults);
  await recordFaults(store, runId, faults);
}
