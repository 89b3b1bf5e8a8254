import { CONSEQUENCE_OF, type Finding } from '../src/model/classification.ts';
import type { Tool } from '../src/model/tool.ts';
import type { Decision } from './decide.ts';
import type { Mention } from './excerpt.ts';

/** The author's claims of harmlessness that the decision contradicts. A best guess contradicts nobody. */
export function contradictedHints({ annotations }: Tool, { category, established }: Decision): Mention[] {
  const { readOnlyHint, destructiveHint } = annotations ?? {};
  if (!established) return [];
  const mentions: Mention[] = [];
  if (readOnlyHint === true && category !== 'Read') mentions.push({ at: '/annotations/readOnlyHint', excerpt: 'readOnlyHint: true' });
  if (destructiveHint === false && category === 'Destructive')
    mentions.push({ at: '/annotations/destructiveHint', excerpt: 'destructiveHint: false' });
  return mentions;
}

/** One finding for each contradicted hint, as severe as what the tool does. */
export function contradictionFindings(tool: Tool, decision: Decision): Finding[] {
  return contradictedHints(tool, decision).map((mention) => ({
    kind: 'contradicted-annotation',
    severity: CONSEQUENCE_OF[decision.category].risk,
    technique: mention.at.endsWith('readOnlyHint') ? 'false-read-only-hint' : 'false-destructive-hint',
    message: `The author claims ${mention.excerpt}, but the tool is ${decision.category}.`,
    evidence: [{ by: 'annotation-contradiction', ...mention }],
  }));
}
