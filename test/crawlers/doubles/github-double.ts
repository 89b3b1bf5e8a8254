import { createHash } from 'node:crypto';
import { type GraphqlOptions, graphqlAnswer, idOfNode, nodeIdOf } from './github-graphql.ts';
import { GithubLimits } from './github-limits.ts';
import type { DoubleRepository } from './github-repositories.ts';
import { type DoubleFile, matchingFiles, matchingRepositories, queryRefusal } from './github-search-rules.ts';
import { QuirkPlan, type SourceDouble } from './source-double.ts';

export const GITHUB_URL = 'https://api.github.com';
export const TOKEN = 'ghp_thisIsNoRealTokenAndNobodysSecret0';

const MAX_RESULTS = 1_000;

interface SearchAnswer {
  readonly total_count: number;
  readonly incomplete_results: boolean;
  readonly items: readonly unknown[];
}

export interface GithubDoubleOptions extends GraphqlOptions {
  /** How far total counts are off: at most this share, another one for each page. */
  readonly drift?: number;
  /** Every so many-th search says that it found nothing. */
  readonly zeroEvery?: number;
  /** Every so many-th search runs out of time and has half of its results. */
  readonly incompleteEvery?: number;
  /** Every so many-th request meets the secondary limit. */
  readonly secondaryEvery?: number;
  /** The secondary limit does not say for how long: a minute. */
  readonly secondaryIsSilent?: boolean;
  /** An answer takes as long. */
  readonly latencyMs?: number;
  /** GraphQL queries for more nodes run out of time. */
  readonly maxNodes?: number;
  /** The n-th search answer, from 0, changed. */
  readonly edit?: (answer: SearchAnswer, n: number) => SearchAnswer;
  /** Called after the n-th search answer. */
  readonly afterSearch?: (n: number, double: GithubDouble) => void;
}

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
}

/** GitHub as far as finding servers needs it. Its clock is `Date.now()`. */
export class GithubDouble implements SourceDouble {
  readonly requests: { readonly url: string; readonly at: number }[] = [];
  readonly limits: GithubLimits;
  /** Repositories that were read by GraphQL. */
  readonly read = new Set<number>();
  readonly counts = { search: 0, code: 0, graphql: 0, rest: 0, notModified: 0 };
  readonly #options: GithubDoubleOptions;
  readonly #quirks = new QuirkPlan();
  readonly #byId: Map<number, DoubleRepository>;
  readonly #byName = new Map<string, number>();
  readonly #matches = new Map<string, DoubleRepository[]>();
  #files: DoubleFile[] | undefined;

  constructor(repositories: readonly DoubleRepository[], options: GithubDoubleOptions = {}) {
    this.#options = options;
    this.limits = new GithubLimits({ isSilent: options.secondaryIsSilent });
    this.#byId = new Map(repositories.map((repository) => [repository.id, repository]));
    for (const repository of repositories) this.#name(repository);
  }

  get violations(): readonly string[] {
    return this.limits.violations;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const asked: Asked = { method: request.method, url: new URL(request.url), headers: request.headers, body: await request.text() };
    init?.signal?.throwIfAborted();
    this.requests.push({ url: request.url, at: Date.now() });
    if (asked.url.origin !== GITHUB_URL) throw new TypeError(`nobody planned ${request.method} ${request.url}`);
    const resource = resourceOf(asked.url.pathname);
    const isList = resource === 'search' || resource === 'code_search';
    return this.limits.during(resource, async () => {
      const answer = () => this.#answer(resource, asked);
      const response = await (isList ? this.#quirks.answer(answer) : answer());
      const { latencyMs = 0 } = this.#options;
      if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
      return response;
    });
  };

  quirkOnListRequest(n: number, quirk: Parameters<SourceDouble['quirkOnListRequest']>[1]): void {
    this.#quirks.on(n, quirk);
  }

  /** How many results a search has. */
  countOf(query: string): number {
    return matchingRepositories(query, [...this.#byId.values()]).length;
  }

  countOfFiles(query: string): number {
    return matchingFiles(query, this.#allFiles()).length;
  }

  /** Adds a repository, or replaces the one with its id. */
  put(repository: DoubleRepository): void {
    this.#byId.set(repository.id, repository);
    this.#name(repository);
    this.#matches.clear();
    this.#files = undefined;
  }

  #name({ id, fullName, formerNames = [] }: DoubleRepository): void {
    for (const name of [fullName, ...formerNames]) this.#byName.set(name.toLowerCase(), id);
  }

  #answer(resource: string, asked: Asked): Response {
    this.#check(asked.headers);
    if (!/^(Bearer|token) /.test(asked.headers.get('authorization') ?? '') || !asked.headers.get('authorization')?.endsWith(TOKEN)) {
      return Response.json({ message: 'Bad credentials' }, { status: 401 });
    }
    const { secondaryEvery = 0 } = this.#options;
    const refusal = this.limits.refusal(resource);
    if (refusal) return resource === 'graphql' ? graphqlLimit(refusal) : refusal;
    if (secondaryEvery > 0 && this.requests.length % secondaryEvery === 0) return this.limits.secondary(60);
    const response = this.#served(resource, asked);
    if (response.status !== 304) this.limits.count(resource);
    for (const [name, value] of Object.entries(this.limits.headers(resource))) response.headers.set(name, value);
    response.headers.set('date', new Date().toUTCString());
    return response;
  }

  #check(headers: Headers): void {
    if (headers.get('x-github-api-version') !== '2022-11-28') this.limits.violations.push('no pinned API version');
    if (!headers.has('user-agent')) this.limits.violations.push('no User-Agent');
  }

  #served(resource: string, asked: Asked): Response {
    const refusal = queryRefusal(asked.url.searchParams.get('q') ?? '');
    if (refusal !== undefined) return invalidQuery(refusal);
    if (resource === 'search') return this.#search(asked.url);
    if (resource === 'code_search') return this.#searchCode(asked.url);
    return resource === 'graphql' ? this.#graphql(asked.body) : this.#rest(asked);
  }

