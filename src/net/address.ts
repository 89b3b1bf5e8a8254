import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Who can be behind an address: anybody on the internet, this machine, or something else inside: a private network, a reserved range. */
export type Reach = 'public' | 'loopback' | 'private';

/** Public by number, served by the hypervisor to the virtual machines of one cloud only: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16 */
const INTERNAL_BY_USE = new Set(['168.63.129.16']);
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** @param address - As a resolver or a parsed URL gives it, without brackets. What is no address is `private`. */
export function reachOf(address: string): Reach {
  if (isIP(address) === 0) return 'private';
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv4 ? reachOfIPv4(parsed) : reachOfIPv6(parsed as ipaddr.IPv6);
}

function reachOfIPv4(address: ipaddr.IPv4): Reach {
  const range = address.range();
  if (range === 'loopback') return 'loopback';
  return range === 'unicast' && !INTERNAL_BY_USE.has(address.toString()) ? 'public' : 'private';
}

/**
 * Where an IPv4 address is embedded that the system or a gateway takes out again, that one counts: IPv4-mapped by the system itself, the
 * well-known NAT64 prefix by the network's gateway, which is how an IPv6-only host reaches most of the internet. 6to4 and Teredo are refused
 * whatever they embed: both are out of use (RFC 7526, RFC 8190).
 */
function reachOfIPv6(address: ipaddr.IPv6): Reach {
  if (address.isIPv4MappedAddress()) return reachOfIPv4(address.toIPv4Address());
  if (address.match(NAT64)) return reachOfIPv4(lastFourBytes(address)) === 'public' ? 'public' : 'private';
  const range = address.range();
  if (range === 'loopback') return 'loopback';
  // "unicast" is also what the library says of unassigned space, ::a.b.c.d among it.
  return range === 'unicast' && address.match(GLOBAL_UNICAST) ? 'public' : 'private';
}

function lastFourBytes(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(-4));
}
