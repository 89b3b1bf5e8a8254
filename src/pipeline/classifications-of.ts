import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import type { Classification } from '../model/classification.ts';
import { currentClassifications } from '../store/classifications.ts';
import { findServer } from '../store/servers.ts';
import type { Store } from '../store/store.ts';

/** The stored classifications of a server named by id, alias or name; nothing when it is not there or its tools are not known. */
export async function classificationsOf(store: Store, name: string): Promise<Classification[] | undefined> {
  const server = await findServer(store, name);
  const classifications = server && (await currentClassifications(store, server.id, CLASSIFIER_VERSION));
  return classifications && classifications.size > 0 ? [...classifications.values()] : undefined;
}
