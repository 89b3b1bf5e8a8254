import { type Act, isReading } from './act.ts';
import { HTTP_VERBS } from './described-acts.ts';
import type { Parameter } from './parameter.ts';
import { phrases } from './phrases.ts';
import { actingValues, verbOfValue } from './value-lists.ts';
import { identifierWords } from './words.ts';

/** A parameter that chooses what is done, with the values that it may take. */
export interface Chooser {
  readonly parameter: Parameter;
  readonly values: readonly { readonly value: string; readonly at: string; readonly scope: string; readonly open?: boolean }[];
}

export const ACTION_NAMES: ReadonlySet<string> = phrases('action, actions, operation, operations, op, command, subcommand, verb');
const ACTION_KINDS: ReadonlySet<string> = phrases('action type, operation type');
/** Names that choose an action where the description leaves open what is done, or tells the same verbs. */
const MAYBE_ACTION_NAMES: ReadonlySet<string> = phrases('mode, method, task, type, function, intent, request, what, step, event, kind');
/** Lists of things to do: what is chosen inside one is done, not configured. */
export const ACTION_LISTS: ReadonlySet<string> = phrases(
  'action, operation, op, command, change, step, request, file, task, batch, mutation, item',
);
/** `read` and `write` under one of these are rights to have, and under another what happened. */
const OTHER_CHOICES: ReadonlySet<string> = phrases(
  'permission, permissions, access, scope, scopes, role, level, right, rights, privilege, status, state, filter, sort, order, format, trigger',
);
/** How much of its values has to be verbs before a parameter of any other name chooses an action. */
export const MOSTLY = 0.6;
const HALF = 0.5;

/** `list_things` with `action: list | delete`: what the tool is named after is one of the choices. */
export function offersOwn({ values }: Chooser, own: readonly Act[]): boolean {
  return values.some(({ value }) => isVerbOf(own, verbOfValue(value)?.base));
}

function isVerbOf(own: readonly Act[], base: string | undefined): boolean {
  return base !== undefined && own.some(({ verb }) => verb === base);
}

export function choosesAction({ parameter, values }: Chooser, own: readonly Act[]): boolean {
  const { words, depth } = parameter;
  const name = words.at(-1) ?? '';
  if (isSetting(values, own) && !CHOSEN.test(parameter.description)) return false;
  if (calculates(values)) return depth === 0;
  if (ACTION_NAMES.has(name) || ACTION_KINDS.has(words.slice(-2).join(' '))) return depth === 0 || isOpen(own) || isListed(parameter);
  if (values.some(({ value }) => HTTP_VERBS.has(value))) return name === 'method' && isOpen(own, true);
  if (depth > 0 && !isListed(parameter) && !values.every(({ scope }) => scope !== '')) return false;
  const texts = values.map(({ value }) => value);
  const half = Math.max(1, texts.length * HALF);
  if (MAYBE_ACTION_NAMES.has(name) && toldAmong(texts, own) >= half) return true;
  if (!isOpen(own) && !isTold(texts, own)) return false;
  const acting = actingValues(texts);
  if (MAYBE_ACTION_NAMES.has(name)) return acting >= half;
  return acting >= 2 && acting >= texts.length * MOSTLY && !OTHER_CHOICES.has(name);
}

/** `add` beside one of these is a sum. */
const CALCULATING: ReadonlySet<string> = phrases('subtract, multiply, divide, sqrt, modulo');

export function calculates(values: Chooser['values']): boolean {
  return values.some(({ value }) => CALCULATING.has(value.toLowerCase()));
}

/** `Action to perform` */
const CHOSEN = /\bto (?:perform|execute|run|take|do|invoke)\b/i;

/** Where a tool only looks, `action_type: create | delete` narrows what is looked for, and `verb` is asked about. */
export function isFilter({ words, description, required }: Parameter, own: readonly Act[], openly: readonly Act[]): boolean {
  const acts = own.filter(({ vague, from }) => !vague || from === 'name');
  const looks = acts.length > 0 && acts.every(isReading);
  if (!looks || CHOSEN.test(description)) return false;
  const listed = !required && openly.some(({ vague, sense }) => !vague && sense === 'read');
  return words.length > 1 || words[0] === 'verb' || listed || /\b(?:filter|to check|whether|logged|performed)/i.test(description);
}

/** `Create a rule` with `action: notify | delete`: what the thing that is made will do. */
function isSetting(values: Chooser['values'], own: readonly Act[]): boolean {
  const lead = own.find(({ from, vague }) => from === 'lead' && !vague);
  const texts = values.map(({ value }) => value);
  return lead !== undefined && MAKING.has(lead.verb) && !isTold(texts, own) && !texts.some((text) => verbOfValue(text)?.base === lead.verb);
}

const MAKING: ReadonlySet<string> = phrases('create, add, insert, schedule, define, register, configure, install, generate');

/** A verb of a later sentence is more often advice. */
const CLEAR = 2;

/** Whether name and description leave open what is done. */
function isOpen(own: readonly Act[], requests = false): boolean {
  const lead = own.filter(({ from, vague, strength }) => from === 'lead' && (vague || strength >= CLEAR));
  const told = lead.length > 0 ? lead : own;
  return told.every(({ vague, sense }) => vague || sense === 'run' || sense === 'send' || (requests && isReading({ sense })));
}

/** Whether name or description tell two of the verbs too. */
function isTold(values: readonly string[], own: readonly Act[]): boolean {
  const told = new Set(own.map(({ verb }) => verb));
  const verbs = new Set(values.flatMap((value) => verbOfValue(value)?.base ?? []));
  return [...verbs].filter((verb) => told.has(verb)).length >= 2;
}

/** How many of the values name and description tell. */
function toldAmong(values: readonly string[], own: readonly Act[]): number {
  const told = own.filter(({ vague }) => !vague);
  return values.filter((value) => isVerbOf(told, verbOfValue(value)?.base)).length;
}

/** Whether the parameter is a member of the things in a list of actions. */
function isListed({ at }: Parameter): boolean {
  const outer = withoutVariants(at).split('/').slice(0, -2);
  const list = identifierWords(outer.at(-1) === 'items' ? (outer.at(-2) ?? '') : (outer.at(-1) ?? '')).at(-1) ?? '';
  return ACTION_LISTS.has(list) || ACTION_LISTS.has(list.replace(/(?:es|s)$/, ''));
}

export function withoutVariants(at: string): string {
  return at.includes('Of/') ? at.replace(VARIANT, '') : at;
}

const VARIANT = /\/(?:oneOf|anyOf|allOf)\/\d{1,6}(?=\/)/g;
