import { classifyTool } from '../../classifiers/classify-tool.ts';
import { type EnumerateContext, enumerate } from '../connect/enumerate.ts';
import { type LaunchPlan, launchText } from '../connect/launch-plan.ts';
import { type Enumeration, isListed } from '../model/enumeration.ts';
import type { ScanDocument } from '../model/scan.ts';
import { storableJson } from '../store/storable-json.ts';
import { contentHash } from './content-hash.ts';
import { serverContextOf } from './server-context.ts';

/**
 * Lists one server's tools and classifies them; nothing is stored.
 *
 * @returns Never rejects for what the server does: the enumeration's status says it.
 */
export async function scan(plan: LaunchPlan, context: EnumerateContext): Promise<ScanDocument> {
  const enumeration = await enumerate(plan, context);
  const target = launchText(plan);
  if (!isListed(enumeration)) return { server: { name: nameOf(plan), target }, enumeration, tools: [] };
  const name = plan.kind === 'npm' ? plan.name : (enumeration.serverInfo?.name ?? nameOf(plan));
  return { server: { name, target }, ...withTools(enumeration, name) };
}

function withTools(listed: Extract<Enumeration, { tools: unknown }>, name: string): Pick<ScanDocument, 'enumeration' | 'tools'> {
  const { tools, answer: _, ...enumeration } = listed;
  const serverContext = serverContextOf(
    { name, title: listed.serverInfo?.title },
    listed.instructions,
    tools.map((tool) => tool.name),
  );
  return {
    enumeration,
    tools: tools.map((definition) => ({
      hash: contentHash(storableJson(definition)),
      provenance: 'live',
      definition,
      classification: classifyTool(definition, serverContext),
    })),
  };
}

function nameOf(plan: LaunchPlan): string {
  if (plan.kind === 'npm') return plan.name;
  return plan.kind === 'remote' ? hostOf(plan.url) : plan.argv[0];
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
