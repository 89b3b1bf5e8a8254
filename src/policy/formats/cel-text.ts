import type { Condition } from '../../model/access-policy.ts';

/** A text in CEL (https://github.com/google/cel-spec/blob/master/doc/langdef.md#values): all but plain ASCII is escaped by its code point. */
export function celString(text: string): string {
  return `"${[...text].map(escaped).join('')}"`;
}

function escaped(character: string): string {
  if (/^[ !#-[\]-~]$/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Numbers of JSON are doubles. */
function celValue(value: string | number | boolean | null): string {
  if (typeof value === 'string') return celString(value);
  if (typeof value !== 'number') return String(value);
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** What the condition says of one value, or nothing where CEL has no words for it. */
function celCheck(condition: Condition, value: string): string | undefined {
  switch (condition.op) {
    case 'one-of':
      return isOneOf(value, condition.values);
    case 'not-one-of':
      return `type(${value}) != list && type(${value}) != map && !${isOneOf(value, condition.values)}`;
    case 'text-one-of':
      return Array.isArray(condition.values) ? isOneOf(value, condition.values) : undefined;
    case 'at-most':
      if (typeof condition.value !== 'number') return undefined;
      return `type(${value}) == double && ${value} >= 0.0 && ${value} <= ${celValue(condition.value)}`;
    default:
      return undefined;
  }
}

/** A list for each type: some engines take no list of several. */
function isOneOf(value: string, values: readonly (string | number | boolean | null)[]): string {
  const lists = Map.groupBy(values, (one) => typeof one);
  return `(${[...lists.values()].map((list) => `${value} in [${list.map(celValue).join(', ')}]`).join(' || ')})`;
}

/**
 * The condition as CEL over the map of arguments, or nothing where it cannot be said: folders, hosts, arguments in arguments, what is not filled in. An
 * array in an array is refused, as is one that takes the engine too long.
 *
 * @param args - CEL for the map; it may be absent, and then has to be said with a dot before its last name.
 */
export function celCondition(condition: Condition, args: string): string | undefined {
  const [name, ...inner] = condition.path;
  if (name === undefined || inner.length > 0) return undefined;
  const value = `${args}[${celString(name)}]`;
  const check = celCheck(condition, value);
  const element = celCheck(condition, 'e');
  if (check === undefined || element === undefined) return undefined;
  const isSwitch = condition.op === 'one-of' && condition.values.every((one) => typeof one === 'boolean');
  const filled = condition.ifAbsent === 'fails' ? `size(${value}) > 0 && ` : '';
  const holds = isSwitch ? check : `(type(${value}) == list ? ${filled}${value}.all(e, ${element}) : ${check})`;
  const isThere = `(has(${args}) && ${celString(name)} in ${args})`;
  return condition.ifAbsent === 'fails' ? `(${isThere} && ${holds})` : `(!${isThere} || ${holds})`;
}
