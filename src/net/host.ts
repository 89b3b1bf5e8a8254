import { isIP } from 'node:net';
import { type Reach, reachOf } from './address.ts';

/** The host as one key, without a port: a trailing dot names the same one. */
export function hostName(url: URL): string {
  return url.hostname.replace(/\.$/, '');
}

/**
 * What a host says of itself. Any name can be resolved to any address, so `undefined` is no permission: the guard looks again when connecting.
 *
 * @param hostname - As a parsed URL has it: numbers in any base are dotted decimals by then, IPv6 is in brackets.
 */
export function reachOfHost(hostname: string): Reach | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0) return reachOf(bare);
  return isLocalName(bare) ? 'loopback' : undefined;
}

/** RFC 6761: `localhost` and every name below it are this machine. */
export function isLocalName(hostname: string): boolean {
  return /(^|\.)localhost\.?$/i.test(hostname);
}

/** Which addresses besides public ones may be connected to. */
export interface ReachRules {
  /** This machine, by a loopback address or a `localhost` name. */
  readonly allowLoopback: boolean;
  /** Hosts that may be private. */
  readonly trustedHosts: readonly string[];
}

/** @param reach - Of the host itself, or of an address that it resolved to; `undefined` is a name that is still to be resolved. */
export function isBarred(reach: Reach | undefined, hostname: string, { allowLoopback, trustedHosts }: ReachRules): boolean {
  if (reach === 'loopback') return !allowLoopback;
  return reach === 'private' && !trustedHosts.includes(hostname.replace(/\.$/, '').toLowerCase());
}
