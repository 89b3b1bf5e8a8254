import type { Evidence, Finding, Severity } from '../../src/model/classification.ts';
import type { JudgedTool } from '../judged-tool.ts';

/** Tools named for one part of a combination. */
const MAX_TOOLS = 5;

/** What one part of a combination is shown by: ids of signals, the first that a tool has counts. */
const PRIVATE = ['secret-output', 'private-data'];
const UNTRUSTED = ['untrusted-content'];
const WAY_OUT = ['egress', 'outbound-message'];

/** Tools that are harmful together, at most one finding of each kind: a server that has all three needs no word on two of them. */
export function toxicCombinations(tools: readonly JudgedTool[]): Finding[] {
  const out = evidenceOf(tools, WAY_OUT);
  const inside = evidenceOf(tools, PRIVATE);
  const stranger = evidenceOf(tools, UNTRUSTED);
  if (out.length === 0) return [];
  if (inside.length > 0 && stranger.length > 0) return [trifecta(inside, stranger, out)];
  const secrets = evidenceOf(tools, ['secret-output']);
  const away = evidenceOf(tools, ['egress']);
  return secrets.length > 0 && away.length > 0 ? [secretsAndWayOut(secrets, away)] : [];
}

/**
 * Private data, untrusted content and a way out: https://simonwillison.net/2025/Jun/16/the-lethal-trifecta/. A comment or a record in the account's own service is a
 * narrower way out than an address that the caller chooses.
 */
function trifecta(inside: readonly Evidence[], stranger: readonly Evidence[], out: readonly Evidence[]): Finding {
  const severity: Severity = out.some(({ by }) => by === 'egress') ? 'high' : 'medium';
  return {
    kind: 'toxic-combination',
    severity,
    technique: 'lethal-trifecta',
    message: `Private data (${namesIn(inside)}), text that strangers wrote (${namesIn(stranger)}) and a way out (${namesIn(out)}) in one session: such a text can have the data sent away.`,
    evidence: [...inside, ...stranger, ...out],
  };
}

function secretsAndWayOut(secrets: readonly Evidence[], out: readonly Evidence[]): Finding {
  return {
    kind: 'toxic-combination',
    severity: 'medium',
    technique: 'secrets-with-a-way-out',
    message: `Secrets (${namesIn(secrets)}) and a way out (${namesIn(out)}) in one session: one wrong call sends a secret away.`,
    evidence: [...secrets, ...out],
  };
}

/** Where each tool shows one of the signals; tools with an earlier one of them first. */
function evidenceOf(tools: readonly JudgedTool[], ids: readonly string[]): Evidence[] {
  const found = ids.flatMap((id) =>
    tools.flatMap(({ definition, classification }) => evidenceBy(id, definition.name, classification.signals)),
  );
  const seen = new Set<string>();
  return found.filter(({ tool = '' }) => !seen.has(tool) && seen.add(tool)).slice(0, MAX_TOOLS);
}

function evidenceBy(id: string, tool: string, signals: JudgedTool['classification']['signals']): Evidence[] {
  const evidence = signals.find((signal) => signal.id === id)?.evidence[0];
  return evidence ? [{ ...evidence, by: id, tool }] : [];
}

/** Tools named in a sentence. */
const MAX_NAMED = 3;

function namesIn(evidence: readonly Evidence[]): string {
  const names = evidence.map(({ tool = '' }) => tool);
  return names.slice(0, MAX_NAMED).join(', ') + (names.length > MAX_NAMED ? ', …' : '');
}
