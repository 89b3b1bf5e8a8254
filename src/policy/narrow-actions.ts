import type { Condition, Profile } from '../model/access-policy.ts';
import type { ActionClassification, Category, Classification } from '../model/classification.ts';
import { isJsonObject, type JsonValue } from '../model/json.ts';
import type { ToolDefinition } from '../model/tool.ts';
import { sharedArgumentPath, valueAt } from './argument-path.ts';
import { strictnessOf, treatmentOf } from './profiles.ts';

export interface NarrowedActions {
  /** Of the worst action left. */
  readonly category: Category;
  readonly require: readonly Condition[];
}

/** Worst last. */
const SEVERITY: readonly Category[] = ['Read', 'Write', 'Execute', 'Permissions', 'Financial', 'Destructive'];

/**
 * The actions of a tool that the profile lets pass unasked, where it would not let the tool as a whole pass: `action` has to be one of them.
 *
 * @returns Nothing where that is not certain: the harm is not in the actions alone, or no single argument chooses between them.
 */
export function narrowActions(
  definition: ToolDefinition,
  { category, actions }: Pick<Classification, 'category' | 'actions'>,
  profile: Profile,
): NarrowedActions | undefined {
  if (actions.length === 0 || passes(profile, category) || worstOf(actions) !== category) return undefined;
  const refused = actions.filter((action) => !passes(profile, action.category)).map(({ value }) => value);
  const kept = actions.filter(({ value }) => !refused.includes(value));
  const path = choosingPath(actions);
  if (!path || kept.length === 0 || isOfferedElsewhere(definition, path, new Set(refused))) return undefined;
  const values = [...new Set(kept.map(({ value }) => value))];
  return { category: worstOf(kept), require: [{ path, ifAbsent: ifAbsent(definition, actions, values), op: 'one-of', values }] };
}

function passes(profile: Profile, category: Category): boolean {
  return strictnessOf(treatmentOf(profile, category, false).decision) <= strictnessOf('limit');
}

function worstOf(actions: readonly ActionClassification[]): Category {
  const ranks = actions.map(({ category }) => SEVERITY.indexOf(category));
  return SEVERITY[Math.max(...ranks)] ?? 'Destructive';
}

/** The one argument that chooses all of them. */
function choosingPath(actions: readonly ActionClassification[]): string[] | undefined {
  const paths = new Map(actions.map(({ at }) => [JSON.stringify(sharedArgumentPath(at)), sharedArgumentPath(at)]));
  return paths.size === 1 ? [...paths.values()][0] : undefined;
}

/** The server's own choice counts only where the definition says what it is, in the one place where it could. */
function ifAbsent(definition: ToolDefinition, actions: readonly ActionClassification[], values: readonly string[]): 'holds' | 'fails' {
  const places = new Set(actions.map(({ at }) => at));
  const standing = valueAt(definition, `${actions[0]?.at}/default`);
  return places.size === 1 && typeof standing === 'string' && values.includes(standing) ? 'holds' : 'fails';
}

/** Whether another argument offers one of the values too: that one would have to be narrowed as well, and a value is classified in one place only. */
function isOfferedElsewhere(definition: ToolDefinition, path: readonly string[], refused: ReadonlySet<string>): boolean {
  const own = JSON.stringify(path);
  const open: { readonly at: string; readonly value: JsonValue }[] = [{ at: '/inputSchema', value: definition['inputSchema'] ?? null }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { at, value } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (offers(value, refused) && JSON.stringify(sharedArgumentPath(at)) !== own) return true;
    for (const [name, member] of Object.entries(value))
      open.push({ at: `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, value: member });
  }
  return false;
}

function offers(schema: JsonValue, values: ReadonlySet<string>): boolean {
  if (!isJsonObject(schema)) return false;
  const offered: readonly unknown[] = Array.isArray(schema['enum']) ? schema['enum'] : [schema['const']];
  return offered.some((value) => typeof value === 'string' && values.has(value));
}
