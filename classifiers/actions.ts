import { type ActionClassification, CONSEQUENCE_OF } from '../src/model/classification.ts';
import type { Tool } from '../src/model/tool.ts';
import { type Act, headsOf } from './act.ts';
import { describedActs } from './described-acts.ts';
import { objectsAfter } from './noun-phrase.ts';
import { MAX_ACTIONS, type OfferedAction } from './offered-actions.ts';
import type { Parameter } from './parameter.ts';
import { actsTogether, type ParsedTool } from './parsed-tool.ts';
import { phrases } from './phrases.ts';
import { singular } from './singular.ts';
import { baseVerb, verbOf } from './vocabulary.ts';
import { readSentence, type Word } from './words.ts';

/** One action of a tool, taken apart as if it were a tool of its own. */
export interface ParsedAction {
  readonly at: string;
  readonly value: string;
  readonly parsed: ParsedTool;
}

/** What all actions of a tool are read with. */
interface Shared {
  readonly whole: ParsedTool;
  /** The line that says what an action does, from its value on; empty where no action has one. */
  readonly told: ReadonlyMap<string, string>;
  /** The parameters of an action: its own, and those that are nobody's. */
  readonly takenBy: (value: string) => readonly Parameter[];
  /** What an action without an object is done to. */
  readonly things: readonly (readonly string[])[];
  /** What the tool does beside its actions. */
  readonly own: readonly Act[];
  /** Whether the actions are steps of editing one document: what one deletes is a part of what is written. */
  readonly edits: boolean;
}

/** Parameters read for all actions together: more than the largest real tool has actions times parameters, and a bound on what many of both cost. */
const MAX_READINGS = 6000;
/** Read for each action, however many there are. */
const MIN_PARAMETERS = 10;

/** Each action that the tool offers, in the order of its definition; one value offered twice is one action. */
export function parsedActions(parsed: ParsedTool): ParsedAction[] {
  if (parsed.actions.length === 0) return [];
  const values = new Set<string>();
  const offered = parsed.actions.filter(({ value }) => !values.has(value) && values.add(value));
  const shared = {
    whole: parsed,
    told: toldOf(parsed, offered),
    takenBy: takenBy(parsed.parameters, offered),
    things: ownThings(parsed),
    own: ownActs(parsed, offered),
    edits: isEditing(parsed, offered),
  };
  return offered.slice(0, MAX_ACTIONS).map((action) => ({ at: action.at, value: action.value, parsed: parseAction(action, shared) }));
}

/**
 * What the tool is said to do beside its actions: a vague verb (`manage`) says no more than the actions do, and the arguments are theirs,
 * unless the actions are only examples of what may be chosen.
 */
export function withoutActions(parsed: ParsedTool): ParsedTool {
  const parameters = parsed.actions.some(({ open }) => open) ? parsed.parameters : [];
  const chosen = new Set(parsed.actions.flatMap(({ acts }) => acts.map(({ verb }) => verb)));
  const acts = parsed.acts.filter(({ from, verb, vague }) => from !== 'choice' && !vague && !(from === 'further' && chosen.has(verb)));
  return { ...parsed, acts, parameters };
}

function parseAction(action: OfferedAction, { whole, told, takenBy, things, own, edits }: Shared): ParsedTool {
  const line = told.get(action.value) ?? '';
  const said = actsOf(action, line.slice(action.value.length), things);
  const acts = edits ? said.map(asEdit) : said;
  const taken = takenBy(action.value);
  return {
    ...whole,
    tool: hintedTool(whole.tool),
    // Where no action has a line of its own, the description is about all of them.
    description: told.size > 0 ? line : whole.description.slice(0, MAX_GENERAL),
    parameters: taken.map((parameter) => (isChooser(parameter, action) ? { ...parameter, choices: [action.value] } : parameter)),
    acts: acts.length > 0 ? acts : own,
    actions: [],
  };
}

const MAX_GENERAL = 600;

