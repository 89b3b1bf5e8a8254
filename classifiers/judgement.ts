import type { ActionClassification, CategoryEvidence } from '../src/model/classification.ts';
import { actionClassification, parsedActions, withoutActions } from './actions.ts';
import { type Decision, decide, SEVERITY } from './decide.ts';
import type { ParsedTool } from './parsed-tool.ts';
import { RULES } from './rules/index.ts';

export interface Judgement {
  readonly decision: Decision;
  readonly evidence: CategoryEvidence[];
  /** Each action of a tool with several; empty for the others. */
  readonly actions: ActionClassification[];
}

interface Weighed {
  readonly decision: Decision;
  readonly evidence: CategoryEvidence[];
}

/** Weighs a tool's evidence; where a call chooses between actions, each is judged by itself, and the worst decides. */
export function judge(parsed: ParsedTool): Judgement {
  const actions = parsedActions(parsed).map((action) => ({ action, ...weighed(action.parsed) }));
  if (actions.length === 0) return { ...weighed(parsed), actions: [] };
  const whole = weighed(withoutActions(parsed));
  const worst = [...(whole.decision.established ? [whole] : []), ...actions].reduce(worse);
  return {
    decision: worst.decision,
    evidence: worst === whole ? whole.evidence : withoutRepeats([...whole.evidence, ...worst.evidence]),
    actions:
      actions.length < 2
        ? []
        : actions.map(({ action, decision, evidence }) => actionClassification(action, decision.category, [...evidence])),
  };
}

function weighed(parsed: ParsedTool): Weighed {
  const evidence: CategoryEvidence[] = [];
  for (const rule of RULES) for (const piece of rule.detect(parsed)) evidence.push(piece);
  return { decision: decide(evidence), evidence };
}

/** What speaks of the tool as a whole speaks of each action again. */
function withoutRepeats(evidence: readonly CategoryEvidence[]): CategoryEvidence[] {
  const unique = new Map<string, CategoryEvidence>();
  for (const piece of evidence) {
    const key = JSON.stringify([piece.by, piece.at, piece.excerpt, piece.category]);
    if (!unique.has(key)) unique.set(key, piece);
  }
  return [...unique.values()];
}

/** The more severe of two; of equally severe ones the surer, then the first. */
function worse<T extends Weighed>(one: T, other: T): T {
  const [severity, otherSeverity] = [SEVERITY[one.decision.category], SEVERITY[other.decision.category]];
  if (severity !== otherSeverity) return severity > otherSeverity ? one : other;
  return other.decision.confidence > one.decision.confidence ? other : one;
}
