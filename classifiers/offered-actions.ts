import type { Act } from './act.ts';
import {
  ACTION_LISTS,
  ACTION_NAMES,
  type Chooser,
  calculates,
  choosesAction,
  isFilter,
  MOSTLY,
  offersOwn,
  withoutVariants,
} from './action-choice.ts';
import { HTTP_VERBS } from './described-acts.ts';
import { namedActs } from './named-acts.ts';
import type { Parameter } from './parameter.ts';
import { phrases } from './phrases.ts';
import { listedValues } from './value-lists.ts';
import { baseVerb, verbOf } from './vocabulary.ts';
import { identifierWords } from './words.ts';

/** One thing that a call may choose to do: `delete` of `action: list | delete`. */
export interface OfferedAction {
  /** JSON Pointer to the parameter that chooses it. */
  readonly at: string;
  readonly value: string;
  /** What the value itself says; empty where it is no verb. */
  readonly acts: readonly Act[];
  /** JSON Pointer to the schema that only this action takes; empty where all actions share one. */
  readonly scope: string;
  /** One of the examples of what the parameter may be; it may be other things too. */
  readonly open: boolean;
}

/** Actions read of one tool: real ones have up to a hundred. */
export const MAX_ACTIONS = 300;
/** Action parameters read of one tool. */
const MAX_CHOOSERS = 50;
const MAX_ACTION_DEPTH = 4;

/** What the call may choose between, in the order of the schema. `own` is what name and description say that the tool does. */
export function offeredActions(parameters: readonly Parameter[], own: readonly Act[], description: string): OfferedAction[] {
  const choosers = [
    ...choosersAmong(parameters, own, description),
    ...memberChoosers(parameters),
    ...listedChoosers(parameters, own, description),
  ];
  if (choosers.length === 0) return NONE;
  const actions = choosers
    .slice(0, MAX_CHOOSERS)
    .flatMap(({ values }) => (calculates(values) ? values.map(calculationFrom) : values.map(actionFrom)));
  return actions.slice(0, MAX_ACTIONS);
}

const NONE: OfferedAction[] = [];

function actionFrom({ value, at, scope, open = false }: Chooser['values'][number]): OfferedAction {
  return { at, value, acts: actsOf(HTTP_VERBS.get(value) ?? value, at), scope, open };
}

function calculationFrom(value: Chooser['values'][number]): OfferedAction {
  return { ...actionFrom(value), acts: actsOf(`calculate_${value.value}`, value.at) };
}

/** `status` alone is looked at as `the status` is. */
function actsOf(value: string, at: string): Act[] {
  const words = identifierWords(value);
  if (isPast(words.at(-1) ?? '')) return [];
  if (words.length === 1 && LOOKED_AT.has(words[0] ?? ''))
    return [...namedActs(['look', ...words], value)].map((act) => ({ ...act, from: 'choice', at }));
  const named = namedActs(words.length === 1 && !baseVerb(words[0] ?? '') ? ['the', ...words] : words, value);
  return named.map((act) => ({ ...act, from: 'choice', at, objects: words.length === 1 ? [] : act.objects }));
}

/** Nouns that alone name what a call answers with. */
const LOOKED_AT: ReadonlySet<string> = phrases(`
  summary, trend, trends, top, ranking, breakdown, timeline, leaderboard, distribution, overview, diagnostics, help, current, whoami, about, ps, tree, blame, insights,
  details, detail, info, information, stats, statistics, metrics, status, state, history, logs, version, health, usage, schema, capabilities, balance, forecast, report, count`);

/** `build_failed` is a state to filter by, not an action. */
function isPast(word: string): boolean {
  return word.length > 4 && word.endsWith('ed') && word !== 'embed';
}

/** `List events` opens with its verb, `To-do list` with a noun. */
function opens(description: string, { verb }: Act): boolean {
  const [first = ''] = /[A-Za-z]+/.exec(description.slice(0, MAX_FIRST)) ?? [];
  return verbOf(first.toLowerCase())?.base === verb;
}

