import { createHash } from 'node:crypto';
import documents from '../../fixtures/crawlers/npm/package-documents.json' with { type: 'json' };
import results from '../../fixtures/crawlers/npm/search-results.json' with { type: 'json' };
import { QuirkPlan, type SourceDouble } from './source-double.ts';

/** Where the double answers. No real registry has this address. */
export const NPM_URL = 'https://npm.example';
export const DOWNLOADS_URL = 'https://downloads.npm.example/last-week';

/** One package of the double: its latest manifest, and what search knows of it. */
export interface DoublePackage {
  readonly manifest: Readonly<Record<string, unknown>> & { readonly name: string; readonly version: string };
  readonly weeklyDownloads: number;
  /** When anything about it changed. */
  readonly updated: string;
  /** When its version came out, if that is not the same. */
  readonly released?: string;
  /** What a person would say of it. */
  readonly isServer: boolean;
}

export interface NpmDoubleOptions {
  readonly packages?: readonly DoublePackage[];
  /** The most that one page holds, whatever is asked. Default 250, as the real one. */
  readonly maxSize?: number;
  /** The first package stands in every list a second time, at its end. */
  readonly repeatsFirst?: boolean;
  /** After every search the first package moves behind the last. */
  readonly rotates?: boolean;
  /** Every page is the first. */
  readonly ignoresFrom?: boolean;
  /** Packages whose search results hold no number of downloads. */
  readonly uncounted?: readonly string[];
  /** What a caller must send. */
  readonly authorization?: string;
}

export interface NpmDouble extends SourceDouble {
  /** Searches refused for coming too fast. */
  readonly throttled: number;
  /** From now on the package has another version, and with it another manifest. */
  publish(name: string, change: Readonly<Record<string, unknown>>, updated: string): void;
  /** Gone from the registry; search shows it still, or no more. */
  unpublish(name: string, search: 'shown' | 'not-shown'): void;
  /** Still there, but no search shows it. */
  hideFromSearch(name: string): void;
}

const MAX_SIZE = 250;
const MAX_FROM = 10_000;
/** What the edge in front of the real registry does to one address, as observed. */
const SEARCHES_IN_WINDOW = 10;
const WINDOW_MS = 10_000;
/** Means nothing, and is as large as the real one. */
const TOTAL = 412_022;

/** A package registry without a network: search ranks and does not filter, documents have validators, and the edge limits searches. */
export function npmDouble(options: NpmDoubleOptions = {}): NpmDouble {
  const state = new Registry(options);
  return {
    fetch: (input, init) => state.answer(new Request(input, init)),
    requests: state.requests,
    quirkOnListRequest: (n, quirk) => state.quirks.on(n, quirk),
    get throttled() {
      return state.throttled;
    },
    publish: (name, change, updated) => state.publish(name, change, updated),
    unpublish: (name, search) => {
      state.unpublished.add(name);
      if (search === 'not-shown') state.hidden.add(name);
    },
    hideFromSearch: (name) => state.hidden.add(name),
  };
}

class Registry {
  readonly requests: { url: string; at: number }[] = [];
  readonly quirks = new QuirkPlan();
  readonly unpublished = new Set<string>();
  readonly hidden = new Set<string>();
  throttled = 0;
  readonly #options: NpmDoubleOptions;
  readonly #packages: Map<string, DoublePackage>;
  #searchedAt: number[] = [];
  #searches = 0;

  constructor(options: NpmDoubleOptions) {
    this.#options = options;
    this.#packages = new Map((options.packages ?? PACKAGES).map((item) => [item.manifest.name, item]));
  }

  publish(name: string, change: Readonly<Record<string, unknown>>, updated: string): void {
    const old = this.#packages.get(name);
    if (!old) throw new Error(`${name} is not in the double`);
    const released = 'version' in change ? updated : (old.released ?? old.updated);
    this.#packages.set(name, { ...old, updated, released, manifest: { ...old.manifest, ...change } });
  }

