import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { type FeedResult, publishFeed } from '../publish/publish-feed.ts';
import { readSnapshot } from '../store/snapshot.ts';
import { PROFILE } from './policy-of-server.ts';
import type { RunContext } from './run-context.ts';

/** One consistent snapshot → feed. */
export async function publishCatalogue({ store, now }: RunContext, folder: string): Promise<FeedResult> {
  return readSnapshot(store, async (reader) => {
    const { listed, tools } = await reader.counts(CLASSIFIER_VERSION);
    const size = { listedServers: listed, tools: tools.reduce((sum, { count }) => sum + count, 0) };
    const records = reader.servers({ classifierVersion: CLASSIFIER_VERSION, profile: PROFILE });
    return publishFeed({ size, records }, { folder, classifierVersion: CLASSIFIER_VERSION, now: now() });
  });
}