/** `operations: [{ type: insert }, { type: delete }]` of a tool that writes a document. */
function isEditing({ acts, parameters }: ParsedTool, offered: readonly OfferedAction[]): boolean {
  const top = new Set(parameters.filter(({ depth }) => depth === 0).map(({ at }) => at));
  if (offered.some(({ at }) => top.has(at)) || !offered.some((action) => action.acts.some(({ verb }) => PLACING.has(verb)))) return false;
  return acts.some(
    ({ from, sense, objects }) =>
      from === 'lead' && sense === 'write' && objects.some((words) => words.some((word) => DOCUMENTS.has(word))),
  );
}

const PLACING: ReadonlySet<string> = phrases('insert, append, replace, prepend');
const DOCUMENTS: ReadonlySet<string> = phrases(
  'document, doc, pdf, file, page, presentation, slide, deck, spreadsheet, sheet, worksheet, workbook, text, note, cell, notebook, diagram, canvas, article, markdown, content',
);

function asEdit(act: Act): Act {
  return act.sense === 'destroy' || act.sense === 'remove' ? { ...act, verb: 'edit', sense: 'write' } : act;
}

function isChooser({ at }: Parameter, action: OfferedAction): boolean {
  return at === action.at && action.scope === '';
}

/** What value and line say together; a line that opens with a word as often a noun (`Type name search`) says less than the value. */
function actsOf({ acts }: OfferedAction, line: string, things: Shared['things']): Act[] {
  const named = acts.map((act): Act => ({ ...act, from: 'name', objects: hasObject(act) ? act.objects : things }));
  const described = describedActs(line, named.length > 0);
  return actsTogether(named, named.length === 0 ? described : described.filter(({ verb }) => !baseVerb(verb)?.noun));
}

/** What an action without a word of its own does is what the tool does beside the others. */
function ownActs({ acts }: ParsedTool, offered: readonly OfferedAction[]): Act[] {
  const verbs = new Set(offered.flatMap((action) => action.acts.map(({ verb }) => verb)));
  return acts.filter(({ from, verb }) => from !== 'choice' && !verbs.has(verb));
}

/** A hint of harm is about the worst action, a hint of harmlessness about each. */
function hintedTool(tool: Tool): Tool {
  const { name, inputSchema, annotations } = tool;
  return { name, inputSchema, annotations: annotations?.readOnlyHint ? { readOnlyHint: true } : {} };
}

function hasObject(act: Act): boolean {
  return headsOf(act).some((head) => !GENERIC.has(head));
}

/** `delete_all`, `create_new`: which of the tool's things, not what. */
const GENERIC: ReadonlySet<string> = phrases('all, one, many, multiple, id, bulk, batch, blank, new, item, mine, name, single, by');

/** What an action without an object is done to: the things that the tool is named after, and those its leading verb has. */
function ownThings({ ownWords, acts, description }: ParsedTool): string[][] {
  const named = ownWords.filter((word, index) => !isVerb(word, index === 0 && ownWords.length > 1) && !TOOLISH.has(word)).map(singular);
  const leads = acts.filter(({ from }) => from === 'lead');
  const lead = leads.filter(({ vague }) => vague).flatMap(({ objects }) => objects.map((words) => [...words]));
  const opening = leads.length === 0 ? objectsAfter(openingOf(description), 0).slice(0, 1) : [];
  return [named, ...lead, ...opening].map(withoutTail).filter((words) => words.length > 0);
}

function openingOf(description: string): readonly Word[] {
  const words: Word[] = [];
  readSentence(description.slice(0, MAX_OPENING), 0, words);
  return words;
}

/** `EC2 instance operations` are about the instance. */
function withoutTail(words: readonly string[]): string[] {
  const last = words.findLastIndex((word) => !TOOLISH.has(word));
  return words.slice(0, last + 1);
}

function isVerb(word: string, leading: boolean): boolean {
  const verb = verbOf(word);
  return verb !== undefined && (leading || !verb.noun);
}

const MAX_OPENING = 200;
const TOOLISH: ReadonlySet<string> = phrases(`
  tool, data, api, action, operation, crud, management, manager, admin, editor, and, or, power, state, lifecycle, control, endpoint, multi, advanced`);

