import { isUtf8 } from 'node:buffer';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';
import { readJson } from '../policy/formats/problems.ts';
import { partsOf } from './json-parts.ts';
import { MAX_LINE_BYTES } from './lines.ts';

export type ClientFrame =
  | { readonly kind: 'messages'; readonly messages: readonly ClientMessage[] }
  | { readonly kind: 'blank' }
  | { readonly kind: 'unreadable'; readonly code: number; readonly message: string };

export interface ClientMessage {
  readonly message: JsonObject;
  /** As the client wrote it. */
  readonly text: string;
}

const PARSE_ERROR = -32_700;
export const INVALID_REQUEST = -32_600;

/**
 * What a client's line says, where all readers agree about it. One that another reader could take for something else is none: a key twice or in another
 * case (Go's reader takes it), a bare carriage return (Python's reader ends the line there), bytes that are no UTF-8, a method that is nearly one that is
 * decided.
 */
export function readClientFrame(line: Buffer): ClientFrame {
  if (!isUtf8(line)) return unreadable('is not UTF-8');
  const text = line.toString('utf8').replace(/\r?\n$/, '');
  if (text.trim() === '') return { kind: 'blank' };
  if (text.includes('\r')) return unreadable('has a carriage return in it');
  const read = readWhole(text);
  if ('problem' in read) return unreadable(read.problem);
  const { value } = read;
  const values: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) return unreadable('is an empty batch', INVALID_REQUEST);
  const messages: ClientMessage[] = [];
  const parts = Array.isArray(value) ? partsOf(text) : [{ from: 0, to: text.length }];
  for (const [index, { from, to }] of parts.entries()) {
    const message = values[index];
    const problem = isJsonObject(message) ? ambiguityOf(message) : 'is no JSON-RPC message';
    if (problem !== undefined || !isJsonObject(message)) return unreadable(problem ?? '', INVALID_REQUEST);
    messages.push({ message, text: text.slice(from, to) });
  }
  return { kind: 'messages', messages };
}

function unreadable(what: string, code = PARSE_ERROR): ClientFrame {
  return { kind: 'unreadable', code, message: `assay guard: this message ${what}; it was not passed on` };
}

/** Any error is a refusal: a text that is too much for the reader is not passed on either. */
function readWhole(text: string): { readonly value: JsonValue } | { readonly problem: string } {
  try {
    const read = readJson(text, MAX_LINE_BYTES);
    if ('value' in read) return { value: read.value as JsonValue };
    return { problem: `cannot be read in one way only (${read.problems[0]?.message ?? ''})` };
  } catch {
    return { problem: 'cannot be read' };
  }
}

const ENVELOPE = new Set(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);
const OF_CALL = new Set(['name', 'arguments', '_meta', 'task']);
const DECIDED_METHODS = new Set(['tools/call', 'tools/list', 'initialize', 'notifications/cancelled']);

function ambiguityOf(message: JsonObject): string | undefined {
  const { id, method, params } = message;
  if (hasTwin(message, ENVELOPE)) return 'has a key that is only nearly one of JSON-RPC';
  if (method !== undefined && typeof method !== 'string') return 'has a method that is no text';
  if (method !== undefined && !DECIDED_METHODS.has(method) && DECIDED_METHODS.has(folded(method)))
    return 'has a method that is only nearly one';
  if (method === 'tools/call' && isJsonObject(params) && hasTwin(params, OF_CALL)) return 'has a key that is only nearly one of a call';
  if (method !== undefined && ('result' in message || 'error' in message)) return 'is a request and an answer at once';
  if (id !== undefined && id !== null && !isId(id)) return 'has an id that is neither a text nor a whole number';
  return undefined;
}

export function isId(id: unknown): id is string | number {
  return typeof id === 'string' || Number.isSafeInteger(id);
}

/** Whether a key is another spelling of one of these. */
export function hasTwin(value: JsonObject, names: ReadonlySet<string>): boolean {
  const spellings = new Set([...names].map(folded));
  return Object.keys(value).some((key) => !names.has(key) && spellings.has(folded(key)));
}

/** As lenient readers compare: without case, width, controls and space around. */
function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{Cc}\p{Cf}\s]/gu, '');
}
