import { explainServer } from '../../classifiers/explain/explain-server.ts';
import type { JudgedTool } from '../../classifiers/judged-tool.ts';
import { type Correction, type Corrections, correctionsOfServer } from '../model/correction.ts';
import type { Explanation } from '../model/explanation.ts';
import type { ScanDocument } from '../model/scan.ts';
import type { ToolDefinition } from '../model/tool.ts';
import { storableJson } from '../store/storable-json.ts';
import { contentHash } from './content-hash.ts';
import { judgeTools } from './judge-tools.ts';
import { serverContextOf } from './server-context.ts';

/** @param names - What a correction may call the server. */
export function explainScan({ server, tools }: ScanDocument, names: readonly string[], corrections: Corrections): Explanation {
  const stale = staleIn(tools, correctionsOfServer(corrections, names));
  return explainServer({ ...server, tools, findings: server.findings ?? [], stale });
}

/** @param server - What the tools' server is called; its corrections are applied where that is an id. */
export function explainDefinitions(
  definitions: readonly ToolDefinition[],
  { server, target, corrections }: { readonly server: string; readonly target: string; readonly corrections: Corrections },
): Explanation {
  const ofServer = correctionsOfServer(corrections, [server]);
  const context = serverContextOf({ name: server }, undefined, [...new Set(definitions.map(({ name }) => name))]);
  const { tools, findings } = judgeTools(definitions, { context, corrections: ofServer });
  return explainServer({ name: server, target, tools, findings, stale: staleIn(tools, ofServer) });
}

/** Names of the tools that have changed since they were corrected. */
export function staleIn(tools: readonly Pick<JudgedTool, 'definition'>[], ofServer: ReadonlyMap<string, Correction>): Set<string> {
  const changed = tools.filter(({ definition }) => {
    const correction = ofServer.get(definition.name);
    return correction && contentHash(storableJson(correction.definition)) !== contentHash(storableJson(definition));
  });
  return new Set(changed.map(({ definition }) => definition.name));
}
