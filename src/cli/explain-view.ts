import { Access } from '../model/classification.ts';
import type { ExplainedEvidence, ExplainedFinding, Explanation, Reason, ToolExplanation } from '../model/explanation.ts';
import { visibleText } from '../model/visible-text.ts';
import { paragraph } from './paragraph.ts';
import { table } from './table.ts';

/** Places shown of one reason or signal, and of one finding; `--json` has all. */
const SHOWN = 4;
const SHOWN_OF_FINDING = 12;

/** A server for people: its grade and how that comes about, its findings, its tools by access with a line each. */
export function explainServerView({ server, tools }: Explanation, width: number): string {
  const { name, target, grade, score, arithmetic, findings } = server;
  const title = name === target ? name : `${name} (${target})`;
  const sections = [
    paragraph(grade === undefined ? `${title}: it lists no tools, so it has no grade` : `${title}: grade ${grade}, ${score} of 100`, width),
    section('How the grade comes about (A is the best; of the score, 0 is)', steps(arithmetic, width)),
    section(
      'Findings',
      [...findings, ...toolFindings(tools)].map((finding) => findingText(finding, width)),
    ),
    ...[...Access.options].reverse().map((access) => toolSection(access, tools, width)),
    tools.length > 0 ? 'Why a tool is what it is: assay explain, the same target, the name of the tool.' : '',
  ];
  return sections.filter(Boolean).join('\n\n');
}

/** Findings of tools, saying of which. */
function toolFindings(tools: readonly ToolExplanation[]): ExplainedFinding[] {
  return tools.flatMap(({ classification, findings }) =>
    findings.map((finding) => ({ ...finding, message: `${classification.name}: ${finding.message}` })),
  );
}

function toolSection(access: Access, tools: readonly ToolExplanation[], width: number): string {
  const rows = tools.filter(({ classification }) => classification.access === access);
  if (rows.length === 0) return '';
  const cells = rows.map(({ classification, summary }) => [
    classification.name,
    classification.category,
    String(classification.score),
    summary,
  ]);
  return `${access}: ${rows.length} of ${tools.length} tools\n${table(['TOOL', 'CATEGORY', 'SCORE', 'BECAUSE OF'], cells, width)}`;
}

/** Tools for people, one after the other: what each is and why. */
export function explainToolView({ server, tools }: Explanation, width: number): string {
  return tools.map((tool) => toolView(server.name, tool, width)).join('\n\n\n');
}

function toolView(server: string, tool: ToolExplanation, width: number): string {
  const { classification, verdict, because, against, otherwise, weighing, claims, certainty, signals, arithmetic, actions, correction } =
    tool;
  const { name, category } = classification;
  const sections = [
    `${paragraph(`${name}, a tool of ${server}`, width)}\n\n${paragraph(verdict, width)}`,
    correction ? section('Corrected by people', correctionLines(correction, width)) : '',
    section('Why', because.length > 0 ? reasonLines(because, width) : [paragraph(nothingSays(classification, !!correction), width, '  ')]),
    section(`What spoke against ${category}`, reasonLines(against, width)),
    section('What spoke for or against something else', [
      ...reasonLines(otherwise, width, { named: true }),
      ...weighing.map((line) => paragraph(line, width, '  ')),
    ]),
    section('What its author claims', [...claims.map((claim) => paragraph(claim, width, '  - '))]),
    section('How sure', [paragraph(certainty, width, '  ')]),
    actionTable(actions, width),
    section('Signals: what else a reviewer must know', signalLines(signals, width)),
    section('Score', steps(arithmetic, width)),
    section(
      'Findings',
      tool.findings.map((finding) => findingText(finding, width)),
    ),
  ];
  return sections.filter(Boolean).join('\n\n');
}

function nothingSays({ category }: ToolExplanation['classification'], corrected: boolean): string {
  if (corrected) return `Nothing in the definition that the classifier understands says ${category}; people decided.`;
  return 'Nothing in the definition says what the call does. Of what nothing is known is taken to write.';
}

function correctionLines({ text, stale }: NonNullable<ToolExplanation['correction']>, width: number): string[] {
  const warning = 'The definition has changed since then. The correction still applies: look at the tool again.';
  return [paragraph(text, width, '  '), ...(stale ? [paragraph(warning, width, '  ')] : [])];
}

function reasonLines(reasons: readonly Reason[], width: number, { named = false } = {}): string[] {
  return reasons.flatMap((reason) => {
    const direction = named ? `${reason.weight > 0 ? 'For' : 'Against'} ${reason.categories.join(', ')}: ` : '';
    const found = reason.finds ? `${capitalised(reason.finds)}. ${reason.why ?? ''}` : `The rule ${reason.rule}.`;
    const weight = `[${reason.rule} ${reason.weight > 0 ? '+' : '−'}${Math.abs(reason.weight)}, ${strengthOf(reason)}]`;
    return [paragraph(`${direction}${found} ${weight}`, width, '  - '), ...quotes(reason.evidence, width)];
  });
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function strengthOf({ weight }: Reason): string {
  if (Math.abs(weight) >= 3) return 'nearly settles it';
  if (Math.abs(weight) >= 1.5) return 'strong';
  return Math.abs(weight) >= 0.75 ? 'a hint' : 'a weak hint';
}

/** @param named - Whether to say what found each. */
function quotes(evidence: readonly ExplainedEvidence[], width: number, { named = false, most = SHOWN } = {}): string[] {
  const all = [...new Set(evidence.map(({ place, excerpt, by }) => `${place}: “${excerpt}”${named ? ` (${by})` : ''}`))];
  const rest = all.length - most;
  const shown = all.slice(0, most).map((quote) => paragraph(quote, width, '      '));
  return rest > 0 ? [...shown, `      and ${rest} more`] : shown;
}

function signalLines(signals: ToolExplanation['signals'], width: number): string[] {
  return signals.flatMap(({ id, label, why, weight, evidence }) => [
    paragraph(`${label}. ${why ?? ''} [${id}, share ${weight}]`, width, '  - '),
    ...quotes(evidence, width),
  ]);
}

function actionTable(actions: ToolExplanation['actions'], width: number): string {
  if (actions.length === 0) return '';
  const rows = actions.map(({ value, access, category, risk, summary }) => [value, access, category, risk, summary]);
  return `Its actions\n${table(['ACTION', 'ACCESS', 'CATEGORY', 'RISK', 'BECAUSE OF'], rows, width)}`;
}

function findingText({ severity, kind, technique, message, evidence, since }: ExplainedFinding, width: number): string {
  const day = since === undefined ? '' : ` Since ${since.slice(0, 10)}.`;
  return [
    paragraph(`${severity}: ${message}${day} [${kind}, ${technique}]`, width, '  - '),
    ...quotes(evidence, width, { named: true, most: SHOWN_OF_FINDING }),
  ].join('\n');
}

function steps(lines: readonly string[], width: number): string[] {
  return lines.map((line) => paragraph(line, width, '  '));
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${visibleText(title)}\n${lines.join('\n')}`;
}
