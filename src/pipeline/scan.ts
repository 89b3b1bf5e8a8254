import { basename } from 'node:path';
import { type EnumerateContext, enumerate } from '../connect/enumerate.ts';
import { type LaunchPlan, launchText } from '../connect/launch-plan.ts';
import { identifierKey } from '../identity/package-key.ts';
import { remoteKey } from '../identity/remote-key.ts';
import { type Corrections, correctionsOfServer } from '../model/correction.ts';
import { type Enumeration, EnumerationSummary, isListed, knownTools, provenanceOf } from '../model/enumeration.ts';
import type { ScanDocument } from '../model/scan.ts';
import type { ServerContext } from '../model/server.ts';
import type { ToolDefinition } from '../model/tool.ts';
import { storableJson } from '../store/storable-json.ts';
import { contentHash } from './content-hash.ts';
import { serverContextOf } from './server-context.ts';

/**
 * Lists one server's tools and judges them, corrections applied; nothing is stored.
 *
 * @param readCorrections - Asked once a server is starting: what judges it is loaded meanwhile, which takes as long as many a start.
 * @returns Never rejects for what the server does: the enumeration's status says it.
 */
export async function scan(
  plan: LaunchPlan,
  context: EnumerateContext,
  readCorrections: () => Promise<Corrections>,
): Promise<ScanDocument> {
  const judges = once(() => Promise.all([import('./judge-tools.ts'), readCorrections()]));
  // What fails here fails again below, where it is not ignored.
  const onStarted = () => void judges().catch(() => {});
  const enumeration = await enumerate(plan, { ...context, onStarted });
  const target = launchText(plan);
  const summary = EnumerationSummary.parse(enumeration);
  const provenance = provenanceOf(summary);
  if (!provenance) return { server: { name: nameOf(plan), target }, enumeration: summary, tools: [] };
  const known = knownTools(enumeration);
  const definitions = known.map(({ definition }) => definition);
  const serverInfo = isListed(enumeration) ? enumeration.serverInfo : undefined;
  const name = plan.kind === 'npm' || plan.kind === 'pypi' ? plan.name : (serverInfo?.name ?? nameOf(plan));
  const [{ judgeTools, cloaking }, corrections] = await judges();
  const cloaked = isListed(enumeration) && enumeration.secondLook ? cloaking(enumeration.secondLook) : [];
  const { tools, findings, grade } = judgeTools(definitions, {
    context: contextOf(enumeration, definitions, name),
    corrections: correctionsOfServer(corrections, aliasesOfPlan(plan)),
    cloaked,
  });
  return {
    server: { name, target, grade: grade?.grade, score: grade?.score, findings: [...findings] },
    enumeration: summary,
    tools: tools.map((tool, index) => ({
      hash: contentHash(storableJson(tool.definition)),
      provenance,
      ...(known[index]?.widest && { widest: true as const }),
      ...tool,
    })),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function contextOf(enumeration: Enumeration, tools: readonly ToolDefinition[], name: string): ServerContext {
  const { instructions, serverInfo } = isListed(enumeration) ? enumeration : {};
  return serverContextOf(
    { name, title: serverInfo?.title },
    instructions,
    tools.map((tool) => tool.name),
  );
}

/** What the catalogue would know it by. A command line or a folder is nobody's package. */
export function aliasesOfPlan(plan: LaunchPlan): string[] {
  switch (plan.kind) {
    case 'npm':
    case 'pypi':
      return [identifierKey({ registryType: plan.kind, identifier: plan.name })];
    case 'oci':
      return [identifierKey({ registryType: 'oci', identifier: plan.image })];
    case 'mcpb':
      return [identifierKey({ registryType: 'mcpb', identifier: plan.location })];
    case 'remote':
      return [`url:${plan.url}`, remoteKey(plan.url) ?? []].flat();
    default:
      return [];
  }
}

function nameOf(plan: LaunchPlan): string {
  switch (plan.kind) {
    case 'npm':
    case 'pypi':
      return plan.name;
    case 'oci':
      return plan.image.replace(/@.*$/s, '');
    case 'mcpb':
      return basename(plan.location);
    case 'folder':
      return basename(plan.folder);
    case 'remote':
      return hostOf(plan.url);
    case 'command':
      return plan.argv[0];
  }
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
