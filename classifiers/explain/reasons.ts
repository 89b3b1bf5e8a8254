import type { Category, CategoryEvidence } from '../../src/model/classification.ts';
import type { Reason } from '../../src/model/explanation.ts';
import { RULES } from '../rules/index.ts';
import { explainedEvidence } from './place.ts';

/** All that each rule said, together: what it said alike of several categories is one reason. Strongest first. */
export function reasonsOf(evidence: readonly CategoryEvidence[]): Reason[] {
  const byRule = Map.groupBy(evidence, ({ by, category }) => `${category} ${by}`);
  const reasons = new Map<string, Reason>();
  for (const pieces of byRule.values()) addReason(reasons, pieces);
  return [...reasons.values()].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function addReason(reasons: Map<string, Reason>, pieces: readonly CategoryEvidence[]): void {
  const [first] = pieces;
  if (!first) return;
  const weight = Math.round(pieces.reduce((sum, piece) => sum + piece.weight, 0) * 100) / 100;
  if (weight === 0) return;
  const key = JSON.stringify([first.by, weight, pieces.map(({ at, excerpt }) => [at, excerpt])]);
  const known = reasons.get(key);
  if (known) known.categories.push(first.category);
  else reasons.set(key, reasonFrom(first.by, first.category, weight, pieces));
}

function reasonFrom(rule: string, category: Category, weight: number, pieces: readonly CategoryEvidence[]): Reason {
  const known = RULES.find(({ id }) => id === rule);
  return { rule, finds: known?.finds, why: known?.why, categories: [category], weight, evidence: pieces.map(explainedEvidence) };
}

/** The strongest reason for a category in a line: where, the quoted words, the rule. */
export function summaryOf(evidence: readonly CategoryEvidence[], category: Category): string {
  const [strongest] = reasonsOf(evidence.filter((piece) => piece.category === category && piece.weight > 0));
  const piece = strongest?.evidence[0];
  return piece ? `${piece.place}: “${piece.excerpt}” (${strongest.rule})` : 'nothing in the definition says so';
}
