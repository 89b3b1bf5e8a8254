import { type Corrections, correctionsOfServer } from '../model/correction.ts';
import type { Server } from '../model/server.ts';
import type { ServerRecord, StoredTool } from '../model/server-record.ts';
import { corrected, gradeOfServer } from './judge-tools.ts';

/** Everything that resolves to a server: what a correction may call it. */
export function namesOfServer({ id, aliases }: Server): string[] {
  return [id, ...aliases];
}

/** What counts of what is stored: corrections are applied, what is wrong with how a tool changed is added to it, and the grade is worked out of all. */
export function currentVerdicts(record: ServerRecord, corrections: Corrections): ServerRecord {
  const { server, listing, findings = [] } = record;
  if (!listing) return record;
  const ofServer = correctionsOfServer(corrections, namesOfServer(server));
  const tools = listing.tools.map((tool) => withChange(tool, record)).map((tool) => withCorrection(tool, ofServer));
  const judged = tools.flatMap(({ classification }) => (classification ? [{ classification }] : []));
  return { ...record, listing: { ...listing, tools }, grade: gradeOfServer(judged, findings) };
}

function withChange(tool: StoredTool, { changes = [] }: ServerRecord): StoredTool {
  const { name, hash, classification } = tool;
  const change = changes.find((candidate) => candidate.tool === name && candidate.hash === hash);
  if (!classification || !change) return tool;
  return { ...tool, classification: { ...classification, findings: [...classification.findings, ...change.findings] } };
}

function withCorrection(tool: StoredTool, ofServer: ReturnType<typeof correctionsOfServer>): StoredTool {
  const { definition, classification } = tool;
  return classification ? { ...tool, ...corrected({ definition, classification }, ofServer) } : tool;
}