  async answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    this.requests.push({ url: request.url, at: Date.now() });
    if (request.method !== 'GET') throw new Error(`nobody planned ${request.method} ${request.url}`);
    if (request.url.startsWith(`${DOWNLOADS_URL}/`)) return this.#downloads(request);
    if (url.origin !== NPM_URL) throw new Error(`nobody planned a request to ${request.url}`);
    if (this.#options.authorization && request.headers.get('authorization') !== this.#options.authorization) {
      return json({ error: 'unauthorized' }, 401);
    }
    if (url.pathname !== '/-/v1/search') return this.#document(request, url);
    return this.quirks.answer(() => this.#search(url.searchParams));
  }

  #search(query: URLSearchParams): Response {
    const { uncounted } = this.#options;
    const now = Date.now();
    this.#searchedAt = this.#searchedAt.filter((at) => at > now - WINDOW_MS);
    if (this.#searchedAt.length >= SEARCHES_IN_WINDOW) {
      this.throttled += 1;
      return new Response('<html>Too Many Requests</html>', { status: 429, headers: { 'content-type': 'text/html', 'retry-after': '0' } });
    }
    this.#searchedAt.push(now);
    const size = Math.min(Number(query.get('size') ?? 20), this.#options.maxSize ?? MAX_SIZE);
    const from = this.#options.ignoresFrom ? 0 : Number(query.get('from') ?? 0);
    if (from + size > MAX_FROM) return json({ error: 'from is too large' }, 400);
    return json({
      objects: this.#ranked(query.get('text') ?? '')
        .slice(from, from + size)
        .map((item) => toHit(item, !uncounted?.includes(item.manifest.name))),
      total: TOTAL,
      time: new Date(now).toISOString(),
    });
  }

  /** What matches and what is popular, mixed: the most popular package of all comes first, whether it matches or not. */
  #ranked(text: string): DoublePackage[] {
    const shown = [...this.#packages.values()].filter(({ manifest }) => !this.hidden.has(manifest.name));
    const matches = matcherOf(text);
    const ranked = shown.sort((a, b) => Number(matches(b)) - Number(matches(a)) || b.weeklyDownloads - a.weeklyDownloads);
    const [popular] = [...shown].sort((a, b) => b.weeklyDownloads - a.weeklyDownloads);
    const list = popular ? [popular, ...ranked.filter((item) => item !== popular)] : [];
    const turn = this.#options.rotates ? this.#searches++ % list.length : 0;
    const turned = [...list.slice(turn), ...list.slice(0, turn)];
    return this.#options.repeatsFirst ? [...turned, ...turned.slice(0, 1)] : turned;
  }

  /** `/{name}` and `/{name}/latest`; a scope's slash only as `%2F`, or it would be a version's. */
  #document(request: Request, { pathname }: URL): Response {
    const [, path = '', version, ...rest] = pathname.split('/');
    const name = decodeURIComponent(path);
    const found = this.#packages.get(name);
    if (rest.length > 0 || (version !== undefined && version !== 'latest')) throw new Error(`nobody planned ${pathname}`);
    if (!found || (this.unpublished.has(name) && version))
      return json(version && found ? 'version not found: latest' : { error: 'Not found' }, 404);
    if (this.unpublished.has(name)) return json({ name, time: { unpublished: { time: found.updated } } });
    const { manifest } = found;
    if (version) return validated(request, manifest);
    const isAbbreviated = request.headers.get('accept')?.includes('application/vnd.npm.install-v1+json') ?? false;
    const shown = isAbbreviated ? abbreviated(manifest) : manifest;
    return validated(request, { name, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: shown } });
  }

  #downloads(request: Request): Response {
    if (request.headers.has('authorization')) throw new Error('credentials went to another host');
    const name = decodeURIComponent(request.url.slice(DOWNLOADS_URL.length + 1));
    const found = this.#packages.get(name);
    return found ? json({ downloads: found.weeklyDownloads, package: name }) : json({ error: 'not found' }, 404);
  }
}