  #search(url: URL): Response {
    const query = url.searchParams.get('q') ?? '';
    const n = this.counts.search++;
    const { zeroEvery = 0, incompleteEvery = 0, edit } = this.#options;
    const found = this.#sorted(query, url);
    const page = pageOf(found, url);
    if (!page) return pastTheEnd();
    const isZero = zeroEvery > 0 && n % zeroEvery === zeroEvery - 1;
    const isIncomplete = incompleteEvery > 0 && n % incompleteEvery === incompleteEvery - 1;
    const items = (isIncomplete ? page.slice(0, page.length / 2) : page).map(itemOf);
    const answer = { total_count: this.#drifted(found.length, query + url.search), incomplete_results: isIncomplete, items };
    const edited = edit?.(answer, n) ?? answer;
    const response = isZero
      ? Response.json({ ...edited, total_count: 0, items: [] })
      : Response.json(edited, { headers: linkHeader(found.length, url) });
    this.#options.afterSearch?.(n, this);
    return response;
  }

  /** Ties are in no order that means anything, but always the same. */
  #sorted(query: string, url: URL): DoubleRepository[] {
    const order = url.searchParams.get('order') === 'asc' ? 1 : -1;
    const key = `${query} ${url.searchParams.get('sort')} ${order}`;
    const known = this.#matches.get(key);
    if (known) return known;
    const found = matchingRepositories(query, [...this.#byId.values()]);
    const rankOf =
      url.searchParams.get('sort') === 'updated' ? ({ pushedAt }: DoubleRepository) => pushedAt : ({ stars }: DoubleRepository) => stars;
    found.sort((a, b) => order * (rankOf(a) - rankOf(b)) || (scrambled(a.id) < scrambled(b.id) ? -1 : 1));
    this.#matches.set(key, found);
    return found;
  }

  #drifted(count: number, seed: string): number {
    const { drift = 0 } = this.#options;
    const share = (Number.parseInt(hashOf(seed).slice(0, 6), 16) / 0xffffff) * 2 - 1;
    return Math.round(count * (1 + drift * share));
  }

  #searchCode(url: URL): Response {
    this.counts.code += 1;
    const found = matchingFiles(url.searchParams.get('q') ?? '', this.#allFiles());
    const page = pageOf(found, url);
    if (!page) return pastTheEnd();
    const items = page.map(({ repository, path }) => ({
      name: path.split('/').at(-1),
      path,
      repository: { id: repository.id, node_id: nodeIdOf(repository.id), full_name: repository.fullName },
    }));
    return Response.json({ total_count: found.length, incomplete_results: false, items }, { headers: linkHeader(found.length, url) });
  }

  #allFiles(): readonly DoubleFile[] {
    this.#files ??= [...this.#byId.values()].flatMap((repository) =>
      Object.entries(repository.files).map(([path, text]) => ({ repository, path, text })),
    );
    return this.#files;
  }

  #graphql(body: string): Response {
    this.counts.graphql += 1;
    const { query, variables }: { query: string; variables: Record<string, unknown> } = JSON.parse(body);
    const { maxNodes = 100 } = this.#options;
    const ids = (variables['ids'] ?? [variables['id']]) as string[];
    if (ids.length > maxNodes)
      return new Response('<html>502 Bad Gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } });
    for (const nodeId of ids) this.read.add(idOfNode(nodeId));
    return Response.json(graphqlAnswer(query, variables, (nodeId) => this.#byId.get(idOfNode(nodeId)), this.#options));
  }

  #rest({ url, headers }: Asked): Response {
    this.counts.rest += 1;
    const answer = this.#document(url, headers.get('accept') ?? '');
    const etag = `W/"${hashOf(`${answer.body} ${headers.get('authorization')}`)}"`;
    if (answer.status !== 200) return new Response(answer.body, { status: answer.status, headers: answer.headers });
    if (headers.get('if-none-match') === etag) {
      this.counts.notModified += 1;
      return new Response(null, { status: 304, headers: { etag } });
    }
    return new Response(answer.body, { headers: { ...answer.headers, etag } });
  }

  #document(url: URL, accept: string): { status: number; body: string; headers?: Record<string, string> } {
    const [, kind, ...parts] = decodeURIComponent(url.pathname).split('/');
    const asked = kind === 'repositories' ? Number(parts[0]) : this.#byName.get(parts.slice(0, 2).join('/').toLowerCase());
    const repository = asked === undefined ? undefined : this.#byId.get(asked);
    const rest = parts.slice(kind === 'repositories' ? 1 : 2);
    if (!repository) return json(404, { message: 'Not Found' });
    if (repository.gone) return json(repository.gone, { message: repository.gone === 451 ? 'Repository access blocked' : 'Not Found' });
    if (kind === 'repos' && parts.slice(0, 2).join('/').toLowerCase() !== repository.fullName.toLowerCase()) {
      const location = `${GITHUB_URL}/${['repositories', repository.id, ...rest].join('/')}${url.search}`;
      return { ...json(301, { message: 'Moved Permanently', url: location }), headers: { location } };
    }
    return documentOf(repository, rest, accept);
  }
}

