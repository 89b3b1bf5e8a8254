import { FaultError } from '../src/model/fault.ts';
import type { Discovery } from '../src/model/registry-entry.ts';
import type { CrawlContext, Crawler } from './crawler.ts';
import { toEntry } from './npm/entry.ts';
import { judge } from './npm/judge.ts';
import type { Manifest } from './npm/manifest.ts';
import { type PackageRegistry, packageRegistry, type RegistryAccess } from './npm/registry.ts';
import { type SearchHit, searchCandidates } from './npm/search.ts';

export interface NpmCrawlerSettings extends RegistryAccess {
  readonly id: string;
  readonly title: string;
  readonly homepage: string;
}

/** Part of every revision: raised when this crawler reads or judges manifests otherwise, so that all are read again. */
const READER = 'r2';
/** So many packages in a row that cannot be asked for are no fault of theirs: the registry does not answer. */
const MAX_FAULTS_IN_ROW = 20;

/**
 * Packages of an npm registry that are MCP servers. The registry cannot list them: its search ranks and does not filter. So several searches are
 * read as far as they bring anything, every candidate is judged by its manifest, and packages that are known from before and that no search shows
 * are asked for by name. A normal end therefore means: what is stored was checked, package by package, and what search shows was seen. That there
 * are no further servers it does not mean; a search that the registry cuts off is a fault of its own.
 */
export function npmCrawler(settings: NpmCrawlerSettings): Crawler {
  const { id, title, homepage } = settings;
  return { id, title, homepage, incremental: false, crawl: (context) => crawl(settings, context) };
}

async function* crawl(settings: NpmCrawlerSettings, context: CrawlContext): AsyncGenerator<Discovery> {
  context.abort.throwIfAborted();
  const registry = packageRegistry(settings, context.http, context.abort);
  const known = await context.known();
  const read = manifestReader(settings.id, registry, known);
  const shown = new Set<string>();
  for await (const found of searchCandidates(registry)) {
    context.abort.throwIfAborted();
    if (found.kind === 'fault') {
      yield found;
      continue;
    }
    const { hit } = found;
    shown.add(hit.name);
    const activity = activityOf(hit.weeklyDownloads);
    if (known.get(hit.name) === revisionOf(hit)) yield { kind: 'unchanged', id: hit.name, ...activity };
    else yield* read(hit.name, hit);
  }
  for (const name of known.keys()) {
    context.abort.throwIfAborted();
    if (!shown.has(name)) yield* read(name);
  }
}

type Reader = (name: string, hit?: SearchHit) => AsyncGenerator<Discovery>;

/** Asks for one package after the other. What is not there, and what is no server, yields nothing: if it was known, it is gone. */
function manifestReader(source: string, registry: PackageRegistry, known: ReadonlyMap<string, string | undefined>): Reader {
  let faultsInRow = 0;
  return async function* read(name, hit) {
    try {
      const answer = await registry.latest(name);
      faultsInRow = 0;
      if (answer === 'not-there' || !judge(answer.manifest).isServer) return;
      const activity = activityOf(hit?.weeklyDownloads ?? (await registry.weeklyDownloads(name)));
      if (!hit && answer.notModified && wasReadBefore(known.get(name))) yield { kind: 'unchanged', id: name, ...activity };
      else
        yield { kind: 'entry', entry: { ...toEntry(source, answer.manifest), ...activity, revision: revisionOf(hit ?? answer.manifest) } };
    } catch (error) {
      if (!(error instanceof FaultError) || ++faultsInRow >= MAX_FAULTS_IN_ROW) throw error;
      yield { kind: 'fault', fault: { ...error.fault, subject: name } };
      // Not read is not gone.
      if (known.has(name)) yield { kind: 'unchanged', id: name };
    }
  };
}

function activityOf(weeklyDownloads: number | undefined) {
  return weeklyDownloads === undefined ? {} : { activity: { weeklyDownloads } };
}

/** Without a date where it was not search that showed the package: the next search that does has it read again. */
function revisionOf({ version, changedAt }: Pick<Manifest, 'version'> & Partial<Pick<SearchHit, 'changedAt'>>): string {
  return [READER, version.slice(0, 100), changedAt ?? ''].join(' ').trim();
}

function wasReadBefore(revision: string | undefined): boolean {
  return revision?.startsWith(`${READER} `) ?? false;
}
