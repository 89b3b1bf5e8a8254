import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import type { Corrections } from '../model/correction.ts';
import type { ServerRecord } from '../model/server-record.ts';
import { type FeedResult, publishFeed } from '../publish/publish-feed.ts';
import { readSnapshot } from '../store/snapshot.ts';
import { currentVerdicts } from './current-verdicts.ts';
import { PROFILE } from './policy-of-server.ts';
import type { RunContext } from './run-context.ts';

/** One consistent snapshot → feed. */
export async function publishCatalogue({ store, corrections, now }: RunContext, folder: string): Promise<FeedResult> {
  return readSnapshot(store, async (reader) => {
    const { listed, tools } = await reader.counts(CLASSIFIER_VERSION);
    const size = { listedServers: listed, tools: tools.reduce((sum, { count }) => sum + count, 0) };
    const stored = reader.servers({ classifierVersion: CLASSIFIER_VERSION, profile: PROFILE });
    const records = withCurrentVerdicts(stored, corrections);
    return publishFeed({ size, records }, { folder, classifierVersion: CLASSIFIER_VERSION, now: now() });
  });
}

async function* withCurrentVerdicts(records: AsyncIterable<ServerRecord>, corrections: Corrections): AsyncGenerator<ServerRecord> {
  for await (const record of records) yield currentVerdicts(record, corrections);
}
