import type { Crawler } from '../../crawlers/crawler.ts';
import type { SourceReport } from '../model/run-report.ts';
import { type Discovered, discover } from '../pipeline/discover.ts';
import type { RunContext } from '../pipeline/run-context.ts';
import { addFaults, type NightlyOptions, type NightlyParts, type Progress, timed } from './stage.ts';

export async function discoverStage(context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress): Promise<void> {
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