function documentOf(repository: DoubleRepository, rest: readonly string[], accept: string) {
  const raw = (text: string | undefined) =>
    text === undefined || !accept.includes('raw')
      ? json(404, { message: 'Not Found' })
      : { status: 200, body: text, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
  const paths = Object.keys(repository.files);
  if (rest.length === 0) return json(200, itemOf(repository));
  if (rest[0] === 'contents') return raw(repository.files[rest.slice(1).join('/')]);
  if (rest[0] === 'readme') return raw(repository.files[paths.find((path) => /^readme(\.\w+)?$/i.test(path)) ?? '']);
  if (rest.join('/') === 'git/trees/HEAD') return json(200, { sha: hashOf(repository.fullName), tree: treeOf(paths), truncated: false });
  throw new TypeError(`nobody planned /${rest.join('/')}`);
}

function treeOf(paths: readonly string[]) {
  const folders = new Set(
    paths.flatMap((path) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, n, all) => all.slice(0, n + 1).join('/')),
    ),
  );
  return [...[...folders].map((path) => ({ path, type: 'tree' })), ...paths.map((path) => ({ path, type: 'blob' }))];
}

function json(status: number, value: unknown): { status: number; body: string; headers?: Record<string, string> } {
  return { status, body: JSON.stringify(value), headers: { 'content-type': 'application/json; charset=utf-8' } };
}

function itemOf(repository: DoubleRepository) {
  const { id, fullName, description, topics, stars, language, license } = repository;
  const time = (second: number) => new Date(second * 1_000).toISOString().replace('.000Z', 'Z');
  const [login = '', name = ''] = fullName.split('/');
  return {
    id,
    node_id: nodeIdOf(id),
    name,
    full_name: fullName,
    private: false,
    owner: { login, type: 'User' },
    html_url: `https://github.com/${fullName}`,
    description,
    fork: repository.fork !== undefined,
    url: `${GITHUB_URL}/repos/${fullName}`,
    created_at: time(repository.createdAt),
    updated_at: time(repository.pushedAt),
    pushed_at: time(repository.pushedAt),
    stargazers_count: stars,
    language,
    archived: repository.archived ?? false,
    disabled: false,
    license: license === null ? null : { key: license.toLowerCase(), spdx_id: license },
    topics,
    default_branch: 'main',
    score: 1,
  };
}

/** Nothing when it is past the results that GitHub gives. */
function pageOf<T>(found: readonly T[], url: URL): readonly T[] | undefined {
  const { page, size } = pagingOf(url);
  if ((page - 1) * size >= MAX_RESULTS) return undefined;
  return found.slice((page - 1) * size, Math.min(page * size, MAX_RESULTS));
}

function pagingOf(url: URL): { page: number; size: number } {
  return { page: Number(url.searchParams.get('page') ?? 1), size: Math.min(100, Number(url.searchParams.get('per_page') ?? 30)) };
}

function linkHeader(count: number, url: URL): Record<string, string> {
  const { page, size } = pagingOf(url);
  if (page * size >= Math.min(count, MAX_RESULTS)) return {};
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  return { link: `<${next.href}>; rel="next"` };
}

function pastTheEnd(): Response {
  return Response.json({ message: 'Only the first 1000 search results are available', status: '422' }, { status: 422 });
}

function invalidQuery(message: string): Response {
  const errors = [{ message, resource: 'Search', field: 'q', code: 'invalid' }];
  return Response.json({ message: 'Validation Failed', errors, status: '422' }, { status: 422 });
}

/** GraphQL says so with status 200. */
function graphqlLimit({ headers }: Response): Response {
  const errors = [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for user ID 1.' }];
  return Response.json({ errors }, { headers: Object.fromEntries([...headers].filter(([name]) => name.startsWith('x-ratelimit'))) });
}

function resourceOf(pathname: string): string {
  if (pathname === '/search/repositories') return 'search';
  if (pathname === '/search/code') return 'code_search';
  return pathname === '/graphql' ? 'graphql' : 'core';
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function scrambled(id: number): number {
  return Math.imul(id, 2_654_435_761) >>> 0;
}
