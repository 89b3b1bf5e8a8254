import { explainIdentity } from '../identity/explain-identity.ts';
import type { IdentityExplanation } from '../model/identity.ts';
import { currentEntries } from '../store/current-entries.ts';
import { formerIds } from '../store/former-ids.ts';
import { findServer } from '../store/servers.ts';
import type { Store } from '../store/store.ts';
import type { IdentifyOptions } from './identify.ts';
import { isOptedOut } from './opt-out.ts';

/**
 * Why a server is made of the entries it is made of, from what is stored now.
 *
 * @param wanted - As people type it: an id, an alias, a name, a former id.
 * @returns Nothing when it means no server, or one whose entries are all gone.
 */
export async function explainStoredIdentity(
  store: Store,
  wanted: string,
  { optOut, ...options }: IdentifyOptions,
): Promise<IdentityExplanation | undefined> {
  const entries = (await currentEntries(store)).filter((entry) => options.precedence.includes(entry.source) && !isOptedOut(entry, optOut));
  const known = await findServer(store, wanted);
  const explanation = explainIdentity(entries, known?.id ?? wanted, options);
  return explanation && { ...explanation, formerIds: await formerIds(store, explanation.server) };
}
