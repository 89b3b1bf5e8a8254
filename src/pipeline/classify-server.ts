import { classifyTool } from '../../classifiers/classify-tool.ts';
import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { isListedSummary } from '../model/enumeration.ts';
import type { Server } from '../model/server.ts';
import { Tool } from '../model/tool.ts';
import { classifiedTools, recordClassifications, recordContext } from '../store/classifications.ts';
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
  const definitions = await toolDefinitions(store, open);
  await recordClassifications(
    store,
    [...definitions].map(([toolHash, definition]) => ({
      toolHash,
      contextHash,
      classification: classifyTool(Tool.parse(definition), context),
    })),
  );
  return { kind: 'done' };
}
