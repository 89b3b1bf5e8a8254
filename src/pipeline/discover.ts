import type { Crawler } from '../../crawlers/crawler.ts';
import type { Fault } from '../model/fault.ts';
import type { RegistryEntry } from '../model/registry-entry.ts';
import { markUnseenGone, recordEntries } from '../store/registry-entries.ts';
import { storableJson } from '../store/storable-json.ts';
import { contentHash } from './content-hash.ts';
import type { RunContext } from './run-context.ts';

const BATCH = 500;

export interface Discovered {
  readonly changed: number;
  readonly unchanged: number;
  readonly gone: number;
  readonly faults: readonly Fault[];
}

/**
 * Source → registry entries. Only a source seen whole marks its missing entries as gone; one that breaks off is a fault, and what it had listed
 * until then is kept.
 */
export async function discover(context: RunContext, crawler: Crawler, limit = Number.POSITIVE_INFINITY): Promise<Discovered> {
  const seenAt = context.now();
  const sum = { changed: 0, unchanged: 0, gone: 0, faults: [] as Fault[] };
  const batch: RegistryEntry[] = [];
  const flush = async () => {
    const entries = batch.splice(0).map((entry) => ({ entry, hash: contentHash(storableJson(entry)) }));
    const { added, changed, unchanged } = await recordEntries(context.store, { source: crawler.id, seenAt, entries });
    sum.changed += added + changed;
    sum.unchanged += unchanged;
  };
  let seen = 0;
  let whole = true;
  try {
    for await (const discovery of crawler.crawl({ abort: context.abort })) {
      if (discovery.kind === 'fault') {
        sum.faults.push(discovery.fault);
        continue;
      }
      if (seen === limit) {
        whole = false;
        break;
      }
      seen += 1;
      batch.push(discovery.entry);
      if (batch.length === BATCH) await flush();
    }
  } catch (error) {
    context.abort.throwIfAborted();
    whole = false;
    sum.faults.push(crawlFault(crawler, error));
  }
  await flush();
  if (whole) sum.gone = (await markUnseenGone(context.store, { source: crawler.id, seenBefore: seenAt, now: seenAt })).length;
  return sum;
}

function crawlFault(crawler: Crawler, error: unknown): Fault {
  return {
    code: 'source-broke-off',
    subject: crawler.id,
    message: `${crawler.title} could not be read to its end: ${error instanceof Error ? error.message : String(error)}. What it listed before is kept.`,
    retryable: true,
  };
}
