import { isListedSummary, type ListedSummary } from '../model/enumeration.ts';
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
  if (!listing) return undefined;
  const { provenance, document, startedAt } = listing;
  const { status, artifact } = document;
  const known = { at: startedAt.toISOString(), status, provenance, artifact };
  if (!isListedSummary(document)) return { ...known, files: document.reading?.files };
  const { transport, sandbox, protocolVersion, serverInfo, instructions } = document;
  return { ...known, widest: widestOf(document), transport, sandbox, protocolVersion, serverInfo, instructions };
}

function widestOf({ widest, attempts }: ListedSummary): NonNullable<FeedServer['listing']>['widest'] {
  const attempt = widest && attempts[widest.attempt];
  return attempt && { args: attempt.args, environmentNames: attempt.environmentNames };
}

/** The lines of tools.jsonl, in the order in which the server lists them. A tool not yet classified is left out until it is. */
export function toFeedTools({ server, listing }: ServerRecord): FeedTool[] {
  if (!listing) return [];
  const { provenance, tools } = listing;
  return tools.flatMap(({ hash, definition, classification, stale, widest }) =>
    classification ? [FeedTool.parse({ server: server.id, hash, provenance, definition, classification, stale, widest })] : [],
  );
}
