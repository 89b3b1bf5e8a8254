import type { Entry } from './entry.ts';
import { type Findings, nameKey } from './findings.ts';
import type { Relate } from './relation.ts';

/**
 * A server whose entry says in words that another takes its place: `renamed to com.acme/tools`, `use @acme/mcp instead`. The other is who is entitled to
 * the name or package, and nobody confirms it: the words are shown as what they are.
 */
export function relateBySuccession(findings: Findings, relate: Relate): void {
  for (const [index, { entry }] of findings.profiles.entries()) {
    const a = findings.sets.find(index);
    for (const name of successorsIn(entry)) {
      const owner = ownerOf(findings, name);
      const reason = `${entry.source} says of ${entry.id} that ${name} takes its place`;
      if (owner !== undefined) relate({ a, b: findings.sets.find(owner), relation: 'maybe-same', confidence: 0.6, reason });
    }
  }
}

const MAX_TEXT = 4_000;
const GIVEN_UP = /\b(deprecated|renamed|moved|migrated|replaced|superseded|instead)\b/i;

/** The name follows the word at once, but for what it is a name of. */
const SUCCESSOR =
  /\b(?:renamed to|moved to|migrated? to|switch(?:ed)? to|(?:replaced|superseded|succeeded) by|in favou?r of|use):? (?:(?:the|new|our|official|npm|pypi|package|server|name) ){0,4}["'`]?(@?[\w.-]+(?:\/[\w.-]+)?)/gi;

function successorsIn({ title = '', description = '', release, deprecated = '' }: Entry): string[] {
  const text = [title, description, release?.statusMessage ?? '', deprecated].map((part) => part.slice(0, MAX_TEXT)).join(' | ');
  if (deprecated === '' && !GIVEN_UP.test(text)) return [];
  const names = [...text.replace(/\s+/g, ' ').matchAll(SUCCESSOR)].map(([, name = '']) => name.replace(/[.-]+$/, ''));
  return [...new Set(names)].filter(isTelling).slice(0, 5);
}

/** A single word may be anything: `moved to docker`. */
function isTelling(name: string): boolean {
  return /\w[/-]\w/.test(name);
}

function ownerOf({ ownersOf, shared }: Findings, name: string): number | undefined {
  const keys = [nameKey(name.toLowerCase()), `npm:${name}`, `pypi:${name.toLowerCase().replace(/[-_.]+/g, '-')}`];
  const key = keys.find((candidate) => ownersOf.has(candidate) && !shared.has(candidate));
  return key === undefined ? undefined : ownersOf.get(key)?.[0];
}
