import { FaultError } from '../src/model/fault.ts';
import type { Settings, SourceSettings } from '../src/model/settings.ts';
import type { Crawler } from './crawler.ts';
import { npmCrawler } from './npm.ts';
import { registryCrawler } from './official-registry.ts';
import { starter } from './starter.ts';

/** What crawlers need of this machine's setup beside their settings. */
export interface CrawlerAccess {
  /** The value of an environment variable that the settings name. */
  readonly secret: (variable: string) => string | undefined;
  /** The package registry that the npm client is configured for. @throws FaultError when npm cannot say. */
  readonly packageRegistry: () => Promise<{ readonly url: string; readonly authorization?: string }>;
}

/** The configured sources, in order of precedence. */
export function crawlersOf({ sources }: Settings, access: CrawlerAccess): Crawler[] {
  return sources.map((source) => ({ ...crawlerOf(source, access), origin: originOf(source) }));
}

function originOf(source: SourceSettings): string {
  return 'baseUrl' in source ? `${source.kind} ${source.baseUrl}` : source.kind;
}

function crawlerOf(source: SourceSettings, access: CrawlerAccess): Crawler {
  switch (source.kind) {
    case 'registry': {
      const { id, title = id, baseUrl, provesNames: proven, operatorFacts, tokenVariable } = source;
      const token = tokenVariable === undefined ? undefined : access.secret(tokenVariable);
      if (tokenVariable !== undefined && !token) return withoutKey({ id, title, homepage: baseUrl }, tokenVariable);
      return registryCrawler({
        id,
        title,
        homepage: baseUrl,
        baseUrl,
        proven,
        operatorFacts,
        ...(token && { authorization: `Bearer ${token}` }),
      });
    }
    case 'github':
      return githubSource(source, access);
    case 'npm':
      return npmSource(source, access);
    case 'starter':
      return starter;
  }
}

/** Asked without its key a source may show less, and what it hides would be taken for gone. */
function withoutKey(facts: Pick<Crawler, 'id' | 'title' | 'homepage'>, variable: string): Crawler {
  return {
    ...facts,
    incremental: false,
    // biome-ignore lint/correctness/useYield: it has nothing to yield
    async *crawl() {
      const message = `${facts.title} wants a token, and ${variable} is empty: set it, or leave tokenVariable out of the settings.`;
      throw new FaultError({ code: 'source-needs-key', subject: facts.id, message, retryable: false });
    },
  };
}

/** Its libraries take 30 MB, which a run that does not ask GitHub has no use for. */
function githubSource({ id, baseUrl, tokenVariable }: Extract<SourceSettings, { kind: 'github' }>, { secret }: CrawlerAccess): Crawler {
  const facts = { id, title: 'GitHub', homepage: 'https://github.com/topics/mcp-server' };
  const token = secret(tokenVariable);
  return {
    ...facts,
    incremental: true,
    async *crawl(context) {
      const { githubCrawler } = await import('./github.ts');
      yield* githubCrawler({ ...facts, baseUrl, tokenVariable, ...(token && { token }) }).crawl(context);
    },
  };
}

/** npm takes a while to say which registry it uses, so it is asked when the crawl begins. */
function npmSource({ id, downloadsUrl }: Extract<SourceSettings, { kind: 'npm' }>, { packageRegistry }: CrawlerAccess): Crawler {
  const facts = { id, title: 'npm', homepage: 'the registry that the npm client is configured for' };
  return {
    ...facts,
    incremental: false,
    async *crawl(context) {
      const { url, authorization } = await packageRegistry();
      yield* npmCrawler({
        ...facts,
        registryUrl: url,
        ...(authorization && { authorization }),
        ...(downloadsUrl && { downloadsUrl }),
      }).crawl(context);
    },
  };
}
