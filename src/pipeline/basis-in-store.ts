import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import type { Corrections } from '../model/correction.ts';
import type { PolicyBasis } from '../policy/make-policy.ts';
import { findServer } from '../store/servers.ts';
import { readServerRecord } from '../store/snapshot.ts';
import type { Store } from '../store/store.ts';
import { currentVerdicts } from './current-verdicts.ts';
import { PROFILE } from './policy-of-server.ts';

/** What is known of the tools of a server named by id, alias or name, corrections applied; nothing when it is not there or its tools are not known. */
export async function basisInStore(store: Store, name: string, corrections: Corrections): Promise<PolicyBasis | undefined> {
  const server = await findServer(store, name);
  const record = server && (await readServerRecord(store, server.id, { classifierVersion: CLASSIFIER_VERSION, profile: PROFILE }));
  if (!record) return undefined;
  const { listing, findings = [] } = currentVerdicts(record, corrections);
  const tools = (listing?.tools ?? []).flatMap(({ hash, definition, classification }) =>
    classification ? [{ hash, definition, classification }] : [],
  );
  return tools.length > 0 ? { server: record.server.name, tools, findings } : undefined;
}
