import { changeFindings } from '../../classifiers/change-findings.ts';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import type { JudgedTool } from '../../classifiers/judged-tool.ts';
import { cloaking } from '../../classifiers/server/cloaking.ts';
import { serverFindings } from '../../classifiers/server-findings.ts';
import type { Classification, Finding } from '../model/classification.ts';
import { isListedSummary } from '../model/enumeration.ts';
import type { ServerContext } from '../model/server.ts';
import type { ToolDefinition } from '../model/tool.ts';
import type { ToolChange } from '../model/tool-change.ts';
import type { StoredListing } from '../store/enumerations.ts';
import { redefinitionsUpTo } from '../store/server-findings.ts';
import type { Store } from '../store/store.ts';
import { toolDefinitions } from '../store/tools.ts';

interface ClassifiedListing {
  readonly listing: StoredListing;
  readonly context: ServerContext;
  /** Of its tools, by hash. */
  readonly definitions: ReadonlyMap<string, ToolDefinition>;
  readonly classifications: ReadonlyMap<string, Classification>;
}

interface FoundInServer {
  readonly findings: readonly Finding[];
  readonly changes: readonly ToolChange[];
}

/** What is wrong with a server whose tools are classified: with all of it, and with each tool's last change. */
export async function findInServer(
  store: Store,
  { listing, context, definitions, classifications }: ClassifiedListing,
): Promise<FoundInServer> {
  const judged = new Map<string, JudgedTool>();
  for (const [hash, definition] of definitions) {
    const classification = classifications.get(hash);
    if (classification) judged.set(hash, { definition, classification });
  }
  const tools = listing.tools.flatMap(({ hash }) => judged.get(hash) ?? []);
  const { document } = listing;
  const cloaked = isListedSummary(document) && document.secondLook ? cloaking(document.secondLook) : [];
  return { findings: [...serverFindings(tools, context), ...cloaked], changes: await findInChanges(store, listing, context, judged) };
}

/** Both definitions are judged under today's context: then only what changed in the definition can make a difference. */
async function findInChanges(
  store: Store,
  { serverId, enumerationId }: StoredListing,
  context: ServerContext,
  judged: ReadonlyMap<string, JudgedTool>,
): Promise<ToolChange[]> {
  const redefinitions = await redefinitionsUpTo(store, serverId, enumerationId);
  const former = await toolDefinitions(
    store,
    redefinitions.map(({ before }) => before),
  );
  return redefinitions.flatMap(({ tool, before, after, since }) => {
    const [definition, now] = [former.get(before), judged.get(after)];
    if (!definition || !now) return [];
    const found = changeFindings({ definition, classification: classifyTool(definition, context) }, now);
    const findings = found.map((finding) => ({ ...finding, since: since.toISOString() }));
    return findings.length > 0 ? [{ tool, hash: after, findings }] : [];
  });
}
