import type { IdentityExplanation } from '../model/identity.ts';
import type { Entry } from './entry.ts';
import { type Claim, type Findings, profileAt } from './findings.ts';
import { type IdentityOptions, identifyEntries } from './identify-entries.ts';
import { type IdentifiedServer, serversOf } from './merge-entries.ts';

/**
 * Why the entries that make a server up are one, and what was left out.
 *
 * @param wanted - The server's id, or an alias.
 * @returns Nothing when no server is known by it. Former ids are in a store, which this does not read: they are left empty.
 */
export function explainIdentity(entries: readonly Entry[], wanted: string, options: IdentityOptions = {}): IdentityExplanation | undefined {
  const findings = identifyEntries(entries, options);
  const servers = serversOf(findings, options);
  const found = servers.find(({ server }) => server.id === wanted) ?? servers.find(({ server }) => server.aliases.includes(wanted));
  return found && explanationOf(findings, servers, found);
}

function explanationOf(
  findings: Findings,
  servers: readonly IdentifiedServer[],
  { set, server, profiles }: IdentifiedServer,
): IdentityExplanation {
  const idOf = new Map(servers.map((other) => [other.set, other.server.id]));
  const isMember = (index: number | undefined) => index !== undefined && findings.sets.find(index) === set;
  const claimText = ({ by, of, key, reason }: Claim) => {
    const claimed = of === undefined ? undefined : idOf.get(findings.sets.find(of));
    return { entry: reference(findings, by), key, ...(claimed !== undefined && { server: claimed }), reason };
  };
  const outsiders = findings.claims.filter(({ by, of }) => isMember(of) && !isMember(by));
  return {
    server: server.id,
    name: server.name,
    entries: profiles.map(({ entry, authority }) => ({
      ...{ source: entry.source, id: entry.id, name: entry.name, authority },
      ...(entry.version !== undefined && { version: entry.version }),
    })),
    joins: findings.joins
      .filter(({ a }) => isMember(a))
      .map(({ a, b, key, reason }) => ({ entries: [reference(findings, a), reference(findings, b)], key, reason })),
    unconfirmed: findings.claims.filter(({ by }) => isMember(by)).map(claimText),
    claimedByOthers: outsiders.map((claim) => ({ ...claimText(claim), server: idOf.get(findings.sets.find(claim.by)) })),
    related: server.related,
    aliases: server.aliases,
    formerIds: [],
  };
}

function reference(findings: Findings, index: number): { source: string; id: string } {
  const { source, id } = profileAt(findings, index).entry;
  return { source, id };
}
