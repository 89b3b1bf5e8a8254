import { isListedSummary } from '../model/enumeration.ts';
import { type FeedServer, FeedTool } from '../model/feed.ts';
import type { ServerRecord } from '../model/server-record.ts';
import { countTools } from './tool-counts.ts';

/** The line of servers.jsonl. `policyPath` is where the starter policy stands, relative to the feed. */
export function toFeedServer(record: ServerRecord, policyPath: string | undefined): FeedServer {
  return {
    ...record.server,
    lastLook: lastLookOf(record),
    listing: listingOf(record),
    grade: record.grade?.grade,
    score: record.grade?.score,
    findings: record.findings && [...record.findings],
    tools: countTools((record.listing?.tools ?? []).flatMap(({ classification }) => classification ?? [])),
    policy: policyPath,
  };
}

function lastLookOf({ latest }: ServerRecord): FeedServer['lastLook'] {
  if (!latest) return undefined;
  const { status, launch, auth, attempts } = latest.document;
  const fault = 'fault' in latest.document ? latest.document.fault : undefined;
  return { at: latest.startedAt.toISOString(), status, launch, fault, auth, attempts };
}

function listingOf({ listing }: ServerRecord): FeedServer['listing'] {
  if (!listing || !isListedSummary(listing.document)) return undefined;
  const { status, transport, artifact, sandbox, protocolVersion, serverInfo, instructions } = listing.document;
  return {
    at: listing.startedAt.toISOString(),
    status,
    provenance: 'live',
    transport,
    artifact,
    sandbox,
    protocolVersion,
    serverInfo,
    instructions,
  };
}

/** The lines of tools.jsonl, in the order in which the server lists them. A tool not yet classified is left out until it is. */
export function toFeedTools({ server, listing }: ServerRecord): FeedTool[] {
  return (listing?.tools ?? []).flatMap(({ hash, definition, classification, stale }) =>
    classification ? [FeedTool.parse({ server: server.id, hash, provenance: 'live', definition, classification, stale })] : [],
  );
}
