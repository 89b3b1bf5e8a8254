import { z } from 'zod';
import { isJsonObject, jsonPointer } from './json.ts';
import { visibleText } from './visible-text.ts';

/** A part of a document that does not fit its shape and was left out. */
export interface UnreadPart {
  /** JSON Pointer. */
  readonly at: string;
  readonly why: string;
}

export interface LenientReading<T> {
  /** Absent when nothing of it fits. */
  readonly value?: T;
  readonly unread: readonly UnreadPart[];
}

type Read = { readonly value: unknown } | { readonly why: string };
type Path = readonly (string | number)[];

/** Of a list or a record. Real documents hold 112 at most (environment variables of one package, December 2025). */
const MAX_MEMBERS = 500;
const MAX_TEXT = 10_000;
const MAX_NAME = 500;

/** Other words for a value of an enumeration, and older spellings. */
const SPELLINGS: Readonly<Record<string, string>> = {
  docker: 'oci',
  http: 'streamable-http',
  streamable: 'streamable-http',
  streamable_http: 'streamable-http',
  streamableHttp: 'streamable-http',
};

/**
 * Reads what fits a shape and leaves out what does not: a wrong optional field costs that field, a wrong member of a list that member, a wrong
 * required field the object it belongs to. Fields may be spelled in snake_case; null is absent, as are an empty object and an empty text that does
 * not fit; a number or a boolean is read as text, and the reverse for booleans, where that fits. Keys the shape does not know are dropped.
 *
 * @param shape - Of objects, lists, records and optional values; everything else is tried as a whole.
 */
export function readLeniently<Shape extends z.ZodType>(shape: Shape, document: unknown): LenientReading<z.infer<Shape>> {
  const unread: UnreadPart[] = [];
  const read = readPart(shape, document, [], unread);
  if ('why' in read) return { unread: [...unread, { at: '', why: read.why }] };
  // Put together from parts that each passed the part of the shape they are for.
  return { value: read.value as z.infer<Shape>, unread };
}

function readPart(shape: unknown, value: unknown, path: Path, unread: UnreadPart[]): Read {
  if (shape instanceof z.ZodOptional) return readPart(shape.unwrap(), value, path, unread);
  if (shape instanceof z.ZodObject) return readObject(shape, value, path, unread);
  if (shape instanceof z.ZodArray) return readList(shape.element, value, path, unread);
  if (shape instanceof z.ZodRecord) return readRecord(shape.valueType, value, path, unread);
  return readLeaf(shape as z.ZodType, value);
}

function readObject(shape: z.ZodObject, value: unknown, path: Path, unread: UnreadPart[]): Read {
  if (!isJsonObject(value)) return { why: `${excerpt(value)} is no object` };
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(shape.shape)) {
    const name = Object.hasOwn(value, key) ? key : snakeCase(key);
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const optional = field instanceof z.ZodOptional;
    if (optional && isNothing(given)) continue;
    const read = readPart(field, given, [...path, name], unread);
    if ('value' in read) fields[key] = read.value;
    else if (!optional) return { why: `${key}: ${read.why}` };
    else if (given !== '') unread.push({ at: jsonPointer([...path, name]), why: read.why });
  }
  return { value: fields };
}

function readList(shape: unknown, value: unknown, path: Path, unread: UnreadPart[]): Read {
  if (!Array.isArray(value)) return { why: `${excerpt(value)} is no list` };
  const members: unknown[] = [];
  for (const [index, member] of within(value, path, unread).entries()) {
    const read = readPart(shape, member, [...path, index], unread);
    if ('value' in read) members.push(read.value);
    else unread.push({ at: jsonPointer([...path, index]), why: read.why });
  }
  return { value: members };
}

function readRecord(shape: unknown, value: unknown, path: Path, unread: UnreadPart[]): Read {
  if (!isJsonObject(value)) return { why: `${excerpt(value)} is no object` };
  const members: [string, unknown][] = [];
  for (const [key, member] of within(Object.entries(value), path, unread)) {
    const read = readPart(shape, member, [...path, key], unread);
    if ('value' in read && isName(key)) members.push([key, read.value]);
    else unread.push({ at: jsonPointer([...path, key.slice(0, MAX_NAME)]), why: 'why' in read ? read.why : 'not a name' });
  }
  return { value: Object.fromEntries(members) };
}

/** zod never gives `__proto__` back either. */
const isName = (key: string) => key !== '__proto__' && key.length <= MAX_NAME;

function within<T>(members: readonly T[], path: Path, unread: UnreadPart[]): readonly T[] {
  if (members.length <= MAX_MEMBERS) return members;
  unread.push({ at: jsonPointer(path), why: `of ${members.length} members the first ${MAX_MEMBERS} are read` });
  return members.slice(0, MAX_MEMBERS);
}

function readLeaf(shape: z.ZodType, value: unknown): Read {
  if (value === undefined || value === null) return { why: 'missing' };
  if (typeof value === 'string' && value.length > MAX_TEXT) return { why: `longer than ${MAX_TEXT} characters` };
  const first = shape.safeParse(value);
  if (first.success) return { value: first.data };
  const other = shape.safeParse(otherSpelling(value));
  if (other.success && other.data !== undefined) return { value: other.data };
  return { why: `${excerpt(value)}: ${first.error.issues[0]?.message ?? 'does not fit'}` };
}

function otherSpelling(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && Object.hasOwn(SPELLINGS, value) ? SPELLINGS[value] : undefined;
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return isJsonObject(value) && Object.values(value).every((member) => member === '' || member === null);
}

function excerpt(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(visibleText(value.slice(0, 60)));
  return typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'an object') : String(value);
}

/** Keys of shapes are few, and asked for in every document. */
const snakeCases = new Map<string, string>();

function snakeCase(key: string): string {
  const known = snakeCases.get(key);
  if (known !== undefined) return known;
  const snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeCases.set(key, snake);
  return snake;
}
