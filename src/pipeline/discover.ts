import type { Crawler } from '../../crawlers/crawler.ts';
import { type Fault, FaultError } from '../model/fault.ts';
import type { SourceReport } from '../model/run-report.ts';
import type { Http } from '../net/http.ts';
import { knownRevisions } from '../store/current-entries.ts';
import { recordPass, type SourceState, sourceState } from '../store/sources.ts';
import { CrawlPass, type PassOptions } from './crawl-pass.ts';
import type { RunContext } from './run-context.ts';
import { type Settled, settleMissing } from './settle-missing.ts';

/**
 * A source that can be asked for changes is read whole again after this: a change of content that moves no date, and an entry that vanished, are
 * seen only then.
 */
const WHOLE_AFTER_MS = 7 * 24 * 3_600_000;

export interface DiscoverOptions extends PassOptions {
  readonly http: Http;
  /** RFC 3339: ask for what changed since, instead of since the last pass. */
  readonly since?: string;
  /** Ask for everything, whatever is known. */
  readonly whole?: boolean;
  /** A source that takes longer is broken off: all the others would wait for it. */
  readonly sourceMs: number;
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
  const stored = await sourceState(context.store, crawler.id);
  const isOther = stored !== undefined && stored.origin !== crawler.origin;
  const before = isOther ? undefined : stored;
  const since = options.whole || isOther ? undefined : sinceOf(crawler, before, options.since, startedAt);
  const scope = since === undefined ? 'whole' : 'changes';
  const pass = new CrawlPass(context, crawler.id, startedAt, options);
  try {
    await readSource(context, crawler, options, since, pass);
  } catch (error) {
    context.abort.throwIfAborted();
    if (isStoreError(error)) throw error;
    await pass.flush();
    pass.addFault(crawlFault(crawler, error, options.sourceMs));
    return pass.result({ scope, complete: false, gone: 0 });
  }
  // Of another source under the same id everything is missing, and that is no news.
  const doubts = !isOther;
  const settled: Settled =
    since === undefined ? await settleMissing(context.store, crawler, { before, startedAt, doubts }) : { outcome: 'changes', gone: 0 };
  if (settled.fault) pass.addFault(settled.fault);
  const watermark = leavesGap(options.since, before) ? undefined : pass.watermark;
  await recordPass(context.store, { source: crawler.id, origin: crawler.origin, startedAt, outcome: settled.outcome, watermark });
  return pass.result({ scope, complete: true, gone: settled.gone });
}

async function readSource(
  { store, now, abort: stop }: RunContext,
  crawler: Crawler,
  { http, sourceMs }: DiscoverOptions,
  since: string | undefined,
  pass: CrawlPass,
): Promise<void> {
  const abort = AbortSignal.any([stop, AbortSignal.timeout(sourceMs)]);
  const known = () => knownRevisions(store, crawler.id);
  for await (const discovery of crawler.crawl({ http, abort, now, known, ...(since !== undefined && { since }) })) {
    if (discovery.kind === 'entry') await pass.addEntry(discovery.entry);
    else if (discovery.kind === 'unchanged') await pass.addStillListed(discovery);
    else if (discovery.kind === 'watermark') pass.watermark = discovery.watermark;
    else pass.addFault(discovery.fault);
  }
  await pass.flush();
}

/** From when changes are asked for; nothing when the source is to be read whole. */
function sinceOf(crawler: Crawler, before: SourceState | undefined, wanted: string | undefined, now: Date): string | undefined {
  if (!crawler.incremental) return undefined;
  if (wanted !== undefined) return wanted;
  if (before?.watermark === undefined || !before.lastWholeAt || before.doubtedAt) return undefined;
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

function crawlFault(crawler: Crawler, error: unknown, sourceMs: number): Fault {
  const known = error instanceof FaultError ? error.fault : undefined;
  if (known?.code === 'source-needs-key') return known;
  return {
    code: 'source-broke-off',
    subject: crawler.id,
    message: `${crawler.title} could not be read to its end: ${reasonOf(error, sourceMs)} What it listed before is kept.`,
    retryable: known?.retryable ?? true,
    ...(known && { details: [known.code, known.subject, known.details].filter(Boolean).join(' · ') }),
  };
}

function reasonOf(error: unknown, sourceMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `it took longer than ${(sourceMs / 3_600_000).toFixed(1)} h.`;
  return error.message.endsWith('.') ? error.message : `${error.message}.`;
}
