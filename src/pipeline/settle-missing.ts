import type { Crawler } from '../../crawlers/crawler.ts';
import { pickRelease } from '../identity/pick-release.ts';
import type { Fault } from '../model/fault.ts';
import { countUnseen } from '../store/current-entries.ts';
import { markUnseenGone } from '../store/registry-entries.ts';
import type { EndedPass, SourceState } from '../store/sources.ts';
import type { Store } from '../store/store.ts';

/** More than this share of a source missing overnight, and more than a handful, is an answer that was cut short before it is news. */
const LARGEST_LOSS = 0.3;
const SMALL_LOSS = 50;

/** What became of what a pass did not see. */
export interface Settled {
  readonly outcome: EndedPass['outcome'];
  readonly gone: number;
  readonly fault?: Fault;
}

export interface WholePass {
  /** How far the source was read before it. */
  readonly before: SourceState | undefined;
  readonly startedAt: Date;
  /** Whether a large loss is to be doubted. */
  readonly doubts: boolean;
}

/**
 * What a whole pass did not see is gone. Where that would be a large part of the source, an answer may have been cut short: then nothing is gone until
 * another whole pass, which is made the next time, does not see it either.
 */
export async function settleMissing(store: Store, crawler: Crawler, { before, startedAt, doubts }: WholePass): Promise<Settled> {
  const { total, unseen } = await countUnseen(store, crawler.id, startedAt);
  const isDoubtful = doubts && unseen > SMALL_LOSS && unseen > total * LARGEST_LOSS;
  if (isDoubtful && !before?.doubtedAt) return { outcome: 'doubted', gone: 0, fault: sourceShrank(crawler, unseen, total) };
  const seenBefore = (isDoubtful && before?.doubtedAt) || startedAt;
  const gone = await markUnseenGone(store, { source: crawler.id, seenBefore, now: startedAt }, pickRelease);
  return { outcome: 'whole', gone: gone.length };
}

function sourceShrank({ id, title }: Crawler, unseen: number, total: number): Fault {
  return {
    code: 'source-shrank',
    subject: id,
    message: `${title} no longer lists ${unseen} of ${total} entries. They are kept until another whole crawl does not see them either.`,
    retryable: true,
  };
}
