import type { Crawler } from '../../crawlers/crawler.ts';
import { pickRelease } from '../identity/pick-release.ts';
import { type Fault, FaultError } from '../model/fault.ts';
import type { Activity, RegistryEntry } from '../model/registry-entry.ts';
import type { SourceReport } from '../model/run-report.ts';
import type { Http } from '../net/http.ts';
import { knownRevisions } from '../store/current-entries.ts';
import { type EntryCounts, markUnseenGone, NO_ENTRIES, recordEntries, recordStillListed } from '../store/registry-entries.ts';
import { recordPass, type SourceState, sourceState } from '../store/sources.ts';
import { storableJson } from '../store/storable-json.ts';
import { contentHash } from './content-hash.ts';
import { isOptedOut } from './opt-out.ts';
import type { RunContext } from './run-context.ts';

/** Entries stored at once: few enough to keep memory low, enough to make statements worth their while. */
const BATCH = 200;

/**
 * A source that can be asked for changes is read whole again after this: a change of content that moves no date, and an entry that vanished, are
 * seen only then.
 */
const WHOLE_AFTER_MS = 7 * 24 * 3_600_000;

/** Faults of single entries that are kept of one pass; the rest is counted. A source gone wrong must not fill the report. */
const MAX_FAULTS = 1_000;

export interface DiscoverOptions {
  readonly http: Http;
  /** RFC 3339: ask for what changed since, instead of since the last pass. */
  readonly since?: string;
  /** What asked not to be listed; see {@link isOptedOut}. */
  readonly optOut: readonly string[];
  /** Told how many entries have been stored so far. */
  readonly onProgress: (entries: number) => void;
}

export interface Discovered {
  readonly report: SourceReport;
  readonly faults: readonly Fault[];
}

/**
 * Source → registry entries. Only a source seen whole marks its missing entries as gone; one that breaks off is a fault, and what it had listed
 * until then is kept. The watermark moves only when a pass ended normally.
 */
export async function discover(context: RunContext, crawler: Crawler, options: DiscoverOptions): Promise<Discovered> {
  const startedAt = context.now();
  const before = await sourceState(context.store, crawler.id);
  const since = sinceOf(crawler, before, options.since, startedAt);
  const pass = new Pass(context, crawler.id, startedAt, options);
  try {
    const known = () => knownRevisions(context.store, crawler.id);
    const crawl = crawler.crawl({
      http: options.http,
      abort: context.abort,
      now: context.now,
      known,
      ...(since !== undefined && { since }),
    });
    for await (const discovery of crawl) {
      if (discovery.kind === 'entry') await pass.addEntry(discovery.entry);
      else if (discovery.kind === 'unchanged') await pass.addStillListed(discovery);
      else if (discovery.kind === 'watermark') pass.watermark = discovery.watermark;
      else pass.addFault(discovery.fault);
    }
    await pass.flush();
  } catch (error) {
    context.abort.throwIfAborted();
    if (isStoreError(error)) throw error;
    await pass.flush();
    pass.addFault(crawlFault(crawler, error));
    return pass.result({ scope: since === undefined ? 'whole' : 'changes', complete: false, gone: 0 });
  }
  const whole = since === undefined;
  const gone = whole
    ? (await markUnseenGone(context.store, { source: crawler.id, seenBefore: startedAt, now: startedAt }, pickRelease)).length
    : 0;
  const watermark = leavesGap(options.since, before) ? undefined : pass.watermark;
  await recordPass(context.store, { source: crawler.id, startedAt, whole, ...(watermark !== undefined && { watermark }) });
  return pass.result({ scope: whole ? 'whole' : 'changes', complete: true, gone });
}

/** From when changes are asked for; nothing when the source is to be read whole. */
function sinceOf(crawler: Crawler, before: SourceState | undefined, wanted: string | undefined, now: Date): string | undefined {
  if (!crawler.incremental) return undefined;
  if (wanted !== undefined) return wanted;
  if (before?.watermark === undefined || !before.lastWholeAt) return undefined;
  return now.getTime() - before.lastWholeAt.getTime() >= WHOLE_AFTER_MS ? undefined : before.watermark;
}

/** Changes between the last pass and a later `since` were not asked for: the watermark must not pass over them. */
function leavesGap(since: string | undefined, before: SourceState | undefined): boolean {
  if (since === undefined) return false;
  return before?.watermark === undefined || Date.parse(since) > Date.parse(before.watermark);
}

function isStoreError(error: unknown): boolean {
  return error instanceof Error && error.name === 'StoreError';
}

/** What a pass has seen, stored in batches. */
class Pass {
  watermark: string | undefined;
  #counts: EntryCounts = NO_ENTRIES;
  #faultCount = 0;
  readonly #faults: Fault[] = [];
  readonly #entries: RegistryEntry[] = [];
  readonly #stillListed: { readonly id: string; readonly activity?: Activity }[] = [];
  readonly #context: RunContext;
  readonly #source: string;
  readonly #seenAt: Date;
  readonly #options: DiscoverOptions;

  constructor(context: RunContext, source: string, seenAt: Date, options: DiscoverOptions) {
    this.#options = options;
    this.#context = context;
    this.#source = source;
    this.#seenAt = seenAt;
  }

  async addEntry(entry: RegistryEntry): Promise<void> {
    if (isOptedOut(entry, this.#options.optOut)) return;
    this.#entries.push(entry);
    if (this.#entries.length === BATCH) await this.flush();
  }

  async addStillListed(entry: { readonly id: string; readonly activity?: Activity }): Promise<void> {
    this.#stillListed.push(entry);
    if (this.#stillListed.length === BATCH) await this.flush();
  }

  addFault(fault: Fault): void {
    this.#faultCount += 1;
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(fault);
  }

  async flush(): Promise<void> {
    const { store } = this.#context;
    const seen = { source: this.#source, seenAt: this.#seenAt };
    const entries = this.#entries.splice(0).map(storableEntry);
    if (entries.length > 0) this.#add(await recordEntries(store, { ...seen, entries }, pickRelease));
    const still = this.#stillListed.splice(0);
    if (still.length > 0) this.#add({ ...NO_ENTRIES, unchanged: await recordStillListed(store, { ...seen, entries: still }) });
  }

  #add(counts: EntryCounts): void {
    const sum = { ...this.#counts };
    for (const outcome of Object.keys(sum) as (keyof EntryCounts)[]) sum[outcome] += counts[outcome];
    this.#counts = sum;
    this.#options.onProgress(sum.added + sum.changed + sum.deprecated + sum.deleted + sum.unchanged);
  }

  result(end: Pick<SourceReport, 'scope' | 'complete' | 'gone'>): Discovered {
    const report = { source: this.#source, ...end, ...this.#counts, faults: this.#faultCount };
    return { report, faults: this.#faults };
  }
}

/** With the hash of what makes an entry another one: all but what drifts. */
function storableEntry(given: RegistryEntry) {
  const entry = storableJson(given);
  const { activity: _, revision: __, ...content } = entry;
  return { entry, hash: contentHash(content) };
}

function crawlFault(crawler: Crawler, error: unknown): Fault {
  if (error instanceof FaultError && error.fault.code === 'source-needs-key') return error.fault;
  const known = error instanceof FaultError ? error.fault : undefined;
  return {
    code: 'source-broke-off',
    subject: crawler.id,
    message: `${crawler.title} could not be read to its end: ${error instanceof Error ? error.message : String(error)} What it listed before is kept.`,
    retryable: known?.retryable ?? true,
    ...(known && { details: [known.code, known.subject, known.details].filter(Boolean).join(' · ') }),
  };
}
