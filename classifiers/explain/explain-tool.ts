import type { AppliedCorrection, Category, Classification, Finding } from '../../src/model/classification.ts';
import type { ExplainedFinding, Reason, ToolExplanation } from '../../src/model/explanation.ts';
import { Tool } from '../../src/model/tool.ts';
import { SEVERITY } from '../decide.ts';
import type { JudgedTool } from '../judged-tool.ts';
import { SIGNALS } from '../signals/index.ts';
import { scoreArithmetic, weightOfSignal } from './arithmetic.ts';
import { CATEGORY_WORDS } from './category-words.ts';
import { explainedEvidence } from './place.ts';
import { reasonsOf, summaryOf } from './reasons.ts';

/**
 * Why a tool is what it is said to be, in words.
 *
 * @param stale - Whether the tool has another definition by now than its correction was made for.
 */
export function explainTool({ definition, classification }: JudgedTool, { stale = false } = {}): ToolExplanation {
  const { category, evidence, signals, actions, findings, correction } = classification;
  const reasons = reasonsOf(evidence);
  const about = reasons.filter(({ categories }) => categories.includes(category));
  const otherwise = reasons.filter(({ categories }) => !categories.includes(category));
  return {
    verdict: verdictOf(classification),
    summary: correction ? `corrected by people: ${correction.why}` : summaryOf(evidence, category),
    classification,
    because: about.filter(({ weight }) => weight > 0),
    against: about.filter(({ weight }) => weight < 0),
    otherwise,
    weighing: correction ? [] : weighingOf(category, otherwise),
    claims: claimsOf(Tool.parse(definition), classification),
    certainty: certaintyOf(classification),
    signals: signals.map(({ id, label, evidence: places }) => ({
      id,
      label,
      why: SIGNALS.find((signal) => signal.id === id)?.why,
      weight: weightOfSignal(id),
      evidence: places.map(explainedEvidence),
    })),
    arithmetic: scoreArithmetic(classification),
    actions: actions.map(({ evidence: reasonsFor, ...action }) => ({ ...action, summary: summaryOf(reasonsFor, action.category) })),
    ...(correction && { correction: { text: correctionText(correction), stale } }),
    findings: findings.map(explainedFinding),
  };
}

export function explainedFinding(finding: Finding): ExplainedFinding {
  return { ...finding, evidence: finding.evidence.map(explainedEvidence) };
}

function verdictOf({ category, access, risk, score, actions }: Classification): string {
  const worst = actions.length > 0 ? ` It offers ${actions.length} actions, and the worst decides.` : '';
  return `${category}: ${CATEGORY_WORDS[category]}. So ${access} access and ${risk} risk; score ${score} of 100, higher is worse.${worst}`;
}

/** Why categories that something spoke for did not become the tool's. */
function weighingOf(category: Category, otherwise: readonly Reason[]): string[] {
  const supported = new Set(otherwise.filter(({ weight }) => weight > 0).flatMap(({ categories }) => categories));
  const others = [...supported].map((other) => ({ other, distance: SEVERITY[other] - SEVERITY[category] }));
  const where = (is: (distance: number) => boolean) => others.filter(({ distance }) => is(distance)).map(({ other }) => other);
  const [more, same, less] = [where((distance) => distance > 0), where((distance) => distance === 0), where((distance) => distance < 0)];
  return [
    ...(more.length > 0 ? [`What speaks for ${more.join(' and ')} is not enough to establish ${more.length > 1 ? 'them' : 'it'}.`] : []),
    ...(same.length > 0 ? [`More speaks for ${category} than for ${same.join(' and ')}, which is as severe.`] : []),
    ...(less.length > 0 ? [`${category} is more severe than ${less.join(' and ')}; of what is established the most severe decides.`] : []),
  ];
}

function claimsOf({ annotations = {} }: Tool, { findings, correction }: Classification): string[] {
  const denied = new Set(
    findings.filter(({ kind }) => kind === 'contradicted-annotation').flatMap(({ evidence }) => evidence.map(({ at }) => at)),
  );
  return HINTS.flatMap((hint) => {
    const value = annotations[hint];
    if (value === undefined) return [];
    const doubt = denied.has(`/annotations/${hint}`)
      ? correction
        ? ', which the correction contradicts'
        : ', which the definition contradicts'
      : '';
    return [`${hint}: ${value}${doubt}`];
  });
}

const HINTS = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

function certaintyOf({ confidence, correction }: Classification): string {
  if (correction) return 'People have looked at this tool and decided.';
  const right = Math.round(confidence * 100);
  return `${confidence}, ${inWords(confidence)}: of a hundred tools given this number about ${right} are judged right.`;
}

function inWords(confidence: number): string {
  if (confidence >= 0.95) return 'as good as certain';
  if (confidence >= 0.85) return 'quite sure';
  if (confidence >= 0.7) return 'fairly sure';
  return confidence >= 0.5 ? 'unsure' : 'a guess';
}

function correctionText({ classified, why, shownBy, date }: AppliedCorrection): string {
  return `The classifier by itself says ${classified}. Corrected on ${date}, shown by ${shownBy}: ${why}`;
}
