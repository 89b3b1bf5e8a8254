import type { Condition } from '../model/access-policy.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';

/** Values of one argument that are looked at: more of them is no call that a person meant. */
const MAX_VALUES = 10_000;

/** Whether a call's arguments are as the condition wants them. A placeholder that nobody filled in never holds. */
export function holds(condition: Condition, args: JsonObject): boolean {
  const values = valuesAt(condition.path, args, isSwitch(condition) ? 'whole' : 'elements');
  if (values === 'too-many') return false;
  if (values.length === 0) return condition.ifAbsent === 'holds';
  return values.every((value) => accepts(condition, value));
}

/** To many programs an array is as good as `true`, whatever is in it: where a switch is asked for, an array is no switch. */
function isSwitch(condition: Condition): boolean {
  return condition.op === 'one-of' && condition.values.every((value) => typeof value === 'boolean');
}

function accepts(condition: Condition, value: JsonValue): boolean {
  switch (condition.op) {
    case 'one-of':
      return condition.values.some((allowed) => allowed === value);
    case 'not-one-of':
      return isScalar(value) && !condition.values.some((denied) => denied === value);
    case 'at-most':
      return typeof condition.value === 'number' && typeof value === 'number' && value >= 0 && value <= condition.value;
    case 'within-folder':
      return typeof condition.value === 'string' && typeof value === 'string' && isWithinFolder(value, condition.value);
    case 'host-one-of':
      return Array.isArray(condition.values) && typeof value === 'string' && hasHost(value, condition.values);
    case 'text-one-of':
      return Array.isArray(condition.values) && typeof value === 'string' && condition.values.includes(value);
  }
}

function isScalar(value: JsonValue): boolean {
  return value === null || typeof value !== 'object';
}

/**
 * All values that the path leads to: each element of every array on the way, and at its end unless that is wanted whole. Empty where the argument is
 * absent.
 */
export function valuesAt(path: readonly string[], args: JsonObject, end: 'elements' | 'whole' = 'elements'): JsonValue[] | 'too-many' {
  let values: JsonValue[] = [args];
  for (const [index, name] of path.entries()) {
    const isWhole = end === 'whole' && index === path.length - 1;
    const next: JsonValue[] = [];
    for (const value of values) {
      if (!isJsonObject(value) || !Object.hasOwn(value, name)) continue;
      const found = value[name] ?? null;
      for (const element of isWhole ? [found] : elementsOf(found)) next.push(element);
      if (next.length > MAX_VALUES) return 'too-many';
    }
    values = next;
  }
  return values;
}

/** An array's elements, however deep arrays are in arrays; else the value. An empty array has none, so nothing in it can be wrong. */
function elementsOf(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? (value as JsonValue[]).flat(8) : [value];
}

/** As it is written, without asking a disk. A backslash or a NUL could mean something else to whoever opens it, so neither is accepted. */
function isWithinFolder(path: string, folder: string): boolean {
  if (/[\\\0]/.test(path) || path.startsWith('/') !== folder.startsWith('/')) return false;
  const [inner, outer] = [segmentsOf(path), segmentsOf(folder)];
  return inner !== undefined && (outer?.every((segment, index) => inner[index] === segment) ?? false);
}

/** Nothing for a path that climbs out of where it starts. */
function segmentsOf(path: string): string[] | undefined {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments;
}

/** What a reader could take for another host is not accepted: user info, backslashes, white space, control characters, a host with a trailing dot. */
function hasHost(text: string, hosts: readonly string[]): boolean {
  if (/[\\\s\p{Cc}]/u.test(text)) return false;
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username || url.password) return false;
  return hosts.some((host) => host.toLowerCase() === url.host);
}
