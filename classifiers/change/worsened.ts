import type { Evidence, Finding, Risk, Severity } from '../../src/model/classification.ts';
import { isJsonObject } from '../../src/model/json.ts';
import type { JudgedTool } from '../judged-tool.ts';

const RISKS: readonly Risk[] = ['low', 'medium', 'high', 'critical'];
const ACCESS = ['Read', 'Write', 'Admin'];
/** Signals that open a new way to do damage when a tool comes to have one. */
const GRAVE: ReadonlyMap<string, Severity> = new Map([
  ['freeform-code-input', 'high'],
  ['dynamic-dispatch', 'high'],
  ['guardrail-edit', 'high'],
  ['secret-output', 'high'],
  ['credential-input', 'medium'],
  ['credential-minting', 'medium'],
  ['egress', 'medium'],
  ['outbound-message', 'medium'],
  ['force-flag', 'low'],
  ['url-input', 'low'],
]);

/** The ways in which a definition allows, or admits to, other things than the one before. */
export function worsened(before: JudgedTool, after: JudgedTool): Finding[] {
  return [...raised(before, after), ...droppedHints(before, after), ...newSignals(before, after)];
}

function raised({ classification: before }: JudgedTool, { classification: after }: JudgedTool): Finding[] {
  const risen = RISKS.indexOf(after.risk) > RISKS.indexOf(before.risk) || ACCESS.indexOf(after.access) > ACCESS.indexOf(before.access);
  if (!risen) return [];
  const evidence = after.evidence
    .filter(({ category, weight }) => category === after.category && weight > 0)
    .map(({ by, at, excerpt }): Evidence => ({ by, at, excerpt }));
  const what = `It was ${before.category} (${before.access}, ${before.risk} risk) and is ${after.category} (${after.access}, ${after.risk} risk).`;
  return [finding(after.risk, 'risk-raised', what, evidence)];
}

/** Claims of harm that are gone, and claims of harmlessness that are new on a tool that is not harmless. */
function droppedHints(before: JudgedTool, { definition, classification }: JudgedTool): Finding[] {
  if (classification.category === 'Read') return [];
  const found: Finding[] = [];
  for (const [hint, harmless] of [
    ['readOnlyHint', true],
    ['destructiveHint', false],
  ] as const) {
    const [was, is] = [hintOf(before.definition, hint), hintOf(definition, hint)];
    if (was === is || !((was === !harmless && is !== was) || is === harmless)) continue;
    const excerpt = `${hint}: ${was ?? 'absent'} → ${is ?? 'absent'}`;
    found.push(
      finding('medium', 'harm-hint-dropped', `The author claims less harm than before: ${excerpt}.`, [
        { by: 'harm-hint-dropped', at: `/annotations${is === undefined ? '' : `/${hint}`}`, excerpt },
      ]),
    );
  }
  return found;
}

function hintOf({ annotations }: JudgedTool['definition'], hint: string): boolean | undefined {
  const value = isJsonObject(annotations) && Object.hasOwn(annotations, hint) ? annotations[hint] : undefined;
  return typeof value === 'boolean' ? value : undefined;
}

function newSignals({ classification: before }: JudgedTool, { classification: after }: JudgedTool): Finding[] {
  const known = new Set(before.signals.map(({ id }) => id));
  return after.signals.flatMap(({ id, label, evidence }) => {
    const severity = GRAVE.get(id);
    return severity && !known.has(id) ? [finding(severity, `new-${id}`, `New in this definition: ${label}.`, evidence)] : [];
  });
}

function finding(severity: Severity, technique: string, message: string, evidence: readonly Evidence[]): Finding {
  return { kind: 'worsened-definition', severity, technique, message, evidence: [...evidence] };
}
