import { z } from 'zod';
import { type Handshake, readHandshake } from '../handshake.ts';
import type { EnumerationLimits } from '../limits.ts';
import { type Caller, CLIENT_INFO, readPages, type SessionResult } from '../session.ts';

/** The newest revision: no handshake, and every request says what the handshake would have. */
const REVISION = '2026-07-28';
const SERVER_INFO = 'io.modelcontextprotocol/serverInfo';

const UNSUPPORTED_REVISION = -32_022;
const METHOD_NOT_FOUND = -32_601;
/** Header mismatch, missing client capability, unsupported revision: errors that only servers of the newest revision know. */
const NEWEST_ERRORS: ReadonlySet<number> = new Set([-32_020, -32_021, UNSUPPORTED_REVISION]);

/** Whether the error that answered `initialize` comes from a server that speaks only the newest revision. */
export function knowsNoHandshake(error: { readonly code: number } | undefined): boolean {
  return error !== undefined && (NEWEST_ERRORS.has(error.code) || error.code === METHOD_NOT_FOUND);
}

const Discovered = z.object({
  instructions: z.unknown().optional(),
  _meta: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** As {@link listTools}, without a handshake. A server that does not know `server/discover` is asked for its tools all the same. */
export async function listToolsOfNewest(
  connection: Caller,
  subject: string,
  limits: EnumerationLimits,
  { name, version } = CLIENT_INFO,
): Promise<SessionResult> {
  const envelope = {
    'io.modelcontextprotocol/protocolVersion': REVISION,
    'io.modelcontextprotocol/clientInfo': { name, version },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const enveloped: Caller = {
    request: (method, params) => connection.request(method, { ...params, _meta: envelope }),
    notify: (method) => connection.notify(method),
  };
  const greeting = await enveloped.request('server/discover', {});
  const isUnknown = greeting.kind === 'error' && greeting.code === METHOD_NOT_FOUND;
  if (greeting.kind !== 'result' && !isUnknown) return { listed: false, failure: greeting };
  const handshake = greeting.kind === 'result' ? handshakeOf(greeting.result) : { protocolVersion: REVISION };
  return readPages(enveloped, handshake, subject, limits);
}

function handshakeOf(result: unknown): Handshake {
  const discovered = Discovered.safeParse(result);
  const { instructions, _meta: meta } = discovered.success ? discovered.data : {};
  return readHandshake({ protocolVersion: REVISION, serverInfo: meta?.[SERVER_INFO], instructions }) ?? {};
}
