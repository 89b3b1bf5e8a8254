import { stripVTControlCharacters } from 'node:util';
import { isOwnVariable } from './package-settings.ts';

/** What is read of a server's output; it is as long as it likes, and the demand stands at the end. */
const MAX_LINES = 400;
const MAX_LINE_LENGTH = 1_000;
const MAX_NAMES = 24;

const NAME = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;
const EXPORTED = /\b(?:export|set)\s+\$?([A-Z][A-Z0-9_]*)=/g;

/** Families of variables that change how a program runs: of these a server's text may set not even what a registry entry may. */
const LOADERS = /^(?:PERL|RUBY|GIT)_/;
/** Error codes, placeholders, and knobs: a dummy breaks them more often than it helps. */
const NOT_ASKED =
  /^(?:ERR|E|EAI|UV|HTTP|DEP|SIG|YOUR|MY|MAX|MIN|ENABLE|DISABLE|SKIP|USE|ALLOW|LOG|OTEL|DO_NOT)_|_(?:ERROR|FOUND|REQUEST|EXCEPTION|FILE|ENABLED|DISABLED|TIMEOUT(?:_MS)?|RETRIES|RETRY|DEBUG|MODE|LEVEL|LIMIT|PORT|TTL|INTERVAL|FORMAT|TELEMETRY|VERBOSE)$|_(?:USE|ENABLE|DISABLE|SKIP|ALLOW|MAX|MIN|LOG|TIMEOUT|RATE_LIMIT)_|^DEBUG$/;

const OPTIONAL = /\boptional(?:ly)?\b|\bdefaults?\b|\bdisable\b|\bopt[ -]?out\b|\bdeprecated\b/i;
const REQUIRED = /\brequired\b|\bmust\b|\bmissing\b/i;
const USAGE = /^\s*usage\b/i;
const DEMANDED =
  /\brequired\b|\bmust\b|\bmissing\b|\bnot (?:set|found|provided|configured|defined)\b|\bplease\b|\bprovide\b|\bpass\b|\bneeds?\b|^\s*(?:fatal )?error\b/i;
const STACK_FRAME = /^\s+at /;
const ERROR_CODE = /\bcode['"]?\s*[:=]\s*['"]/;

/** The lines of a server's output that may ask for something, without colours and stack frames; those about optional things are left out. */
export function demandingLines(text: string): string[] {
  const lines: string[] = [];
  let isOptional = false;
  for (const line of plainLines(text)) {
    if (line.trim() === '' || REQUIRED.test(line)) isOptional = false;
    if (OPTIONAL.test(line) && !REQUIRED.test(line)) {
      // A heading covers what follows, a remark only itself.
      isOptional ||= line.trimEnd().endsWith(':');
    } else if (!isOptional && !STACK_FRAME.test(line) && !ERROR_CODE.test(line)) lines.push(line);
  }
  return lines;
}

function plainLines(text: string): string[] {
  return stripVTControlCharacters(text)
    .split(/\r?\n/)
    .slice(-MAX_LINES)
    .map((line) => line.slice(0, MAX_LINE_LENGTH));
}

/**
 * Names of environment variables that a server's output asks for, in the order it names them. Usage names far more than is needed, and a dummy for
 * what can be left out may break a server: where there is usage, the lines that demand come first, and the others only once those are met.
 *
 * @param env - What was set when the server wrote `text`.
 */
export function askedNames(text: string, env: Readonly<Record<string, string>> = {}): string[] {
  const lines = demandingLines(text);
  const demanded = newNames(withoutUsage(lines), env);
  return demanded.length > 0 ? demanded : newNames(lines, env);
}

/** Of lines with usage among them those that demand something; all where there is none. */
export function withoutUsage(lines: readonly string[]): readonly string[] {
  return lines.some((line) => USAGE.test(line)) ? lines.filter((line) => DEMANDED.test(line)) : lines;
}

function newNames(lines: readonly string[], env: Readonly<Record<string, string>>): string[] {
  const names = new Set(lines.flatMap(namesIn));
  return [...names].filter((name) => !Object.hasOwn(env, name)).slice(0, MAX_NAMES);
}

/** Names of environment variables in one line that a dummy may be given for. */
export function namesIn(line: string): string[] {
  const named = [...line.matchAll(NAME)].map(([name]) => name);
  const exported = [...line.matchAll(EXPORTED)].flatMap(([, name]) => name ?? []);
  return [...named, ...exported].filter(isAskable);
}

export function isAskable(name: string): boolean {
  return isSettable(name) && !NOT_ASKED.test(name);
}

/** Whether a stranger's text may set it at all. */
export function isSettable(name: string): boolean {
  return !isOwnVariable(name) && !LOADERS.test(name);
}
