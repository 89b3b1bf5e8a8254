import { mergeEntries } from '../identity/merge-entries.ts';
import { currentEntries } from '../store/registry-entries.ts';
import { recordServers } from '../store/servers.ts';
import { storableJson } from '../store/storable-json.ts';
import { contentHash } from './content-hash.ts';
import type { RunContext } from './run-context.ts';

/** Registry entries → servers and aliases, rebuilt from all entries that are not gone. */
export async function identify({ store, now }: RunContext): ReturnType<typeof recordServers> {
  const servers = mergeEntries(await currentEntries(store));
  return recordServers(store, {
    servers: servers.map((server) => ({ server, hash: contentHash(storableJson(server)) })),
    now: now(),
  });
}
