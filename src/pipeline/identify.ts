import { identifyEntries } from '../identity/identify-entries.ts';
import { serversOf } from '../identity/merge-entries.ts';
import type { Authorities } from '../identity/profile.ts';
import type { Activity } from '../model/registry-entry.ts';
import { currentEntries } from '../store/current-entries.ts';
import { recordServers } from '../store/servers.ts';
import { storableJson } from '../store/storable-json.ts';
import { contentHash } from './content-hash.ts';
import { isOptedOut } from './opt-out.ts';
import type { RunContext } from './run-context.ts';

export interface IdentifyOptions {
  /** Ids of all configured sources: of what several say of one server, the earlier counts. */
  readonly precedence: readonly string[];
  readonly authorities: Authorities;
  readonly optOut: readonly string[];
}

/**
 * Registry entries → servers and aliases, rebuilt from all entries that are not gone. A source that is no longer configured has no say; what it listed
 * stays stored, and counts again when it comes back.
 */
export async function identify({ store, now }: RunContext, { optOut, ...options }: IdentifyOptions): ReturnType<typeof recordServers> {
  const entries = (await currentEntries(store)).filter((entry) => options.precedence.includes(entry.source) && !isOptedOut(entry, optOut));
  const identified = serversOf(identifyEntries(entries, options), options);
  const servers = identified.map(({ server, profiles }) => ({
    server,
    hash: contentHash(storableJson(server)),
    ...activityOf(profiles.flatMap(({ entry }) => entry.activity ?? [])),
  }));
  return recordServers(store, { servers, now: now() });
}

/** The highest that any of its entries says, of each kind. */
function activityOf(all: readonly Activity[]): { readonly activity?: Activity } {
  if (all.length === 0) return {};
  const highest = (values: readonly (number | undefined)[]) => Math.max(...values.map((value) => value ?? 0));
  const pushedAt = all
    .flatMap((activity) => activity.pushedAt ?? [])
    .sort()
    .at(-1);
  return {
    activity: {
      stars: highest(all.map(({ stars }) => stars)),
      weeklyDownloads: highest(all.map(({ weeklyDownloads }) => weeklyDownloads)),
      ...(pushedAt !== undefined && { pushedAt }),
    },
  };
}
