import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';
import { reachOf } from './address.ts';
import { isBarred, isLocalName, type ReachRules, reachOfHost } from './host.ts';
import { privateAddress } from './http-error.ts';
import type { Fetch } from './wire.ts';

interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface NetworkSettings {
  /** Permits 127.0.0.0/8 and ::1, and those only for their literals and `localhost` names; nothing else that is private. */
  readonly allowLoopback: boolean;
  /** Hosts whose addresses may be private: the operator's own, by name. Default: none. */
  readonly trustedHosts?: readonly string[];
  /** Asked once for each connection. Default: the system's resolver. */
  readonly resolve?: (hostname: string) => Promise<readonly ResolvedAddress[]>;
}

export interface Network {
  readonly fetch: Fetch;
  /** Ends what is under way, and the connections that are kept open. */
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 15_000;
/** All headers of an answer together. */
const MAX_HEADER_BYTES = 32 * 1024;

/**
 * The real network, which connects to public addresses only. The address is judged where the connection is made, and the connection is made to
 * the judged address, so a name that resolves to something else a moment later gains nothing. A name with one private address among public ones is
 * refused whole.
 *
 * It connects directly. HTTP_PROXY and HTTPS_PROXY are not obeyed: a proxy resolves names itself, and nothing here would see where they lead.
 */
export function openNetwork({ allowLoopback, trustedHosts = [], resolve = systemResolve }: NetworkSettings): Network {
  const rules = { allowLoopback, trustedHosts };
  const connectTo = buildConnector({
    lookup: guardedLookup(rules, resolve),
    autoSelectFamily: true,
    // HTTP/1.1 alone: one parser's limits on headers to trust, and connections that are counted by the queue.
    allowH2: false,
    timeout: CONNECT_TIMEOUT_MS,
  });
  const connect: buildConnector.connector = (options, callback) => {
    // A literal address is never looked up.
    if (isBarred(reachOfHost(options.hostname), options.hostname, rules)) callback(privateAddress(urlOf(options), options.hostname), null);
    else connectTo(options, callback);
  };
  // Time is limited over the whole answer by the caller, which these two would cut short.
  const agent = new Agent({ connect, maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 0, bodyTimeout: 0 });
  const guarded = (url: string, init: object) => fetch(url, { ...init, dispatcher: agent });
  // The package's Response is the same class in another copy than Node's global one.
  return { fetch: guarded as unknown as Fetch, close: () => agent.destroy() };
}

/** Resolves, and hands on what it has judged. */
function guardedLookup(rules: ReachRules, resolve: NonNullable<NetworkSettings['resolve']>): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        const refused = addresses.find(({ address }) => !mayConnect(hostname, address, rules));
        if (refused) callback(privateAddress(`https://${hostname}`, refused.address), '', 0);
        else if (!first) callback(Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' }), '', 0);
        else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

/** Loopback is for its literals and `localhost` names: a name that someone else chose does not lead there. */
function mayConnect(hostname: string, address: string, rules: ReachRules): boolean {
  const reach = reachOf(address);
  return !isBarred(reach, hostname, rules) && (reach !== 'loopback' || isLocalName(hostname));
}

function systemResolve(hostname: string): Promise<readonly ResolvedAddress[]> {
  return lookup(hostname, { all: true });
}

function urlOf({ protocol, hostname, port }: buildConnector.Options): string {
  return `${protocol}//${hostname.includes(':') ? `[${hostname}]` : hostname}${port ? `:${port}` : ''}/`;
}
