import { load } from 'cheerio';
import { isJsonObject } from '../../src/model/json.ts';
import { parseLooseJson } from './loose-json.ts';
import { isRegistryName } from './manifests.ts';

const MAX_README = 512 * 1024;
const MAX_BLOCKS = 200;
const MAX_BLOCK = 32 * 1024;
const MAX_SERVERS = 50;

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
  const names = [...readme.slice(0, MAX_README).matchAll(/\bmcp-name:\s*([\w.-]+\/[\w.-]+)/gi)].map(([, name = '']) =>
    name.replace(/[.-]+$/, ''),
  );
  const [name, ...others] = new Set(names);
  return others.length === 0 && isRegistryName(name) ? name : undefined;
}

/** The servers in the README's configuration examples, in order. */
export function shownServers(readme: string): ShownServer[] {
  const servers: ShownServer[] = [];
  for (const block of codeBlocks(readme.slice(0, MAX_README))) {
    if (!/"(mcpServers|servers)"|"command"|"url"/.test(block)) continue;
    for (const server of serversOf(parseBlock(block))) if (servers.length < MAX_SERVERS) servers.push(server);
  }
  return servers;
}

/** Fenced in Markdown, and `<pre>` where a README is HTML or has some. */
function codeBlocks(readme: string): string[] {
  return [...fenced(readme), ...preformatted(readme)].slice(0, MAX_BLOCKS).filter((block) => block.length <= MAX_BLOCK);
}

function fenced(readme: string): string[] {
  const blocks: string[] = [];
  let open: { fence: string; lines: string[] } | undefined;
  for (const line of readme.split('\n')) {
    const fence = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
    if (open && fence?.startsWith(open.fence)) {
      blocks.push(open.lines.join('\n'));
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (fence) open = { fence, lines: [] };
  }
  return blocks;
}

function preformatted(readme: string): string[] {
  if (!/<pre[\s>]/i.test(readme)) return [];
  const page = load(readme);
  return page('pre')
    .toArray()
    .slice(0, MAX_BLOCKS)
    .map((element) => page(element).text());
}

/** Often only the middle of a document is shown: `"mcpServers": { … }`. */
function parseBlock(block: string): unknown {
  return parseLooseJson(block) ?? parseLooseJson(`{${block}}`);
}

function serversOf(document: unknown): ShownServer[] {
  if (!isJsonObject(document)) return [];
  const { mcp } = document;
  const servers = document['mcpServers'] ?? (isJsonObject(mcp) ? mcp['servers'] : undefined) ?? document['servers'];
  return isJsonObject(servers) ? Object.values(servers).flatMap(shownServer) : [];
}

function shownServer(value: unknown): ShownServer[] {
  if (!isJsonObject(value)) return [];
  const { command, args, env } = value;
  const url = value['url'] ?? value['serverUrl'];
  const type = value['type'] ?? value['transport'];
  return [
    {
      ...(typeof command === 'string' && { command }),
      args: Array.isArray(args) ? args.filter((arg) => typeof arg === 'string') : [],
      env: isJsonObject(env) ? Object.keys(env) : [],
      ...(typeof url === 'string' && { url }),
      ...(typeof type === 'string' && { type }),
    },
  ];
}
