import type { Fault } from '../model/fault.ts';
import type { JsonObject } from '../model/json.ts';
import { boundedHandshake, Handshake } from './handshake.ts';
import type { EnumerationLimits } from './limits.ts';
import { type Listing, ListingBuilder } from './listing.ts';
import { memberText } from './member-text.ts';
import type { ConnectionEnd, Reply } from './replies.ts';

/** The newest version with a handshake. What the server answers instead is accepted and recorded. */
const PROTOCOL_VERSION = '2025-11-25';
/** Said truthfully: a server may turn a catalogue away. A test compares it with package.json. */
export const CLIENT_INFO = { name: 'mcp-assay', version: '0.1.0' };
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
export async function listTools(connection: Caller, subject: string, limits: EnumerationLimits): Promise<SessionResult> {
  const greeting = await connection.request('initialize', {
    protocolVersion: PROTOCOL_VERSION,
    capabilities: {},
    clientInfo: CLIENT_INFO,
  });
  if (greeting.kind !== 'result') return { listed: false, failure: greeting };
  const handshake = Handshake.safeParse(greeting.result);
  if (!handshake.success) return unusable('Its answer to initialize is not an object.');
  connection.notify('notifications/initialized');
  return readPages(connection, handshake.data, subject, limits);
}

/** All pages of `tools/list`, after the greeting. */
export async function readPages(
  connection: Caller,
  handshake: Handshake,
  subject: string,
  limits: EnumerationLimits,
): Promise<SessionResult> {
  const builder = new ListingBuilder(subject, limits);
  const bounded = boundedHandshake(handshake, subject);
  const listed = (fault?: Fault): SessionResult => ({
    listed: true,
    listing: { ...bounded.handshake, ...builder.listing, faults: [...bounded.faults, ...builder.listing.faults] },
    ...(fault && { fault }),
  });
  let params: { cursor?: string } = {};
  for (;;) {
    const reply = await connection.request('tools/list', params);
    const isFirst = builder.pageCount === 0;
    if (reply.kind !== 'result') return isFirst ? nothingListed(reply, listed) : listed(brokenOff(reply, subject));
    const outcome = builder.addPage(reply.result, memberText(reply.text, 'result'));
    if (outcome.next === 'done') return listed();
    if (outcome.next === 'stop')
      return isFirst && outcome.fault.code === 'bad-page' ? unusable(outcome.fault.message) : listed(outcome.fault);
    params = { cursor: outcome.cursor };
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
