import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from '../model/fault.ts';
import type { JsonObject } from '../model/plain-json.ts';
import { boundedHandshake, type Handshake, readHandshake } from './handshake.ts';
import type { EnumerationLimits } from './limits.ts';
import { type Listing, ListingBuilder } from './listing.ts';
import { memberText } from './member-text.ts';
import type { ConnectionEnd, Reply } from './replies.ts';

/** The newest version with a handshake. What the server answers instead is accepted and recorded. */
const PROTOCOL_VERSION = '2025-11-25';
/** What a client says of itself. */
export interface ClientInfo {
  readonly name: string;
  readonly version: string;
}

/** Said truthfully: a server may turn a catalogue away. A test compares it with package.json. */
export const CLIENT_INFO: ClientInfo = { name: 'mcp-assay', version: '0.1.0' };
const METHOD_NOT_FOUND = -32_601;

export type ServerListing = Listing & Handshake;

/** A server that can be asked, over whatever transport. */
export interface Caller {
  /** Never rejects: what prevents an answer is a {@link Reply} too. */
  request(method: string, params: JsonObject): Promise<Reply>;
  notify(method: string): void;
}

/** Why no page was received. */
export type SessionFailure =
  | { readonly kind: 'end'; readonly end: ConnectionEnd }
  /** The server answered with an error. */
  | { readonly kind: 'error'; readonly code: number; readonly message: string }
  /** The server answered with a result that is not what was asked for. */
  | { readonly kind: 'unusable'; readonly message: string };

export type SessionResult =
  | { readonly listed: true; readonly listing: ServerListing; readonly fault?: Fault }
  | { readonly listed: false; readonly failure: SessionFailure };

/** Shakes hands and reads all pages of `tools/list`. Calls no tool. A server without the tools capability is asked all the same. */
export async function listTools(
  connection: Caller,
  subject: string,
  limits: EnumerationLimits,
  client = CLIENT_INFO,
): Promise<SessionResult> {
  const handshake = handshakeOf(await greet(connection, client));
  if ('listed' in handshake) return handshake;
  connection.notify('notifications/initialized');
  return readPages(connection, handshake, subject, limits);
}

/**
 * {@link listTools} without waiting for the greeting: the server reads all of it at once, and answers while this process is still busy loading what
 * comes next. 97 of 97 servers answered rightly. One that refuses a question before its greeting, or drops it, is asked once more.
 */
export async function listToolsAtOnce(
  connection: Caller,
  subject: string,
  limits: EnumerationLimits,
  client = CLIENT_INFO,
): Promise<SessionResult> {
  const greeting = greet(connection, client);
  connection.notify('notifications/initialized');
  const early = connection.request('tools/list', {});
  const handshake = handshakeOf(await greeting);
  if ('listed' in handshake) return handshake;
  return readPages(connection, handshake, subject, limits, await answered(early, limits, () => connection.request('tools/list', {})));
}

function greet(connection: Caller, { name, version }: ClientInfo): Promise<Reply> {
  return connection.request('initialize', { protocolVersion: PROTOCOL_VERSION, capabilities: {}, clientInfo: { name, version } });
}

function handshakeOf(greeting: Reply): Handshake | SessionResult {
  if (greeting.kind !== 'result') return { listed: false, failure: greeting };
  return readHandshake(greeting.result) ?? unusable('Its answer to initialize is not an object.');
}

/** The answer to a question that was asked early, or else to the same one asked again. */
async function answered(early: Promise<Reply>, { askAgainMs }: EnumerationLimits, askAgain: () => Promise<Reply>): Promise<Reply> {
  const over = new AbortController();
  const silence = wait(askAgainMs, 'silence' as const, { signal: over.signal }).catch(() => 'silence' as const);
  const first = await Promise.race([early, silence]);
  over.abort();
  if (first === 'silence') return Promise.race([early.then((reply) => (isRefusal(reply) ? askAgain() : reply)), askAgain()]);
  return isRefusal(first) ? askAgain() : first;
}

function isRefusal(reply: Reply): boolean {
  return reply.kind === 'error' && reply.code !== METHOD_NOT_FOUND;
}

/**
 * All pages of `tools/list`, after the greeting.
 *
 * @param first - The answer to the first one, where it was asked for already.
 */
export async function readPages(
  connection: Caller,
  handshake: Handshake,
  subject: string,
  limits: EnumerationLimits,
  first?: Reply,
): Promise<SessionResult> {
  const builder = new ListingBuilder(subject, limits);
  const bounded = boundedHandshake(handshake, subject);
  const listed = (fault?: Fault): SessionResult => ({
    listed: true,
    listing: { ...bounded.handshake, ...builder.listing, faults: [...bounded.faults, ...builder.listing.faults] },
    ...(fault && { fault }),
  });
  let reply = first ?? (await connection.request('tools/list', {}));
  for (;;) {
    const isFirst = builder.pageCount === 0;
    if (reply.kind !== 'result') return isFirst ? nothingListed(reply, listed) : listed(brokenOff(reply, subject));
    const outcome = builder.addPage(reply.result, memberText(reply.text, 'result'));
    if (outcome.next === 'done') return listed();
    if (outcome.next === 'stop')
      return isFirst && outcome.fault.code === 'bad-page' ? unusable(outcome.fault.message) : listed(outcome.fault);
    reply = await connection.request('tools/list', { cursor: outcome.cursor });
  }
}

function unusable(message: string): SessionResult {
  return { listed: false, failure: { kind: 'unusable', message } };
}

function nothingListed(reply: SessionFailure, listed: () => SessionResult): SessionResult {
  // A server that has prompts or resources only. It was asked and it has no tools.
  if (reply.kind === 'error' && reply.code === METHOD_NOT_FOUND) return listed();
  return { listed: false, failure: reply };
}

function brokenOff(reply: Exclude<Reply, { kind: 'result' }>, subject: string): Fault {
  const code = reply.kind === 'end' ? (reply.end === 'closed' ? 'list-broken-off' : reply.end) : 'page-refused';
  const what = reply.kind === 'end' ? END_MESSAGES[reply.end] : `it answered with error ${reply.code}`;
  return { code, subject, message: `The list is not whole: before its last page ${what}.`, retryable: reply.kind === 'end' };
}

const END_MESSAGES: { readonly [E in ConnectionEnd]: string } = {
  'frame-too-big': 'a line of its output passed the size limit',
  'session-too-big': 'its output passed the size limit',
  unreadable: 'its output could not be read',
  closed: 'it ended',
  timeout: 'the time was up',
  aborted: 'the run was stopped',
};
