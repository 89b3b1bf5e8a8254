import { isJsonObject } from '../../src/model/json.ts';
import { parseLooseJson } from './loose-json.ts';
import { isRegistryName } from './manifests.ts';
import { preformatted } from './preformatted.ts';

/** Of a README in which a name is looked for. */
const MAX_README = 512 * 1024;
/** Of it, what is searched for configurations. */
const MAX_SHOWN = 128 * 1024;
const MAX_BLOCKS = 200;
const MAX_BLOCK = 32 * 1024;
const MAX_SERVERS = 50;
/** Characters of a command, an argument, a variable's name or a URL. */
const MAX_WORD = 500;

/** One server of a client's configuration that a README shows. Everything in it is a stranger's word. */
export interface ShownServer {
  readonly command?: string;
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly url?: string;
  readonly type?: string;
}

/** The server's name as PyPI, NuGet and crates prove it: `mcp-name: ns/name` in the README. Nothing when it names several. */
export function mcpNameIn(readme: string): string | undefined {
  // Bounded here: what removes the marks at its end takes quadratic time.
  const found = readme.slice(0, MAX_README).matchAll(/\bmcp-name:\s{0,100}([\w.-]{1,200}\/[\w.-]{1,200})(?![\w.-])/gi);
  const names = [...found].map(([, name = '']) => name.replace(/[.-]+$/, ''));
  const [name, ...others] = new Set(names.filter(isRegistryName));
  return others.length === 0 ? name : undefined;
}

/** The servers in the README's configuration examples, in order. */
export function shownServers(readme: string): ShownServer[] {
  const servers: ShownServer[] = [];
  for (const block of codeBlocks(readme.slice(0, MAX_SHOWN))) {
    if (!/"(mcpServers|servers)"|"command"|"url"/.test(block)) continue;
    for (const server of serversOf(parseBlock(block))) if (servers.length < MAX_SERVERS) servers.push(server);
  }
  return servers;
}

/** Fenced in Markdown, and `<pre>` where a README is HTML or has some. */
function codeBlocks(readme: string): string[] {
  return [...fenced(readme), ...preformatted(readme, MAX_BLOCKS, MAX_BLOCK)]
    .slice(0, MAX_BLOCKS)
    .filter((block) => block.length <= MAX_BLOCK);
}

/** As https://spec.commonmark.org/0.31.2/#fenced-code-blocks has it, but indented as far as anybody likes: many are in lists. */
function fenced(readme: string): string[] {
  const blocks: string[] = [];
  let open: { fence: string; isQuoted: boolean; lines: string[] } | undefined;
  for (const line of readme.split('\n')) {
    const [, prefix = '', fence = '', info = ''] = /^([ \t>]*)(`{3,}|~{3,})(.*)/s.exec(line.trimEnd()) ?? [];
    if (open && fence.startsWith(open.fence) && info === '') {
      blocks.push(open.lines.join('\n'));
      open = undefined;
    } else if (open) open.lines.push(open.isQuoted ? line.replace(/^[ \t>]*/, '') : line);
    // A line of ```npm install``` is code within a line.
    else if (fence !== '' && !(fence.startsWith('`') && info.includes('`'))) open = { fence, isQuoted: prefix.includes('>'), lines: [] };
  }
  return blocks;
}

/** Often only the middle of a document is shown: `"mcpServers": { … }`. */
function parseBlock(block: string): unknown {
  return parseLooseJson(block) ?? parseLooseJson(`{${block}}`);
}

function serversOf(document: unknown): ShownServer[] {
  if (!isJsonObject(document)) return [];
  const { mcp } = document;
  const servers = document['mcpServers'] ?? (isJsonObject(mcp) ? mcp['servers'] : undefined) ?? document['servers'];
  if (isJsonObject(servers)) return Object.values(servers).flatMap(shownServer);
  // A server's part of a configuration, alone.
  return typeof document['command'] === 'string' ? shownServer(document) : [];
}

function shownServer(value: unknown): ShownServer[] {
  if (!isJsonObject(value)) return [];
  const { command, args, env } = value;
  const url = value['url'] ?? value['serverUrl'];
  const type = value['type'] ?? value['transport'];
  return [
    {
      ...(isWord(command) && { command }),
      args: Array.isArray(args) ? args.filter(isWord) : [],
      env: isJsonObject(env) ? Object.keys(env).filter(isWord) : [],
      ...(isWord(url) && { url }),
      ...(isWord(type) && { type }),
    },
  ];
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_WORD;
}
