import { CONSEQUENCE_OF, type Finding, type Severity } from '../src/model/classification.ts';
import type { Tool } from '../src/model/tool.ts';
import type { Act } from './act.ts';
import { codeParameters } from './code-parameter.ts';
import type { Decision } from './decide.ts';
import type { Mention } from './excerpt.ts';
import { mainAct, type ParsedTool } from './parsed-tool.ts';
import type { Sense } from './vocabulary.ts';

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

/** Below this the decision is likelier wrong than the author. */
const SURE = 0.75;

/** Those where it is likelier that the author is wrong than this. */
export function provenContradictions(parsed: ParsedTool, decision: Decision): Mention[] {
  if (decision.confidence < SURE) return [];
  return contradictedHints(parsed.tool, decision).filter((hint) => {
    return isAboutReading(hint) ? changes(parsed, decision) : !isGenerator(parsed);
  });
}

function isAboutReading({ at }: Mention): boolean {
  return at.endsWith('readOnlyHint');
}

/** What it takes away is mostly what it has made: a background, a job of its own. */
function isGenerator(parsed: ParsedTool): boolean {
  return mainAct(parsed)?.sense === 'generate';
}

/** Whether it changes more than its own session, and its name does not say otherwise. */
function changes(parsed: ParsedTool, { category }: Decision): boolean {
  if (category === 'Execute' && codeParameters(parsed).length > 0) return !CONFINED.test(parsed.description.slice(0, OPENING));
  const lasting = (act: Act) => !PASSING.has(act.sense) && (act.sense !== 'switch' || category !== 'Write');
  const named = parsed.acts.find(({ from }) => from === 'name');
  return (named === undefined || lasting(named)) && parsed.acts.some((act) => act.strength >= SAID && lasting(act));
}

/** Leaves nothing behind, or nothing that outlives the session; so does a job of one's own that is started or stopped. */
const PASSING: ReadonlySet<Sense> = new Set<Sense>(['read', 'inspect', 'preview', 'generate', 'session', 'run']);
/** Said clearly enough to be held against the author. */
const SAID = 1.2;
/** Code that reaches nothing, or that can only read. */
const CONFINED = /\bsandbox\w{0,4}\b|\bread[- ]only\b|\b(?:cannot|can't) (?:access|reach|interact with) the (?:network|internet)\b/i;
const OPENING = 1500;

/** One finding for each contradicted hint. */
export function contradictionFindings(hints: readonly Mention[], { category }: Decision): Finding[] {
  return hints.map((hint) => ({
    kind: 'contradicted-annotation',
    severity: isAboutReading(hint) ? severityOf(category) : 'medium',
    technique: isAboutReading(hint) ? 'false-read-only-hint' : 'false-destructive-hint',
    message: `The author claims ${hint.excerpt}, but the tool is ${category}.`,
    evidence: [{ by: 'annotation-contradiction', ...hint }],
  }));
}

/** As severe as what the tool does: the hint is wrong, and nobody is attacked with it. */
function severityOf(category: Decision['category']): Severity {
  const { risk } = CONSEQUENCE_OF[category];
  return risk === 'critical' ? 'high' : risk;
}
