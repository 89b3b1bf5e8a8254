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
  /** The first of them. */
  readonly unread: readonly UnreadPart[];
  /** How many more there are. */
  readonly moreUnread: number;
}

type Read = { readonly value: unknown } | { readonly why: string };
type Path = readonly (string | number)[];

/** Of a list or a record. Real documents hold 112 at most (environment variables of one package, December 2025). */
const MAX_MEMBERS = 500;
/** Of all lists and records of a document together. Real documents hold 945 at most (the same dumps). */
const MAX_ALL_MEMBERS = 4_000;
/** Told one by one. */
const MAX_UNREAD = 100;
/** What comes after so many parts that do not fit is not tried: each takes 5 µs and more, a fitting one less than 1 (measured). */
const MAX_MISFITS = 1_000;
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
  const progress = new Progress();
  const read = readPart(shape, document, [], progress);
  if ('why' in read) progress.leaveOut([], read.why);
  const { unread, moreUnread } = progress;
  // Put together from parts that each passed the part of the shape they are for.
  return { ...('value' in read && { value: read.value as z.infer<Shape> }), unread, moreUnread };
}

/** What was left out of one document so far, and how much more of it may be read. */
class Progress {
  readonly unread: UnreadPart[] = [];
  moreUnread = 0;
  #membersLeft = MAX_ALL_MEMBERS;

  get isHopeless(): boolean {
    return this.unread.length + this.moreUnread >= MAX_MISFITS;
  }

  leaveOut(path: Path, why: string): void {
    if (this.unread.length < MAX_UNREAD) this.unread.push({ at: jsonPointer(path), why });
    else this.moreUnread += 1;
  }

  /** The members of a list or a record that are read. */
  within<T>(members: readonly T[], path: Path): readonly T[] {
    const taken = members.slice(0, Math.min(MAX_MEMBERS, this.#membersLeft));
    this.#membersLeft -= taken.length;
    if (taken.length < members.length) this.leaveOut(path, `of ${members.length} members the first ${taken.length} are read`);
    return taken;
  }
}

function readPart(shape: unknown, value: unknown, path: Path, progress: Progress): Read {
  if (progress.isHopeless) return { why: 'it comes after too much that does not fit' };
  if (shape instanceof z.ZodOptional) return readPart(shape.unwrap(), value, path, progress);
  if (shape instanceof z.ZodObject) return readObject(shape, value, path, progress);
  if (shape instanceof z.ZodArray) return readList(shape.element, value, path, progress);
  if (shape instanceof z.ZodRecord) return readRecord(shape.valueType, value, path, progress);
  return readLeaf(shape as z.ZodType, value);
}

function readObject(shape: z.ZodObject, value: unknown, path: Path, progress: Progress): Read {
  if (!isJsonObject(value)) return { why: `${excerpt(value)} is no object` };
  const fields: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(shape.shape)) {
    const name = Object.hasOwn(value, key) ? key : snakeCase(key);
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const optional = field instanceof z.ZodOptional;
    if (optional && isNothing(given)) continue;
    const read = readPart(field, given, [...path, name], progress);
    if ('value' in read) fields[key] = read.value;
    else if (!optional) return { why: `${key}: ${read.why}` };
    else if (given !== '') progress.leaveOut([...path, name], read.why);
  }
  return { value: fields };
}

function readList(shape: unknown, value: unknown, path: Path, progress: Progress): Read {
  if (!Array.isArray(value)) return { why: `${excerpt(value)} is no list` };
  const members: unknown[] = [];
  for (const [index, member] of progress.within(value, path).entries()) {
    const read = readPart(shape, member, [...path, index], progress);
    if ('value' in read) members.push(read.value);
    else progress.leaveOut([...path, index], read.why);
  }
  return { value: members };
}

function readRecord(shape: unknown, value: unknown, path: Path, progress: Progress): Read {
  if (!isJsonObject(value)) return { why: `${excerpt(value)} is no object` };
  const members: [string, unknown][] = [];
  for (const [key, member] of progress.within(Object.entries(value), path)) {
    const read = readPart(shape, member, [...path, key], progress);
    if ('value' in read && isName(key)) members.push([key, read.value]);
    else progress.leaveOut([...path, key.slice(0, MAX_NAME)], 'why' in read ? read.why : 'not a name');
  }
  return { value: Object.fromEntries(members) };
}

/** zod never gives `__proto__` back either. */
const isName = (key: string) => key !== '__proto__' && key.length <= MAX_NAME;

function readLeaf(shape: z.ZodType, value: unknown): Read {
  if (value === undefined || value === null) return { why: 'missing' };
  if (typeof value === 'string' && value.length > MAX_TEXT) return { why: `longer than ${MAX_TEXT} characters` };
  const first = shape.safeParse(value);
  if (first.success) return { value: first.data };
  const spelling = otherSpelling(value);
  const other = spelling === undefined ? undefined : shape.safeParse(spelling);
  if (other?.success && other.data !== undefined) return { value: other.data };
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
