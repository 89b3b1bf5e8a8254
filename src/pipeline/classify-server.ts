import { classifyTool } from '../../classifiers/classify-tool.ts';
import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { isListedSummary } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import type { Server, ServerContext } from '../model/server.ts';
import type { ToolDefinition } from '../model/tool.ts';
import { classificationsUnder, type NewClassification, recordClassifications, recordContext } from '../store/classifications.ts';
import { currentListing, type StoredListing } from '../store/enumerations.ts';
import { recordServerFindings, type ServerToClassify, serversToClassify } from '../store/server-findings.ts';
import { storableJson } from '../store/storable-json.ts';
import { toolDefinitions } from '../store/tools.ts';
import { contentHash } from './content-hash.ts';
import { findInServer } from './find-in-server.ts';
import type { RunContext, StepOutcome } from './run-context.ts';
import { serverContextOf } from './server-context.ts';

/** The servers of which not everything is said yet; the others are counted. */
export function classificationsDue({ store }: RunContext): ReturnType<typeof serversToClassify> {
  return serversToClassify(store, CLASSIFIER_VERSION);
}

/**
 * Tools of the current listing × context × classifier version → classifications, then what is wrong with the server as a whole and with how its tools
 * changed. What exists is not made again.
 */
export async function classifyServer({ store }: RunContext, { server, hash }: ServerToClassify): Promise<StepOutcome> {
  const listing = await currentListing(store, server.id);
  if (!listing) return { kind: 'skipped' };
  const context = storableJson(contextOf(server, listing));
  const { enumerationId } = listing;
  const keys = { contextHash: contentHash(context), classifierVersion: CLASSIFIER_VERSION };
  await recordContext(store, { serverId: server.id, enumerationId, contextHash: keys.contextHash, context });
  const toolHashes = [...new Set(listing.tools.map((tool) => tool.hash))];
  const known = await classificationsUnder(store, { ...keys, toolHashes });
  const definitions = await toolDefinitions(store, toolHashes);
  const open = [...definitions].filter(([toolHash]) => !known.has(toolHash));
  const { classifications, fault } = judge(open, server.id, context);
  await recordClassifications(
    store,
    classifications.map((classified) => ({ ...classified, contextHash: keys.contextHash })),
  );
  if (fault) return { kind: 'failed', fault };
  for (const { toolHash, classification } of classifications) known.set(toolHash, storableJson(classification));
  const found = await findInServer(store, { listing, context, definitions, classifications: known });
  await recordServerFindings(store, { serverId: server.id, enumerationId, serverHash: hash, ...keys, ...found });
  return { kind: 'done' };
}

function contextOf(server: Server, { tools, document }: StoredListing): ServerContext {
  const instructions = isListedSummary(document) ? document.instructions : undefined;
  return serverContextOf(
    server,
    instructions,
    tools.map(({ name }) => name),
  );
}

/** A tool that the classifier breaks on is a bug, and costs that tool only. */
function judge(definitions: readonly (readonly [hash: string, definition: ToolDefinition])[], serverId: string, context: ServerContext) {
  const classifications: Omit<NewClassification, 'contextHash'>[] = [];
  let fault: Fault | undefined;
  for (const [toolHash, definition] of definitions) {
    try {
      classifications.push({ toolHash, classification: classifyTool(definition, context) });
    } catch (error) {
      const message = `Its tool ${definition.name.slice(0, 100)} could not be classified: ${error instanceof Error ? error.message : String(error)}`;
      fault = { code: 'internal-error', subject: serverId, message, retryable: false };
    }
  }
  return { classifications, fault };
}
