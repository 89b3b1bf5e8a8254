import { AccessPolicy, type ToolRule } from '../../model/access-policy.ts';
import { jsonPointer } from '../../model/json.ts';
import { placeholderOf } from '../narrow-arguments.ts';
import type { Problem } from './policy-format.ts';
import { problemsOf, readJson } from './problems.ts';

/** The policy of a file in the form `assay-policy/1`, or everything that is wrong with it. */
export function readAccessPolicy(text: string): { readonly policy: AccessPolicy } | { readonly problems: readonly Problem[] } {
  const read = readJson(text);
  if ('problems' in read) return read;
  const parsed = AccessPolicy.safeParse(read.value);
  if (!parsed.success) return { problems: problemsOf(parsed.error) };
  const problems = [...parsed.data.rules.flatMap(problemsOfRule), ...repeatedTools(parsed.data), ...unnamedPlaceholders(parsed.data)];
  return problems.length > 0 ? { problems } : { policy: parsed.data };
}

/** What the types alone do not say. */
function problemsOfRule({ decision, limits }: ToolRule, index: number): Problem[] {
  const at = jsonPointer(['rules', index, 'limits']);
  if (decision === 'limit' && limits.length === 0)
    return [{ at, message: 'A rule that limits has at least one limit. Add one, or allow the tool.' }];
  if (limits.length > 0 && decision !== 'limit' && decision !== 'approve')
    return [{ at, message: `A rule that says "${decision}" has no limits. Remove them, or say "limit".` }];
  return [];
}

function repeatedTools({ rules }: AccessPolicy): Problem[] {
  const seen = new Set<string>();
  return rules.flatMap(({ tool }, index) => {
    const isRepeated = seen.has(tool);
    seen.add(tool);
    return isRepeated ? [{ at: jsonPointer(['rules', index, 'tool']), message: 'This tool has a rule already. Keep one of the two.' }] : [];
  });
}

function unnamedPlaceholders({ rules, placeholders }: AccessPolicy): Problem[] {
  const named = new Set(placeholders.map(({ name }) => name));
  return rules.flatMap(({ require }, rule) =>
    require.flatMap((condition, place) =>
      placeholderOf(condition)
        .filter((name) => !named.has(name))
        .map((name) => ({
          at: jsonPointer(['rules', rule, 'require', place]),
          message: `The placeholder ${name} is not named under "placeholders". Add it there with its meaning.`,
        })),
    ),
  );
}
