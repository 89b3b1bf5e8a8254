import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { type FeedResult, publishFeed } from '../publish/publish-feed.ts';
import { catalogueCounts } from '../store/catalogue-counts.ts';
import { readSnapshot } from '../store/snapshot.ts';
import { PROFILE } from './policy-of-server.ts';
import type { RunContext } from './run-context.ts';

/** One consistent snapshot → feed. */
export async function publishCatalogue({ store, now }: RunContext, folder: string): Promise<FeedResult> {
  const { listed } = await catalogueCounts(store, CLASSIFIER_VERSION);
  return readSnapshot(store, (reader) =>
    publishFeed(
      { listedServers: listed, records: reader.servers({ classifierVersion: CLASSIFIER_VERSION, profile: PROFILE }) },
      { folder, classifierVersion: CLASSIFIER_VERSION, now: now() },
    ),
  );
}
