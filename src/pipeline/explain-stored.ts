import { explainServer } from '../../classifiers/explain/explain-server.ts';
import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { type Corrections, correctionsOfServer } from '../model/correction.ts';
import type { Explanation } from '../model/explanation.ts';
import { findServer } from '../store/servers.ts';
import { readServerRecord } from '../store/snapshot.ts';
import type { Store } from '../store/store.ts';
import { currentVerdicts, namesOfServer } from './current-verdicts.ts';
import { staleIn } from './explain-server.ts';
import { PROFILE } from './policy-of-server.ts';

/**
 * From what is stored, corrections applied.
 *
 * @param wanted - As people type it: an id, an alias, a name.
 * @returns Nothing when it means no server, or one whose tools are not known.
 */
export async function explainStored(store: Store, wanted: string, corrections: Corrections): Promise<Explanation | undefined> {
  const server = await findServer(store, wanted);
  if (!server) return undefined;
  const stored = await readServerRecord(store, server.id, { classifierVersion: CLASSIFIER_VERSION, profile: PROFILE });
  if (!stored?.listing) return undefined;
  const { listing, findings = [] } = currentVerdicts(stored, corrections);
  const tools = (listing?.tools ?? []).flatMap(({ definition, classification }) =>
    classification ? [{ definition, classification }] : [],
  );
  const stale = staleIn(tools, correctionsOfServer(corrections, namesOfServer(server)));
  return tools.length > 0 ? explainServer({ name: server.name, target: server.id, tools, findings, stale }) : undefined;
}
