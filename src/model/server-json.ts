import { z } from 'zod';
import type { Fault } from './fault.ts';
import { isJsonObject } from './json.ts';
import { readLeniently, type UnreadPart } from './lenient-read.ts';
import { RegistryEntry, Repository } from './registry-entry.ts';

/** What a `server.json` says about a server. `name` and `version` are required of publishers, and missing in files found elsewhere. */
export const ServerJson = z.object({
  name: RegistryEntry.shape.name.optional(),
  version: z.string().min(1).max(255).optional(),
  title: z.string().min(1).max(500).optional(),
  description: z.string().min(1).max(10_000).optional(),
  websiteUrl: RegistryEntry.shape.websiteUrl,
  icons: RegistryEntry.shape.icons,
  repository: Repository.pick({ url: true, source: true, id: true, subfolder: true }).optional(),
  packages: RegistryEntry.shape.packages,
  remotes: RegistryEntry.shape.remotes,
});
export type ServerJson = z.infer<typeof ServerJson>;

/** As it is found: one list that is none costs no other part. */
const Found = ServerJson.extend({ packages: ServerJson.shape.packages.optional(), remotes: ServerJson.shape.remotes.optional() });

export interface ServerJsonReading {
  readonly server: ServerJson;
  /** What was left out, `entry-part-unreadable` each. */
  readonly faults: readonly Fault[];
}

/** Faults of one document; one more says how many are not told. */
const MAX_FAULTS = 20;

/**
 * Reads a `server.json` of any schema date, from a registry or a repository. Published rows break the schema in many ways, so a part that does not
 * fit is left out and the rest is kept.
 *
 * @param subject - Of the faults: whose document it is, such as `name@version`.
 */
export function readServerJson(document: unknown, subject: string): ServerJsonReading {
  const { value, unread, moreUnread } = readLeniently(Found, normalized(document));
  const server = { ...value, packages: value?.packages ?? [], remotes: value?.remotes ?? [] };
  return { server, faults: faultsOf(unread, subject, moreUnread) };
}

/** Forms from before or beside the schema get its form. */
function normalized(document: unknown): unknown {
  if (!isJsonObject(document)) return document;
  const { repository, remotes } = document;
  return {
    ...document,
    remotes: Array.isArray(remotes) ? remotes.map(withType) : remotes,
    repository: typeof repository === 'string' && repository !== '' ? { url: repository } : repository,
  };
}

/** GitHub's registry has said `transport_type` (its v0, 2025). */
function withType(remote: unknown): unknown {
  return isJsonObject(remote) && remote['type'] === undefined ? { ...remote, type: remote['transport_type'] } : remote;
}

/**
 * The faults of parts that were left out of what `subject` says.
 *
 * @param moreUnread - How many there are beside them.
 */
export function faultsOf(unread: readonly UnreadPart[], subject: string, moreUnread = 0): Fault[] {
  const fault = (message: string): Fault => ({ code: 'entry-part-unreadable', subject, message, retryable: false });
  const faults = unread.slice(0, MAX_FAULTS).map(({ at, why }) => fault(`${at || 'The document'} was left out: ${why}.`));
  const untold = Math.max(0, unread.length - MAX_FAULTS) + moreUnread;
  if (untold > 0) faults.push(fault(`${untold} more parts were left out.`));
  return faults;
}
