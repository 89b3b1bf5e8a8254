import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { type FeedResult, publishFeed } from '../publish/publish-feed.ts';
import { readSnapshot } from '../store/snapshot.ts';
import { PROFILE } from './policy-of-server.ts';
import type { RunContext } from './run-context.ts';

/** One consistent snapshot → feed. */
export async function publishCatalogue({ store, now }: RunContext, folder: string): Promise<FeedResult> {
  return readSnapshot(store, async (reader) => {
    const { listed } = await reader.counts(CLASSIFIER_VERSION);
    const records = reader.servers({ classifierVersion: CLASSIFIER_VERSION, profile: PROFILE });
    return publishFeed({ listedServers: listed, records }, { folder, classifierVersion: CLASSIFIER_VERSION, now: now() });
  });
}