const MAX_LINE = 300;
/** `delete:`, `- "delete" (admin) –`, at the beginning of a line, a sentence or a member of a list. */
const HEAD =
  /(?:^|[\n;.,(•*-])\s{0,3}[`'"*]{0,3}([A-Za-z][\w.-]{1,60})[`'"*]{0,3}\s?(?:\([^()\n]{0,80}\)\s?)?(?:[:=–—]|->|- )(?!\s{0,3}["'{[\d])/g;

/** What texts say of single actions: `delete: Deletes a board for good`, from the value on. */
function toldOf({ description, parameters }: ParsedTool, offered: readonly OfferedAction[]): Map<string, string> {
  const values = new Set(offered.map(({ value }) => value));
  const described = new Map(parameters.map((parameter) => [parameter.at, parameter.description]));
  const lines = new Map<string, string>();
  for (const { at, value, scope } of offered) if (scope !== '') addLine(lines, value, described.get(at) ?? '');
  const shared = [...new Set(offered.filter(({ scope }) => scope === '').map(({ at }) => described.get(at) ?? ''))];
  for (const text of [description, ...shared]) addLines(lines, text, values);
  return lines;
}

function addLines(lines: Map<string, string>, text: string, values: ReadonlySet<string>): void {
  const heads = [...text.matchAll(HEAD)].filter(([, value = '']) => values.has(value));
  for (const [index, head] of heads.entries()) {
    const start = head.index + head[0].length;
    const said = text.slice(start, Math.min(heads[index + 1]?.index ?? text.length, start + MAX_LINE));
    addLine(lines, head[1] ?? '', said.split(/[\n;]/, 1)[0] ?? '');
  }
}

function addLine(lines: Map<string, string>, value: string, said: string): void {
  if (said.trim().length > 2 && !lines.has(value)) lines.set(value, `${value} ${said.trim()}`.slice(0, MAX_LINE));
}

/** Of all parameters in their order, where that is affordable; else the action's own first, then the first of nobody's. */
function takenBy(parameters: readonly Parameter[], offered: readonly OfferedAction[]): Shared['takenBy'] {
  const known = parameters.slice(0, MAX_READINGS);
  const owners = ownersOf(known, offered);
  const actions = Math.min(MAX_ACTIONS, offered.length);
  if (actions * known.length <= MAX_READINGS) return (value) => known.filter((parameter) => owners.get(parameter)?.has(value) ?? true);
  const room = Math.max(MIN_PARAMETERS, Math.floor(MAX_READINGS / actions / 2));
  const shared = known.filter((parameter) => !owners.has(parameter)).slice(0, room);
  const own = new Map<string, Parameter[]>();
  for (const [parameter, values] of owners)
    for (const value of values) own.set(value, [...(own.get(value) ?? []).slice(0, room), parameter]);
  return (value) => [...(own.get(value) ?? []).slice(0, room), ...shared];
}

/** Which actions take a parameter, where that shows: it stands in the schema of one, or its description names some of them. */
function ownersOf(parameters: readonly Parameter[], offered: readonly OfferedAction[]): Map<Parameter, ReadonlySet<string>> {
  const values = new Set(offered.map(({ value }) => value));
  const scopes = new Map(offered.filter(({ scope }) => scope !== '').map(({ scope, value }) => [scope, value]));
  const ownerships = new Map<Parameter, ReadonlySet<string>>();
  for (const parameter of parameters) {
    const inside = scopes.size > 0 ? scopesAround(parameter.at, scopes) : [];
    const owners = inside.length > 0 ? inside : namedIn(parameter.description, values);
    if (owners.length > 0) ownerships.set(parameter, new Set(owners));
  }
  return ownerships;
}

function scopesAround(at: string, scopes: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (let end = at.length; end > 0; end = at.lastIndexOf('/', end - 1)) {
    const value = scopes.get(at.slice(0, end));
    if (value !== undefined) found.push(value);
  }
  return found;
}

const MAX_OWNERSHIP = 500;

/** `Required for run and create`. */
function namedIn(description: string, values: ReadonlySet<string>): string[] {
  return [...description.slice(0, MAX_OWNERSHIP).matchAll(/[\w.-]{2,60}/g)]
    .map(([word]) => word.replace(/[.-]+$/, ''))
    .filter((word) => values.has(word));
}

export function actionClassification(
  { at, value }: ParsedAction,
  category: ActionClassification['category'],
  evidence: ActionClassification['evidence'],
): ActionClassification {
  return { at, value, category, ...CONSEQUENCE_OF[category], evidence };
}