/** `keywords:a` or words, each somewhere in name, description or keywords. */
function matcherOf(text: string): (item: DoublePackage) => boolean {
  const keyword = /^keywords:(.+)$/.exec(text)?.[1];
  if (keyword) return ({ manifest }) => Array.isArray(manifest['keywords']) && manifest['keywords'].includes(keyword);
  const words = text.toLowerCase().split(/\s+/);
  return ({ manifest }) => {
    const described = [manifest.name, manifest['description'], manifest['keywords']].join(' ').toLowerCase();
    return words.every((word) => described.includes(word));
  };
}

function toHit({ manifest, weeklyDownloads, updated, released }: DoublePackage, isCounted: boolean): object {
  const { name, version } = manifest;
  return {
    package: {
      name,
      version,
      description: manifest['description'],
      keywords: manifest['keywords'] ?? undefined,
      date: released ?? updated,
      links: { repository: 'https://npm.example/not-read' },
      publisher: { username: 'publisher', email: 'publisher@example.com' },
    },
    ...(isCounted && { downloads: { weekly: weeklyDownloads, monthly: weeklyDownloads * 4 } }),
    updated,
    score: { final: 1, detail: { quality: 1, popularity: 1, maintenance: 1 } },
    searchScore: 1,
  };
}

function abbreviated({ name, version, ...manifest }: DoublePackage['manifest']): object {
  const { bin, dependencies, dist, engines, deprecated } = manifest as Record<string, unknown>;
  return { name, version, bin, dependencies, dist, engines, deprecated };
}

