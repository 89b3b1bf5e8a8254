import type { Classification } from '../model/classification.ts';
import type { PolicyDocument, ToolPolicy } from '../model/policy.ts';
import { treatmentOf } from './template.ts';

type Judged = Pick<Classification, 'name' | 'category'>;

export interface StarterPolicy {
  readonly document: PolicyDocument;
  /** Tools whose very name is a wildcard or empty: no rule can mean only them, so they stay under `default: deny`. */
  readonly unnamed: readonly string[];
}

/**
 * The starter policy of a server, or of one tool: every tool gets the rule of its category, all else is denied.
 *
 * @param classifications - One per tool, in any order. Of two with one name the stricter treatment is kept.
 */
export function starterPolicy(classifications: readonly Judged[]): StarterPolicy {
  const hidden = new Set<string>();
  const shown = new Map<string, ToolPolicy>();
  const unnamed = new Set<string>();
  for (const { name, category } of strictestLast(classifications)) {
    if (/^[*\s]*$/u.test(name)) {
      unnamed.add(name);
      continue;
    }
    const treatment = treatmentOf(category, name);
    if (treatment.kind === 'show' && isPlainKey(name)) shown.set(name, treatment.body);
    else hidden.add(name);
  }
  for (const name of hidden) shown.delete(name);
  return { document: toDocument([...hidden].sort(), shown), unnamed: [...unnamed].sort() };
}

/**
 * Whether the name can be a rule's key that means this one tool and nothing else, in any engine. A name that cannot is hidden, whatever
 * its category: `*` may be a wildcard; control characters, line separators and direction marks may be read as something else by a parser
 * or a person; the three property names change meaning in engines that keep rules in plain objects.
 */
function isPlainKey(name: string): boolean {
  if (name.length > 256 || name.includes('*') || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) return false;
  return name !== '__proto__' && name !== 'constructor' && name !== 'prototype';
}

const STRICTNESS: readonly Classification['category'][] = ['Read', 'Write', 'Execute', 'Permissions', 'Financial', 'Destructive'];

function strictestLast(classifications: readonly Judged[]): Judged[] {
  return [...classifications].sort((a, b) => STRICTNESS.indexOf(a.category) - STRICTNESS.indexOf(b.category));
}

function toDocument(hide: string[], shown: ReadonlyMap<string, ToolPolicy>): PolicyDocument {
  const names = [...shown.keys()].sort();
  return {
    version: '1',
    default: 'deny',
    ...(hide.length > 0 && { hide }),
    // Defines own properties whatever the key: an assignment to a name such as __proto__ would be lost.
    ...(names.length > 0 && { tools: Object.fromEntries(names.map((name) => [name, shown.get(name) ?? {}])) }),
  };
}
