import { isSettable } from '../asked.ts';
import { dummyLike } from '../dummies.ts';

/** How a README starts the server: arguments and variables, with dummies for what is to be filled in. */
export interface ConfigurationBlock {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const MAX_BLOCKS = 12;
const MAX_BLOCK_LENGTH = 8_000;
const MAX_ARGUMENTS = 24;
const MAX_VALUE_LENGTH = 200;

const FENCE = /^[ \t>]{0,12}(?:```|~~~)/;
const RUNNER = /(?:^|[\\/])(?:npx|bunx|pnpx|pnpm|yarn|bun|npm|cmd|node)(?:\.cmd|\.exe)?$/;
const NOT_OVER_STDIO = /^(?:--?(?:https?|sse|streamable[\w-]*|port|p|host|listen)(?:=.*)?|https?|sse|streamable-?http|mcp-remote)$/i;
const HTTP_VALUE = /^(?:--?[\w-]*transport[\w-]*=)(?:https?|sse|streamable[\w-]*)$/i;
/** What stands where a user's own value belongs. */
const PLACEHOLDER =
  /[<>{}$…]|\.\.\.|x{3,}|\*{3,}|\byour\b|your[_-]|[_-]here\b|path\/to|\breplace\b|\bexample\b|^$|^(?:api|my|the)[_-]|\b(?:token|secret|password|key)\b/i;
const VARIABLE_NAME = /^[A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,6}$/;
/** Shows fewer tools than the server has: an example of a README, never what it needs. */
const NARROWS = /read-?_?only|^(?:[A-Z0-9]+_){0,5}(?:INCLUDE|EXCLUDE|ALLOWED|ENABLED|DISABLED?)_(?:[A-Z0-9]+_){0,3}TOOLS?\w*$/i;
const CREDENTIAL = /(?:KEY|TOKEN|SECRET|PASSWORD|PASS|DSN|CREDENTIALS?)$/;

/**
 * The blocks of client configuration in a README that start this package over stdio, in their order, without those that are the same.
 *
 * @param names - What the package is called in a command: its name and its programs'.
 * @param vendor - As for {@link dummyFor}.
 */
export function configurationBlocks(readme: string, names: ReadonlySet<string>, vendor: string): ConfigurationBlock[] {
  const blocks = new Map<string, ConfigurationBlock>();
  for (const text of fencedTexts(readme)) {
    if (blocks.size >= MAX_BLOCKS) break;
    for (const entry of serversIn(text)) {
      const block = blockOf(entry, names, vendor);
      if (block) blocks.set(JSON.stringify(block), block);
    }
  }
  return [...blocks.values()];
}

/** What stands between fences. */
function fencedTexts(markdown: string): string[] {
  const texts: string[] = [];
  let lines: string[] | undefined;
  for (const line of markdown.split(/\r?\n/)) {
    if (!FENCE.test(line)) lines?.push(line);
    else if (lines === undefined) lines = [];
    else {
      texts.push(lines.join('\n'));
      lines = undefined;
    }
  }
  return texts;
}

interface ServerEntry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Objects with a command, wherever they stand: `mcpServers`, `servers`, `mcp.servers`, `context_servers`, or nothing around them. */
function serversIn(text: string): ServerEntry[] {
  if (text.length > MAX_BLOCK_LENGTH || !/["']?command["']?\s*:/.test(text)) return [];
  const parsed = parseLoosely(text) ?? parseLoosely(`{${text}}`);
  const found: ServerEntry[] = [];
  const open: unknown[] = [parsed];
  for (const value of open) {
    if (typeof value !== 'object' || value === null || open.length > 500) continue;
    const entry = entryOf(value as Record<string, unknown>);
    if (entry) found.push(entry);
    else open.push(...Object.values(value));
  }
  return found;
}

/** JSON as people write it: with comments, commas at the end and leaders for what was left out. */
function parseLoosely(text: string): unknown {
  const plain = text
    .replace(/^[ \t>]*\/\/[^\n]*$/gm, '')
    .replace(/[ \t]\/\/ [^\n"]*$/gm, '')
    .replace(/^[ \t]*(?:\.\.\.|…),?[ \t]*$/gm, '')
    .replace(/,(\s{0,200}[}\]])/g, '$1');
  try {
    return JSON.parse(plain);
  } catch {
    return undefined;
  }
}

function entryOf({ command, args, env, environment }: Record<string, unknown>): ServerEntry | undefined {
  const words = Array.isArray(command) ? command.filter(isString) : isString(command) ? [command] : [];
  const [program, ...own] = words;
  if (program === undefined) return undefined;
  const given = Array.isArray(args) ? args.filter(isString) : [];
  return { command: program, args: [...own, ...given], env: textsOf(env ?? environment) };
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, text]) =>
      isString(text) || typeof text === 'number' || typeof text === 'boolean' ? [[name, String(text)]] : [],
    ),
  );
}

function blockOf({ command, args, env }: ServerEntry, names: ReadonlySet<string>, vendor: string): ConfigurationBlock | undefined {
  const own = ownArguments(command, args, names);
  if (!own || own.length > MAX_ARGUMENTS || own.some((arg) => NOT_OVER_STDIO.test(arg) || HTTP_VALUE.test(arg))) return undefined;
  const settable = Object.entries(env).filter(([name]) => /^[A-Za-z_]\w{1,80}$/.test(name) && isSettable(name) && !NARROWS.test(name));
  if (settable.some(([name, value]) => /transport$/i.test(name) && !/stdio/i.test(value))) return undefined;
  const values = settable.map(([name, value]) => [
    name,
    CREDENTIAL.test(name) || isPlaceholder(value) ? dummyLike(value.slice(0, MAX_VALUE_LENGTH), name, vendor) : value,
  ]);
  return {
    args: own.filter((arg) => !NARROWS.test(arg)).map((arg, index) => filledArgument(arg, own[index - 1], vendor)),
    env: Object.fromEntries(values),
  };
}

/** What is for the server itself, behind the runner's own words and the package's name; nothing where another package is run. */
function ownArguments(command: string, args: readonly string[], names: ReadonlySet<string>): string[] | undefined {
  if (names.has(command)) return [...args];
  if (!RUNNER.test(command)) return undefined;
  const position = args.findLastIndex((arg) => names.has(nameOf(arg)) || [...names].some((name) => arg.includes(`node_modules/${name}/`)));
  if (position >= 0) return args.slice(position + 1);
  // From a checkout: `node build/index.js`.
  const script = args.findIndex((arg) => /\.[cm]?[jt]s$/.test(arg));
  return /node$/.test(command) && script >= 0 ? args.slice(script + 1) : undefined;
}

/** Without the version: `@scope/name@latest`. */
function nameOf(spec: string): string {
  const at = spec.indexOf('@', 1);
  return at < 0 ? spec : spec.slice(0, at);
}

function filledArgument(arg: string, before: string | undefined, vendor: string): string {
  const [, flag = '', value = arg] = /^(--?[\w-]+=)(.*)$/s.exec(arg) ?? [];
  if (arg.startsWith('-') && flag === '') return arg;
  if (!isPlaceholder(value)) return arg;
  const name = flag || (before?.startsWith('--') ? before : value);
  return flag + dummyLike(value.slice(0, MAX_VALUE_LENGTH), asVariable(name), vendor);
}

function asVariable(name: string): string {
  const words = name.slice(0, MAX_VALUE_LENGTH).replace(/[^A-Za-z0-9]+/g, '_');
  return words.replace(/^_|_$/g, '').toUpperCase();
}

function isPlaceholder(value: string): boolean {
  return value.length > MAX_VALUE_LENGTH || VARIABLE_NAME.test(value) || PLACEHOLDER.test(value);
}