const MAX_FIRST = 40;

function choosersAmong(parameters: readonly Parameter[], own: readonly Act[], description: string): Chooser[] {
  const choosing = parameters.filter(({ choices, depth }) => choices.length > 0 && depth <= MAX_ACTION_DEPTH);
  if (choosing.length === 0) return [];
  const openly = own.filter((act) => act.from !== 'lead' || opens(description, act));
  const groups = Map.groupBy(choosing, ({ at }) => withoutVariants(at));
  const choosers = [...groups.values()].map((variants) => ({ parameter: variants[0] as Parameter, values: variants.flatMap(valuesOf) }));
  return choosers.filter(
    (chooser) => (offersOwn(chooser, own) || !isFilter(chooser.parameter, own, openly)) && choosesAction(chooser, own),
  );
}

function valuesOf({ choices, at }: Parameter): Chooser['values'] {
  const variant = choices.length === 1 ? at.slice(0, at.lastIndexOf('/properties/')) : '';
  const scope = /\/(?:oneOf|anyOf)\/\d{1,6}$/.test(variant) ? variant : '';
  return choices.map((value) => ({ value, at, scope }));
}

/** Lists looked into, each with all parameters. */
const MAX_LISTS = 20;

/** `actions: [{ createItem: {…}, deleteItem: {…} }]`: each member is an action with arguments of its own. */
function memberChoosers(parameters: readonly Parameter[]): Chooser[] {
  const lists = parameters.filter(({ words, types }) => types.includes('array') && ACTION_LISTS.has(withoutS(words.at(-1) ?? '')));
  const choosers: Chooser[] = [];
  for (const list of lists.slice(0, MAX_LISTS)) {
    const prefix = `${list.at}/items/`;
    const members = parameters.filter(({ at, depth }) => depth <= list.depth + 4 && isMemberOf(at, prefix));
    const acting = members.filter(({ words, schema }) => baseVerb(words[0] ?? '') && isStructured(schema));
    if (acting.length < 2 || acting.length < members.length * MOSTLY) continue;
    choosers.push({ parameter: list, values: acting.map(({ name, at }) => ({ value: name, at, scope: at })) });
  }
  return choosers;
}

function withoutS(word: string): string {
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

function isMemberOf(at: string, prefix: string): boolean {
  return (
    at.startsWith(prefix) &&
    /^properties\/[^/]{1,200}$/.test(at.slice(prefix.length).replace(/^(?:(?:oneOf|anyOf|allOf)\/\d{1,6}\/){0,3}/, ''))
  );
}

function isStructured(schema: Parameter['schema']): boolean {
  return (
    schema['type'] === 'object' ||
    schema['type'] === 'array' ||
    schema['properties'] !== undefined ||
    schema['anyOf'] !== undefined ||
    schema['$ref'] !== undefined
  );
}

/** `action: string`, where a description lists what it may be. */
function listedChoosers(parameters: readonly Parameter[], own: readonly Act[], description: string): Chooser[] {
  const chooser = parameters.find(
    ({ words, choices, depth, types }) =>
      depth === 0 && words.length === 1 && choices.length === 0 && ACTION_NAMES.has(words[0] ?? '') && types.includes('string'),
  );
  // What is listed for it is chosen from, whether or not it has to be given.
  if (!chooser || isFilter({ ...chooser, required: true }, own, own)) return [];
  const values = listedValues(chooser.description, description);
  const open = EXAMPLES.test(chooser.description);
  return values.length < 2 ? [] : [{ parameter: chooser, values: values.map((value) => ({ value, at: chooser.at, scope: '', open })) }];
}

const EXAMPLES = /\b(?:e\.g|eg|for example|such as|like|including|etc|common(?:ly)?|depends on|var(?:y|ies)|any)\b|\.\.\.|…/i;
