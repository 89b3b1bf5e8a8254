import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import type { Classification } from '../model/classification.ts';
import type { Corrections } from '../model/correction.ts';
import { currentClassifications } from '../store/classifications.ts';
import { findServer } from '../store/servers.ts';
import type { Store } from '../store/store.ts';
import { withCorrections } from './policy-of-server.ts';

/** What the tools of a server named by id, alias or name are, corrections applied; nothing when it is not there or its tools are not known. */
export async function categoriesOf(
  store: Store,
  name: string,
  corrections: Corrections,
): Promise<Pick<Classification, 'name' | 'category'>[] | undefined> {
  const server = await findServer(store, name);
  const classifications = server && (await currentClassifications(store, server.id, CLASSIFIER_VERSION));
  return server && classifications && classifications.size > 0
    ? withCorrections([...classifications.values()], server, corrections)
    : undefined;
}
