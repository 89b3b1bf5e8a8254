import type { Argument, Package } from '../model/registry-entry.ts';
import { givenValue } from './given-value.ts';

const MAX_ARGUMENTS = 50;
const MAX_VARIABLES = 50;
/** Arguments written for one of these name its own script: `bun run start:stdio`. The program that a package installs knows nothing of it. */
const SCRIPT_RUNNERS = new Set(['bun', 'deno', 'pnpm', 'yarn']);
const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** What the sandbox sets itself. */
const OF_THE_SANDBOX = 'PATH|HOME|TE?MP|TMPDIR|LANG|LANGUAGE|BROWSER|SHELL|USER|LOGNAME|PWD|XDG_.*|LC_.*';
/** What changes how a program is loaded, what it runs first, whom it trusts and over whom it connects. */
const OF_THE_PROGRAM = [
  'LD_.*|DYLD_.*|GLIBC_.*|MALLOC_.*|GCONV_PATH|LOCPATH|NLSPATH|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN',
  'ENV|BASH_.*|SHELLOPTS|BASHOPTS|PS4|IFS|EDITOR|VISUAL|PAGER',
  'NODE_.*|NPM_.*|YARN_.*|PNPM_.*|BUN_.*|DENO_.*|PYTHON.*|PERL5?(?:LIB|OPT|DB)|RUBY(?:LIB|OPT)|(?:_|JDK_)?JAVA_.*|CLASSPATH',
  'OPENSSL_.*|SSL_.*|SSLKEYLOGFILE|(?:REQUESTS|CURL)_CA_BUNDLE|(?:HTTPS?|ALL|NO|FTP|WSS?)_PROXY',
  'GIT_(?:SSH.*|CONFIG.*|EXEC_PATH|ASKPASS|EDITOR|PAGER|PROXY_COMMAND|EXTERNAL_DIFF|TEMPLATE_DIR)',
].join('|');
const OWN_VARIABLE = new RegExp(`^(?:${OF_THE_SANDBOX}|${OF_THE_PROGRAM})$`, 'i');

/** Neither is the business of an entry, a README or a server's output. */
export function isOwnVariable(name: string): boolean {
  return OWN_VARIABLE.test(name);
}

/**
 * The arguments that a package's registry entry gives its server, in the order given. What it asks a user for is left out: the server says itself
 * what it cannot do without.
 */
export function packageArguments({ packageArguments: args = [], runtimeHint = '' }: Package): string[] {
  if (SCRIPT_RUNNERS.has(runtimeHint.toLowerCase())) return [];
  const given: string[] = [];
  let isInPlace = true;
  for (const argument of args.slice(0, MAX_ARGUMENTS)) {
    if (isNamed(argument)) {
      given.push(...namedArgument(argument));
      continue;
    }
    const value = givenValue(argument);
    // Behind one that is left out, a positional argument would stand in its place.
    isInPlace &&= value !== undefined;
    if (isInPlace && value !== undefined) given.push(value);
  }
  return given;
}

/** The environment variables whose value it gives, secrets never. */
export function packageEnvironment({ environmentVariables = [] }: Package): Record<string, string> {
  const given: Record<string, string> = {};
  for (const variable of environmentVariables.slice(0, MAX_VARIABLES)) {
    const value = VARIABLE_NAME.test(variable.name) && !isOwnVariable(variable.name) ? givenValue(variable) : undefined;
    if (value !== undefined) given[variable.name] = value;
  }
  return given;
}

/** An empty type occurs: a name tells what is meant. */
function isNamed({ type, name }: Argument): boolean {
  return type === 'named' || (type !== 'positional' && name !== undefined);
}

function namedArgument(argument: Argument): string[] {
  const flag = flagOf(argument.name ?? '');
  if (!flag) return [];
  const value = givenValue(argument);
  if (argument.format === 'boolean') return value?.toLowerCase() === 'true' ? [flag] : [];
  if (value === undefined) return argument.isRequired && isSwitch(argument) ? [flag] : [];
  return flag.endsWith('=') ? [flag + value] : [flag, value];
}

/** One in four is written without its dashes (50 of 179 in a dump of the official registry). */
function flagOf(name: string): string | undefined {
  if (!/^-{0,2}[A-Za-z0-9][\w.:-]*=?$/.test(name)) return undefined;
  if (name.startsWith('-')) return name;
  return name.length === 1 ? `-${name}` : `--${name}`;
}

/** Nothing about it speaks of a value, so it takes none. */
function isSwitch({ format, choices, placeholder, valueHint, isSecret, value, default: usual }: Argument): boolean {
  return [format, choices, placeholder, valueHint, value, usual].every((said) => said === undefined) && !isSecret;
}
