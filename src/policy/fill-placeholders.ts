import type { AccessPolicy, Condition, ToolRule } from '../model/access-policy.ts';
import { jsonPointer } from '../model/json.ts';
import type { Problem } from './formats/policy-format.ts';
import { placeholderOf } from './narrow-arguments.ts';

/**
 * The policy with its placeholders filled in, or what is wrong: one without a value, a value that does not fit, a name that the policy does not have.
 *
 * @param values - As people write them: lists separated by commas.
 */
export function fillPlaceholders(
  policy: AccessPolicy,
  values: ReadonlyMap<string, string>,
): { readonly policy: AccessPolicy } | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = unknownNames(policy, values);
  const rules = policy.rules.map((rule, index): ToolRule => {
    const require = rule.require.map((condition, place) => {
      const filled = filledCondition(condition, values);
      if (!('message' in filled)) return filled;
      problems.push({ at: jsonPointer(['rules', index, 'require', place]), message: filled.message });
      return condition;
    });
    return { ...rule, require };
  });
  return problems.length > 0 ? { problems } : { policy: { ...policy, rules, placeholders: [] } };
}

function unknownNames({ rules }: AccessPolicy, values: ReadonlyMap<string, string>): Problem[] {
  const names = new Set(rules.flatMap(({ require }) => require.flatMap(placeholderOf)));
  const known = names.size > 0 ? `It has ${[...names].sort().join(', ')}.` : 'It has none.';
  return [...values.keys()]
    .filter((name) => !names.has(name))
    .map((name) => ({ at: '/placeholders', message: `The policy has no placeholder ${JSON.stringify(name)}. ${known}` }));
}

function filledCondition(condition: Condition, values: ReadonlyMap<string, string>): Condition | { readonly message: string } {
  const [name] = placeholderOf(condition);
  if (name === undefined) return condition;
  const value = values.get(name);
  if (value === undefined) return { message: `${name} is not filled in. Add --set ${name}=${EXAMPLES[condition.op]}.` };
  return (
    withValue(condition, value) ?? {
      message: `${JSON.stringify(value)} does not fit ${name}. It is ${MEANINGS[condition.op]}, such as ${EXAMPLES[condition.op]}.`,
    }
  );
}

const EXAMPLES: Readonly<Record<Condition['op'], string>> = {
  'at-most': '100',
  'within-folder': '/home/me/project',
  'host-one-of': 'example.com,api.example.com',
  'text-one-of': 'me@example.com,you@example.com',
  'one-of': 'a,b',
  'not-one-of': 'a,b',
};

const MEANINGS: Readonly<Record<Condition['op'], string>> = {
  'at-most': 'a number from 0',
  'within-folder': 'a folder without .. in it',
  'host-one-of': 'hosts separated by commas, without https://',
  'text-one-of': 'texts separated by commas',
  'one-of': 'values separated by commas',
  'not-one-of': 'values separated by commas',
};

/** Nothing where the value does not fit. */
function withValue(condition: Condition, text: string): Condition | undefined {
  switch (condition.op) {
    case 'at-most':
      return /^\d{1,15}(?:\.\d{1,15})?$/.test(text.trim()) ? { ...condition, value: Number(text) } : undefined;
    case 'within-folder':
      return isFolder(text) ? { ...condition, value: text } : undefined;
    case 'host-one-of':
      return ofList(text, isHost, (values) => ({ ...condition, values }));
    case 'text-one-of':
      return ofList(
        text,
        () => true,
        (values) => ({ ...condition, values }),
      );
    default:
      return undefined;
  }
}

/** A folder that could not be compared as it is written would let nothing in, or too much. */
function isFolder(text: string): boolean {
  return text !== '' && !/[\\\0]/.test(text) && !text.split('/').includes('..');
}

/** Written as a URL has it, so that it can be equal to one: a name or address, and a port where it is not the usual one. */
function isHost(text: string): boolean {
  return URL.parse(`https://${text}/`)?.host === text.toLowerCase();
}

function ofList(text: string, fits: (value: string) => boolean, filled: (values: string[]) => Condition): Condition | undefined {
  const values = text.split(',').map((value) => value.trim());
  return values.every((value) => value !== '' && fits(value)) ? filled(values) : undefined;
}
