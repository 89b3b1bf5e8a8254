import type { PolicyBasis } from '../policy/make-policy.ts';
import { findInFeed } from '../publish/find-in-feed.ts';

/**
 * What a published feed says of the tools of a server named by id, alias or name; nothing when it is not there or its tools are not known.
 *
 * @returns `torn` where the feed's files do not belong together.
 */
export async function basisInFeed(folder: string, wanted: string): Promise<PolicyBasis | 'torn' | undefined> {
  const found = await findInFeed(folder, wanted);
  if (found.kind !== 'found') return found.kind === 'torn' ? 'torn' : undefined;
  const { server, tools } = found.published;
  return tools.length > 0 ? { server: server.name, tools, findings: server.findings ?? [] } : undefined;
}
