import { type Findings, profileAt } from './findings.ts';
import type { Relate } from './relation.ts';

/** What an entry says of itself and nobody confirmed may still be true: it is shown beside the server it names. */
export function relateByClaims(findings: Findings, relate: Relate): void {
  for (const { by, of, key, reason } of findings.claims) {
    if (of === undefined) continue;
    const { entry } = profileAt(findings, by);
    const sets = { a: findings.sets.find(by), b: findings.sets.find(of) };
    relate({
      ...sets,
      relation: 'maybe-same',
      confidence: 0.5,
      reason: `${entry.source} lists ${key} for ${entry.id}, unconfirmed: ${reason}`,
    });
  }
}