function validated(request: Request, body: unknown): Response {
  const etag = `W/"${createHash('md5').update(JSON.stringify(body)).digest('hex')}"`;
  const headers = { etag, 'cache-control': 'public, max-age=300', 'content-type': 'application/json' };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  return new Response(JSON.stringify(body), { headers });
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

const REPOSITORY_FORMS: readonly ((owner: string, name: string) => unknown)[] = [
  (owner, name) => ({ type: 'git', url: `git+https://github.com/${owner}/${name}.git` }),
  (owner, name) => ({ type: 'git', url: `git://github.com/${owner}/${name}.git` }),
  (owner, name) => `github:${owner}/${name}`,
  (owner, name) => ({ type: 'git', url: `git+ssh://git@github.com/${owner}/${name}.git` }),
  (owner, name) => `${owner}/${name}`,
  (owner, name) => ({ type: 'git', url: `git@github.com:${owner}/${name}.git` }),
  (owner, name) => ({ type: 'git', url: `https://github.com/${owner}/${name}`, directory: 'packages/server' }),
  (owner, name) => ({ url: `https://github.com/${owner}/${name}/tree/main/packages/server` }),
];

/** By turns: named in the official registry, made with the SDK, made with another framework, everything bundled. */
const SERVER_FORMS: readonly ((name: string) => Readonly<Record<string, unknown>>)[] = [
  (name) => ({ mcpName: `io.github.acme/${withoutScope(name)}`, bin: { [withoutScope(name)]: 'dist/index.js' } }),
  (name) => ({ bin: { [withoutScope(name)]: 'dist/index.js' }, dependencies: { '@modelcontextprotocol/sdk': '^1.30.0', zod: '^4.0.0' } }),
  () => ({ bin: 'dist/index.js', dependencies: { fastmcp: '^3.0.0' } }),
  (name) => ({ bin: { [withoutScope(name)]: 'dist/index.js' }, keywords: ['mcp', 'mcp-server'] }),
];

const withoutScope = (name: string) => name.replace(/^@[^/]+\//, '');

function composed({ package: found, downloads, updated }: (typeof results)[number], index: number): DoublePackage {
  const { name, version, description } = found;
  const repository = found.links && REPOSITORY_FORMS[index % REPOSITORY_FORMS.length]?.('acme', withoutScope(name));
  // A bundled server whose name does not say what it is could not be told from anything else.
  const form = SERVER_FORMS[name.includes('mcp') || index % 4 !== 3 ? index % SERVER_FORMS.length : 0];
  const keywords = found.keywords ?? null;
  const manifest = { name, version, description, keywords, repository, license: 'MIT', dist: distOf(name, version), ...form?.(name) };
  return { manifest, weeklyDownloads: downloads.weekly, updated, isServer: true };
}

function distOf(name: string, version: string): object {
  const integrity = `sha512-${createHash('sha512').update(`${name}@${version}`).digest('base64')}`;
  return { integrity, tarball: `${NPM_URL}/${name}/-/${withoutScope(name)}-${version}.tgz` };
}

/** Packages that search shows among the servers, and that are none. */
const OTHERS: readonly Readonly<Record<string, unknown> & { name: string }>[] = [
  {
    name: 'left-pad-like-utils',
    description: 'Pads texts on the left',
    keywords: ['utils'],
  },
  { name: 'acme-mcp-client', description: 'Command line MCP client', keywords: ['mcp'], bin: 'cli.js' },
  { name: '@acme/mcp-gateway', description: 'One address for many MCP servers', keywords: ['mcp-server'], bin: { gateway: 'cli.js' } },
  { name: 'create-acme-mcp-server', description: 'Scaffolds an MCP server', keywords: ['mcp-server'], bin: 'cli.js' },
  { name: '@acme/mcp-kit', description: 'A framework for building MCP servers', keywords: ['mcp', 'mcp-server'], bin: { kit: 'cli.js' } },
  { name: 'acme-mcp-schemas', description: 'Types for MCP servers', keywords: ['mcp-server'] },
  { name: 'acme-agent', description: 'Terminal agent with MCP support', keywords: ['mcp', 'agent'], bin: { 'acme-agent': 'cli.js' } },
];

function other(manifest: (typeof OTHERS)[number], index: number): DoublePackage {
  const dependencies = { '@modelcontextprotocol/sdk': '^1.30.0' };
  const version = `1.${index}.0`;
  const isKept = manifest.name === 'left-pad-like-utils';
  return {
    manifest: { version, dist: distOf(manifest.name, version), ...(!isKept && { dependencies }), ...manifest },
    weeklyDownloads: isKept ? 9_000_000 : 500 - index,
    updated: '2026-09-01T00:00:00.000Z',
    isServer: false,
  };
}

/** Of the six packages whose documents are real. */
const REAL_SERVERS = new Set([
  '@upstash/context7-mcp',
  '@modelcontextprotocol/server-filesystem',
  '@modelcontextprotocol/server-github',
  '@playwright/mcp',
]);

function real(document: (typeof documents)[number]): DoublePackage {
  const manifest = Object.values(document.versions)[0];
  const found = results.find(({ package: { name } }) => name === document.name);
  if (!manifest || !found) throw new Error(`the fixtures say nothing of ${document.name}`);
  return { manifest, weeklyDownloads: found.downloads.weekly, updated: found.updated, isServer: REAL_SERVERS.has(document.name) };
}

function firstOfEachName(packages: readonly DoublePackage[]): DoublePackage[] {
  return [...new Map([...packages].reverse().map((item) => [item.manifest.name, item])).values()].reverse();
}

/** Six real packages, 90 composed from real names, and seven that are no servers. */
export const PACKAGES: readonly DoublePackage[] = firstOfEachName([...documents.map(real), ...OTHERS.map(other), ...results.map(composed)]);

/** Packages that have nothing to do with MCP, all more popular than any server: what follows when a search has run out of matches. */
export function noise(count: number): DoublePackage[] {
  return Array.from({ length: count }, (_, index) => ({
    manifest: { name: `popular-package-${index}`, version: '1.0.0', description: 'Pads, trims and formats', keywords: ['utils'] },
    weeklyDownloads: 8_000_000 - index,
    updated: '2026-01-01T00:00:00.000Z',
    isServer: false,
  }));
}

/** Servers as search would show them all, for lists longer than a registry lets anyone read. */
export function crowd(count: number): DoublePackage[] {
  return Array.from({ length: count }, (_, index) => ({
    manifest: {
      name: `crowd-${index}-mcp-server`,
      version: '1.0.0',
      description: 'MCP server',
      keywords: ['mcp-server', 'mcp'],
      bin: 'x.js',
    },
    weeklyDownloads: count - index,
    updated: '2026-01-01T00:00:00.000Z',
    isServer: true,
  }));
}
