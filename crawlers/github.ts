import { FaultError } from '../src/model/fault.ts';
import type { Discovery } from '../src/model/registry-entry.ts';
import type { CrawlContext, Crawler } from './crawler.ts';
import { type Axis, createdAxis, pushedAxis, SIZE, STARS } from './github/axis.ts';
import { codeSearch } from './github/code-search.ts';
import { type GithubAccess, openGithubApi } from './github/github-api.ts';
import { KnownRepositories } from './github/known-repositories.ts';
import { Pace } from './github/pace.ts';
import { CODE_QUERIES, REPOSITORY_QUERIES, searchText } from './github/queries.ts';
import { repositorySearch } from './github/repository-search.ts';
import { RestDocuments } from './github/rest-documents.ts';
import { type Slice, slicedSearch } from './github/sliced-search.ts';
import { Visits } from './github/visits.ts';

/** The search index follows a push after some minutes, and the watermark is the time of asking. */
const OVERLAP_MS = 60 * 60 * 1000;

export interface GithubSettings {
  readonly id: string;
  readonly title: string;
  readonly homepage: string;
  /** `https://api.github.com`, without a slash at the end. */
  readonly baseUrl: string;
  /** A personal or app token; needs no permission at all. */
  readonly token?: string;
  /** The environment variable that the token is to be in, for what people are told. Default `GITHUB_TOKEN`. */
  readonly tokenVariable?: string;
  /** What is searched for; the default finds what carries a topic, the name or a manifest of a server. */
  readonly queries?: { readonly repositories: readonly string[]; readonly code: readonly string[] };
}

const TOKEN_VARIABLE = 'GITHUB_TOKEN';
const DEFAULT_QUERIES = { repositories: REPOSITORY_QUERIES.map(searchText), code: CODE_QUERIES };

/**
 * Repositories that hold MCP servers, found by search and judged by their files. An entry's id is the repository's number, with `#folder` where the
 * server is not at the root. A whole pass asks for what is stored and was not found one by one, so that a lost topic does not make a server gone.
 */
export function githubCrawler(settings: GithubSettings): Crawler {
  const { id, title, homepage } = settings;
  return { id, title, homepage, incremental: true, crawl: (context) => crawl(settings, context) };
}

async function* crawl(settings: GithubSettings, context: CrawlContext): AsyncGenerator<Discovery> {
  const { http, abort, since } = context;
  const { baseUrl, token, tokenVariable = TOKEN_VARIABLE, queries = DEFAULT_QUERIES } = settings;
  abort.throwIfAborted();
  if (!token) throw missingToken(settings.id, tokenVariable);
  const startedAt = context.now();
  let hostDate: string | undefined;
  const access: GithubAccess = { baseUrl, token, tokenVariable, http, abort, pace: new Pace(abort) };
  const api = await openGithubApi(access);
  const search = repositorySearch(api, (date) => {
    hostDate ??= date;
  });
  const known = new KnownRepositories(await context.known());
  const visits = new Visits({ source: settings.id, api, rest: new RestDocuments(access), known, abort });
  const axes: [Axis, ...Axis[]] = [since === undefined ? createdAxis(startedAt) : pushedAxis(overlapping(since), startedAt), STARS];
  for (const query of queries.repositories) {
    yield* discoveries(slicedSearch(search, query, axes), (items) => visits.found(items), abort);
  }
  if (since === undefined) {
    for (const query of queries.code)
      yield* discoveries(slicedSearch(codeSearch(api), query, [SIZE]), (items) => visits.foundFiles(items), abort);
    yield* visits.unfound();
  }
  yield { kind: 'watermark', watermark: watermarkOf(hostDate, startedAt) };
}

async function* discoveries<T>(
  slices: AsyncIterable<Slice<T>>,
  visit: (items: readonly T[]) => AsyncIterable<Discovery>,
  abort: AbortSignal,
): AsyncGenerator<Discovery> {
  for await (const { items, faults } of slices) {
    for (const fault of faults) yield { kind: 'fault', fault };
    for await (const discovery of visit(items)) {
      yield discovery;
      abort.throwIfAborted();
    }
  }
}

function missingToken(id: string, variable: string): FaultError {
  const message = `GitHub answers 10 searches a minute without a token, which is too few: set ${variable} to a token (it needs no permission).`;
  return new FaultError({ code: 'source-needs-key', subject: id, message, retryable: false });
}

function overlapping(since: string): Date {
  return new Date(Date.parse(since) - OVERLAP_MS);
}

/** By the host's own clock where it tells, since it is compared with what the host writes. */
function watermarkOf(hostDate: string | undefined, startedAt: Date): string {
  const host = Date.parse(hostDate ?? '');
  return new Date(Number.isNaN(host) ? startedAt.getTime() : Math.min(host, startedAt.getTime())).toISOString();
}
