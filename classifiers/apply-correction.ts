import { type Classification, CONSEQUENCE_OF, type Finding, type SignalReport } from '../src/model/classification.ts';
import type { Correction } from '../src/model/correction.ts';
import { Tool } from '../src/model/tool.ts';
import { contradictedHints, contradictionFindings } from './contradicted-hints.ts';
import type { Decision } from './decide.ts';
import type { JudgedTool } from './judged-tool.ts';
import { contradictedPoisoning } from './poisoning/techniques/contradiction.ts';
import { scoreOf } from './score.ts';
import { atMentions } from './signal.ts';
import { annotationContradiction } from './signals/annotation-contradiction.ts';
import { SIGNALS } from './signals/index.ts';

/**
 * What is said of a tool after a correction: the corrected category and all that follows from it, the signals and the evidence as they were. Where the
 * classifier has come to say the same, nothing is corrected.
 *
 * @returns A classification with `confidence` 1: people have looked at it.
 */
export function applyCorrection({ definition, classification }: JudgedTool, correction: Correction): Classification {
  const { category, why, shownBy, date } = correction;
  if (classification.category === category) return classification;
  const tool = Tool.parse(definition);
  const decision: Decision = { category, confidence: 1, established: true };
  const signals = contradicting(classification.signals, tool, decision);
  return {
    ...classification,
    category,
    ...CONSEQUENCE_OF[category],
    score: scoreOf(category, signals.map(weightOf)),
    confidence: decision.confidence,
    signals,
    findings: [
      ...contradictionFindings(contradictedHints(tool, decision), decision),
      ...contradictedPoisoning(tool, category),
      ...classification.findings.filter((finding) => !isAboutHints(finding)),
    ],
    correction: { classified: classification.category, why, shownBy, date },
  };
}

/** Whether it compares the author's hints with the category that it had. */
function isAboutHints({ kind, technique }: Finding): boolean {
  return kind === 'contradicted-annotation' || (kind === 'poisoning' && technique === 'annotation-contradiction');
}

/** The signals, with the author's hints compared with what the tool is now said to be; in the order in which they are always reported. */
function contradicting(signals: readonly SignalReport[], tool: Tool, decision: Decision): SignalReport[] {
  const { id, label } = annotationContradiction;
  const evidence = atMentions(id, contradictedHints(tool, decision));
  const others = signals.filter((signal) => signal.id !== id);
  const all = evidence.length > 0 ? [...others, { id, label: label(evidence), evidence }] : others;
  return all.sort((a, b) => orderOf(a) - orderOf(b));
}

function orderOf({ id }: SignalReport): number {
  return SIGNALS.findIndex((signal) => signal.id === id);
}

/** A signal that was taken out since a stored classification was made weighs nothing. */
function weightOf({ id }: SignalReport): number {
  return SIGNALS.find((signal) => signal.id === id)?.weight ?? 0;
}
