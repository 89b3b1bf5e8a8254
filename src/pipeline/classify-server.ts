import { classifyTool } from '../../classifiers/classify-tool.ts';
import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { isListedSummary } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import type { Server, ServerContext } from '../model/server.ts';
import type { ToolDefinition } from '../model/tool.ts';
import { classifiedTools, type NewClassification, recordClassifications, recordContext } from '../store/classifications.ts';
import { currentListing } from '../store/enumerations.ts';
import { storableJson } from '../store/storable-json.ts';
import { toolDefinitions } from '../store/tools.ts';
import { contentHash } from './content-hash.ts';
import type { RunContext, StepOutcome } from './run-context.ts';
import { serverContextOf } from './server-context.ts';

/** Tools of the current listing × context × classifier version → classifications; what exists is not made again. */
export async function classifyServer({ store }: RunContext, server: Server): Promise<StepOutcome> {
  const listing = await currentListing(store, server.id);
  if (!listing) return { kind: 'skipped' };
  const names = listing.tools.map(({ name }) => name);
  const instructions = isListedSummary(listing.document) ? listing.document.instructions : undefined;
  const context = storableJson(serverContextOf(server, instructions, names));
  const contextHash = contentHash(context);
  await recordContext(store, { serverId: server.id, enumerationId: listing.enumerationId, contextHash, context });
  const toolHashes = listing.tools.map(({ hash }) => hash);
  const known = await classifiedTools(store, { contextHash, classifierVersion: CLASSIFIER_VERSION, toolHashes });
  const open = toolHashes.filter((hash) => !known.has(hash));
  if (open.length === 0) return { kind: 'skipped' };
  const { rows, fault } = judge(await toolDefinitions(store, open), server.id, contextHash, context);
  await recordClassifications(store, rows);
  return fault ? { kind: 'failed', fault } : { kind: 'done' };
}

/** A tool that the classifier breaks on is a bug, and costs that tool only. */
function judge(definitions: ReadonlyMap<string, ToolDefinition>, serverId: string, contextHash: string, context: ServerContext) {
  const rows: NewClassification[] = [];
  let fault: Fault | undefined;
  for (const [toolHash, definition] of definitions) {
    try {
      rows.push({ toolHash, contextHash, classification: classifyTool(definition, context) });
    } catch (error) {
      const message = `Its tool ${definition.name.slice(0, 100)} could not be classified: ${error instanceof Error ? error.message : String(error)}`;
      fault = { code: 'internal-error', subject: serverId, message, retryable: false };
    }
  }
  return { rows, fault };
}
