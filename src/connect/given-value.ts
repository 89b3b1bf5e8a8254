import type { Input } from '../model/registry-entry.ts';

type Variables = Readonly<Record<string, Input>>;

/** A name in braces; JSON in a value has none. */
const PLACEHOLDER = /\{([\w.-]+)\}/g;
const MAX_LENGTH = 1_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a command line and an environment take no NUL, and a value needs none of the others.
const CONTROL = /[\0-\x1f\x7f]/;

/**
 * The value that a registry entry gives an input without asking anyone: the fixed one, its `{x}` filled from `variables`, or else the default.
 *
 * @returns undefined where only a user has it, and for everything secret.
 */
export function givenValue(input: Input & { readonly variables?: Variables | undefined }): string | undefined {
  if (input.isSecret) return undefined;
  const text = input.value === undefined ? input.default : fillTemplate(input.value, input.variables).text;
  return text !== undefined && text.length <= MAX_LENGTH && !CONTROL.test(text) ? text : undefined;
}

/**
 * @returns The text with every placeholder filled, or the names of those that nobody gives a value. An undeclared one is among them: as a rule it
 * stands for a secret.
 */
export function fillTemplate(template: string, variables: Variables = {}): { readonly text?: string; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const text = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(variables, name) ? givenValue(variables[name] ?? {}) : undefined;
    if (value === undefined) missing.add(name);
    return value ?? '';
  });
  return missing.size === 0 ? { text, missing: [] } : { missing: [...missing] };
}
