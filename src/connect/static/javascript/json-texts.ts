import { Arr, isPrimitive, Obj, UNKNOWN, type Value } from './values.ts';

const MAX_CHARACTERS = 10_000_000;
const MAX_DEPTH = 64;

/** The value of a JSON text; not known for a text that is none. */
export function valueOfJson(text: string): Value {
  if (text.length > MAX_CHARACTERS) return UNKNOWN;
  try {
    return converted(JSON.parse(text), 0);
  } catch {
    return UNKNOWN;
  }
}

function converted(value: unknown, depth: number): Value {
  if (depth > MAX_DEPTH) return UNKNOWN;
  if (Array.isArray(value)) return new Arr(value.map((item) => converted(item, depth + 1)));
  if (typeof value !== 'object' || value === null) return isPrimitive(value as Value) ? (value as Value) : UNKNOWN;
  const made = new Obj();
  for (const [name, member] of Object.entries(value)) made.members.set(name, converted(member, depth + 1));
  return made;
}
