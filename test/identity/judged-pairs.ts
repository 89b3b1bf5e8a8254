import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { IdentityOptions } from '../../src/identity/identify-entries.ts';
import { mergeEntries } from '../../src/identity/merge-entries.ts';
import { RegistryEntry } from '../../src/model/registry-entry.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/identity');

/** Two entries of which a person said whether they are one server. */
const JudgedPair = z.object({
  same: z.boolean(),
  kind: z.string(),
  reason: z.string(),
  origin: z.array(z.string()),
  entries: z.tuple([RegistryEntry, RegistryEntry]),
});
export type JudgedPair = z.infer<typeof JudgedPair>;

/** Sources whose keepers review what they list, and the order of those that say most. */
export const OPTIONS = {
  authorities: {
    ...{ docker: 'curated', 'github-mcp': 'curated', toolhive: 'curated', 'toolhive-catalog': 'curated' },
    ...{ npm: 'package', github: 'code-host' },
  },
  precedence: ['official', 'npm', 'github', 'github-mcp', 'docker'],
} satisfies IdentityOptions;

export function judgedPairs(): JudgedPair[] {
  return z.array(JudgedPair).parse(JSON.parse(readFileSync(join(FIXTURES, 'pairs.json'), 'utf8')));
}

/** The entries of the pairs and everything around them: what a repository or a package holds besides shows only there. */
export function allEntries(pairs: readonly JudgedPair[]): RegistryEntry[] {
  const lines = gunzipSync(readFileSync(join(FIXTURES, 'context.jsonl.gz')))
    .toString()
    .trim()
    .split('\n');
  const context = lines.map((line) => RegistryEntry.parse(JSON.parse(line)));
  const byKey = new Map([...context, ...pairs.flatMap(({ entries }) => entries)].map((entry) => [keyOf(entry), entry]));
  return [...byKey.values()];
}

export interface Outcome {
  readonly precision: number;
  readonly recall: number;
  /** Judged to be two and merged, judged to be one and not. */
  readonly wrong: readonly JudgedPair[];
  readonly missed: readonly JudgedPair[];
}

/** What identity makes of the pairs when it sees all entries. */
export function outcomeOf(pairs: readonly JudgedPair[], entries: readonly RegistryEntry[], options: IdentityOptions = OPTIONS): Outcome {
  const servers = mergeEntries(entries, options);
  const serverOf = new Map(servers.flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id])));
  const areMerged = ({ entries: [a, b] }: JudgedPair) => serverOf.get(keyOf(a)) === serverOf.get(keyOf(b));
  const wrong = pairs.filter((pair) => !pair.same && areMerged(pair));
  const missed = pairs.filter((pair) => pair.same && !areMerged(pair));
  const found = pairs.filter((pair) => pair.same && areMerged(pair)).length;
  return { precision: found / (found + wrong.length), recall: found / (found + missed.length), wrong, missed };
}

function keyOf({ source, id }: RegistryEntry): string {
  return `${source}:${id}`;
}
