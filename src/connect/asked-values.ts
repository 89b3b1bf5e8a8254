import { demandingLines, namesIn } from './asked.ts';
import { dummyWithPrefix } from './dummies.ts';

const URL_EXAMPLE = /(?:e\.\s?g\.|i\.\s?e\.|example|such as|like|format)[,:]?\s*["'`(]*(https?:\/\/[^\s"'`,)]{3,200})/i;
const PREFIX = /\b(?:start|begin)(?:s|ing)? with[:\s]+["'`]?([A-Za-z0-9_.:/-]{2,40})/i;
const WILDCARD_PREFIX = /\bexpected\b[^\n]{0,20}?["'`\s]([A-Za-z][A-Za-z0-9]{0,11}[_-])(?:\*|\.\.\.|…)/i;
const ACCEPTED =
  /\b(?:accepted|allowed|valid|supported|possible|one of)\b[^:\n]{0,40}(?::|\bare\b:?|\bof\b)\s*\[?["'`]?([A-Za-z][\w.-]{0,40})["'`]?\s*(?:,|\||\bor\b|\/)/i;

const QUOTED_CHOICE = /\bmust be(?: one of)?:?\s{1,3}["'`]([A-Za-z][\w.-]{0,40})["'`]\s{0,3}(?:,|\||\bor\b)/i;

/**
 * Better values for variables that were set and not accepted, as the server's own words describe them: an example address, a prefix, the
 * first of the accepted values.
 *
 * @param env - What was set when the server wrote `text`.
 * @returns Only what differs from `env`.
 */
export function askedValues(text: string, env: Readonly<Record<string, string>>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of demandingLines(text)) {
    const value = describedValue(line);
    if (value === undefined) continue;
    for (const name of meantNames(line, env)) if (env[name] !== value) values[name] = value;
  }
  return values;
}

function describedValue(line: string): string | undefined {
  const example = URL_EXAMPLE.exec(line)?.[1];
  if (example) return example.replace(/<[^>]{0,100}>|\{[^}]{0,100}\}|\byour-[\w-]{1,60}/g, 'abc12345').replace(/[.;:]+$/, '');
  const prefix = PREFIX.exec(line)?.[1] ?? WILDCARD_PREFIX.exec(line)?.[1];
  if (prefix) return dummyWithPrefix(prefix);
  return ACCEPTED.exec(line)?.[1] ?? QUOTED_CHOICE.exec(line)?.[1];
}

/** The names on the line; without any, the variables whose value it repeats; without any, those whose last word the line speaks of: `PAY_ENVIRONMENT` in "accepted environments". */
function meantNames(line: string, env: Readonly<Record<string, string>>): string[] {
  const known = Object.keys(env);
  const named = namesIn(line).filter((name) => known.includes(name));
  if (named.length > 0) return named;
  const repeated = known.filter((name) => (env[name] ?? '').length > 8 && line.includes(env[name] ?? ''));
  if (repeated.length > 0 && repeated.length < known.length) return onlyNear(line, repeated);
  const words = line.toLowerCase();
  return known.filter((name) => words.includes(name.slice(name.lastIndexOf('_') + 1).toLowerCase()));
}

/** Dummies are the same for many names: of several, those whose last word the line speaks of. */
function onlyNear(line: string, names: readonly string[]): string[] {
  const words = line.toLowerCase();
  const near = names.filter((name) => words.includes(name.slice(name.lastIndexOf('_') + 1).toLowerCase()));
  return near.length > 0 ? near : [...names];
}
