import type { AccessPolicy, Condition, Profile } from '../model/access-policy.ts';
import type { Category, Classification } from '../model/classification.ts';
import { isJsonObject, type JsonValue } from '../model/json.ts';
import type { ToolDefinition } from '../model/tool.ts';
import { argumentPath, valueAt } from './argument-path.ts';
import { narrowActions } from './narrow-actions.ts';

/** `safe`: what is right whoever uses the tool. `all`: also what only its user can say, as placeholders. */
export type ArgumentRules = 'none' | 'safe' | 'all';

/** A tool with what is known of it. */
export interface PolicyTool {
  readonly definition: ToolDefinition;
  readonly classification: PolicyVerdict;
}

/** As much of a classification as a rule is made of. */
export type PolicyVerdict = Pick<Classification, 'category' | 'signals' | 'actions' | 'evidence' | 'classifierVersion' | 'correction'>;

/** The signal of switches that skip a safeguard. */
export const SWITCH_SIGNAL = 'force-flag';

interface Narrowed {
  /** Of what is left of the tool. */
  readonly category: Category;
  readonly require: readonly Condition[];
}

/** Conditions on the arguments of one tool, and its category with them: of a tool with several actions only the harmless ones are left. */
export function narrowed(tool: PolicyTool, profile: Profile, rules: ArgumentRules): Narrowed {
  const { definition, classification } = tool;
  const { category } = classification;
  if (rules === 'none') return { category, require: [] };
  const actions = narrowActions(definition, classification, profile);
  const flags = atSignal(classification, SWITCH_SIGNAL).flatMap((at) => switchedOff(definition, at));
  const placeholders = rules === 'all' ? [...placeholderConditions(classification), ...recipientConditions(tool)] : [];
  return { category: actions?.category ?? category, require: [...(actions?.require ?? []), ...flags, ...placeholders] };
}

/** A switch that is on has to be given, unless it stands at on: then it has to be switched off. A rehearsal is the other way round. */
function switchedOff(definition: ToolDefinition, at: string): Condition[] {
  const path = argumentPath(at);
  const schema = valueAt(definition, at);
  if (!path || !isJsonObject(schema) || schema['type'] !== 'boolean') return [];
  if (REHEARSAL.test(path.at(-1) ?? ''))
    return [{ path, ifAbsent: schema['default'] === true ? 'holds' : 'fails', op: 'one-of', values: [true] }];
  return [{ path, ifAbsent: schema['default'] === true ? 'fails' : 'holds', op: 'one-of', values: [false] }];
}

const REHEARSAL = /^(?:dry[_-]?run|preview(?:[_-]?only)?)$/i;

/** What a parameter found by a signal has to be like, with the placeholder that stands for what only the user knows. */
const BY_SIGNAL = {
  'money-amount': { name: 'MAX_AMOUNT', meaning: 'the largest amount of money in one call' },
  'file-path-input': { name: 'PATH_ROOT', meaning: 'the folder that paths have to lie in' },
  'url-input': { name: 'ALLOWED_HOSTS', meaning: 'hosts that URLs may name, separated by commas' },
  'outbound-message': { name: 'ALLOWED_RECIPIENTS', meaning: 'recipients that messages may go to, separated by commas' },
} as const;

/** Names of parameters that say whom a message goes to: the signal finds the message, not them. */
const RECIPIENT =
  /^(?:to|cc|bcc|recipients?|recipient[_-]?(?:id|email)s?|to[_-]?(?:email|address|number|phone)e?s?|channel(?:[_-]?id)?|chat[_-]?id|phone(?:[_-]?number)?)$/i;

function placeholderConditions(classification: PolicyVerdict): Condition[] {
  const paths = (signal: keyof typeof BY_SIGNAL) =>
    atSignal(classification, signal).flatMap((at) => [argumentPath(at) ?? []].filter(({ length }) => length > 0));
  const placeholder = (signal: keyof typeof BY_SIGNAL) => ({ placeholder: BY_SIGNAL[signal].name });
  return [
    ...paths('money-amount').map((path): Condition => ({ path, ifAbsent: 'holds', op: 'at-most', value: placeholder('money-amount') })),
    ...paths('file-path-input').map(
      (path): Condition => ({ path, ifAbsent: 'holds', op: 'within-folder', value: placeholder('file-path-input') }),
    ),
    ...paths('url-input').map((path): Condition => ({ path, ifAbsent: 'holds', op: 'host-one-of', values: placeholder('url-input') })),
  ];
}

function recipientConditions({ definition, classification }: PolicyTool): Condition[] {
  if (atSignal(classification, 'outbound-message').length === 0) return [];
  const properties = valueAt(definition, '/inputSchema/properties');
  const names = isJsonObject(properties) ? Object.keys(properties).filter((name) => RECIPIENT.test(name)) : [];
  return names.map((name) => ({
    path: [name],
    ifAbsent: 'holds',
    op: 'text-one-of',
    values: { placeholder: BY_SIGNAL['outbound-message'].name },
  }));
}

function atSignal({ signals }: PolicyVerdict, id: string): string[] {
  return signals.flatMap((signal) => (signal.id === id ? signal.evidence.map(({ at }) => at) : []));
}

/** What the placeholders of these conditions stand for, by name. */
export function placeholdersIn(conditions: readonly Condition[]): AccessPolicy['placeholders'] {
  const names = new Set(conditions.flatMap(placeholderOf));
  return Object.values(BY_SIGNAL)
    .filter(({ name }) => names.has(name))
    .map(({ name, meaning }) => ({ name, meaning }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function placeholderOf(condition: Condition): string[] {
  const value: JsonValue | { placeholder: string } | readonly unknown[] = 'value' in condition ? condition.value : condition.values;
  return typeof value === 'object' && value !== null && 'placeholder' in value ? [String(value.placeholder)] : [];
}
