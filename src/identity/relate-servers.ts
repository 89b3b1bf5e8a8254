import type { RelatedServer, Server } from '../model/server.ts';
import { compare } from './code-unit-order.ts';
import type { Findings } from './findings.ts';
import { relateByClaims } from './relate-by-claims.ts';
import { relateByName } from './relate-by-name.ts';
import { relateByRepository } from './relate-by-repository.ts';
import { relateBySuccession } from './relate-by-succession.ts';
import type { Relate } from './relation.ts';
import type { Members } from './to-server.ts';

/** Enough to look through; more is noise. */
const MOST = 10;

/**
 * Servers that one could be mistaken for, or comes from, without being it. Each step looks only at servers that have something in common, a repository,
 * a name, a text, so that the time grows with the number of servers and not with its square.
 *
 * @returns The related servers of a set, the surest first, and each once.
 */
export function relateServers(
  findings: Findings,
  servers: readonly (Members & { readonly server: Server })[],
): (set: number) => RelatedServer[] {
  const idOf = new Map(servers.map(({ set, server }) => [set, server.id]));
  const related = new Map<number, Map<string, RelatedServer>>();
  const note = (set: number, other: number, relation: RelatedServer['relation'], confidence: number, reason: string) => {
    const server = idOf.get(other);
    const known = related.get(set) ?? new Map<string, RelatedServer>();
    related.set(set, known);
    const before = server === undefined ? undefined : known.get(server);
    if (server !== undefined && !(before && before.confidence >= confidence)) known.set(server, { server, relation, confidence, reason });
  };
  const relate: Relate = ({ a, b, relation, confidence, reason }) => {
    if (a === b) return;
    note(a, b, relation, confidence, reason);
    note(b, a, relation === 'fork-of' ? 'forked-by' : relation, confidence, reason);
  };
  relateByClaims(findings, relate);
  relateByRepository(findings, relate);
  relateBySuccession(findings, relate);
  relateByName(servers, relate);
  return (set) => [...(related.get(set)?.values() ?? [])].sort(bySureness).slice(0, MOST);
}

function bySureness(a: RelatedServer, b: RelatedServer): number {
  return b.confidence - a.confidence || compare(a.server, b.server);
}
