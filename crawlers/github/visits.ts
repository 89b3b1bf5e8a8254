import { type Fault, FaultError } from '../../src/model/fault.ts';
import type { Discovery, RegistryEntry } from '../../src/model/registry-entry.ts';
import { visibleText } from '../../src/model/visible-text.ts';
import { HttpError } from '../../src/net/http-error.ts';
import type { FoundFile } from './code-search.ts';
import { type EntryOrigin, readEntry } from './entry.ts';
import { formerUrls } from './former-urls.ts';
import { ApiError, type GithubApi } from './github-api.ts';
import type { KnownRepositories } from './known-repositories.ts';
import { mayHoldServers, readFolders } from './monorepo.ts';
import { RepositoryReader, type RepositoryReading, type RepositoryReference } from './read-repositories.ts';
import type { RepositoryDocuments } from './repository-documents.ts';
import { activityOf, type RepositoryFacts, revisionOf } from './repository-facts.ts';
import type { RestDocuments } from './rest-documents.ts';

/** Codes of faults that other repositories would have, too. */
const ABOUT_GITHUB = new Set(['unauthorized', 'unreachable', 'network-down', 'timeout', 'rate-limited']);

const README = /^readme(\.[a-z]+)?$/i;

interface VisitParts {
  /** The crawler's id. */
  readonly source: string;
  readonly api: GithubApi;
  readonly rest: RestDocuments;
  readonly known: KnownRepositories;
  readonly abort: AbortSignal;
}

/** A repository to read: its facts unless the code search found it, which does not tell them. */
interface Visit extends RepositoryReference {
  readonly facts?: RepositoryFacts;
}

/** How a repository was dealt with in this pass. */
type Visited = 'unchanged' | 'read' | 'read-with-folders';

/** Reads each repository of a pass once, if it changed since it was stored. */
export class Visits {
  readonly #parts: VisitParts;
  readonly #reader: RepositoryReader;
  readonly #visited = new Map<string, Visited>();
  /** Repositories with a manifest below their root. */
  readonly #withFolders: Set<string>;

  constructor(parts: VisitParts) {
    this.#parts = parts;
    this.#reader = new RepositoryReader(parts.api);
    this.#withFolders = new Set(parts.known.withFolders());
  }

  /** What a search of repositories found, or some of it again. */
  async *found(repositories: readonly RepositoryFacts[]): AsyncGenerator<Discovery> {
    const changed: Visit[] = [];
    for (const facts of repositories) {
      if (this.#visited.has(facts.id)) continue;
      const unchanged = this.#parts.known.hasRevision(facts.id, revisionOf(facts));
      this.#visited.set(facts.id, unchanged ? 'unchanged' : 'read');
      if (unchanged) yield* this.#kept(facts.id, facts);
      else changed.push({ ...facts, facts });
    }
    yield* this.#read(changed);
  }

  /** Manifests that the code search found. Of a repository that is stored, and that no other search found, {@link unfound} sees whether it changed. */
  async *foundFiles(files: readonly FoundFile[]): AsyncGenerator<Discovery> {
    const visits = new Map<string, Visit>();
    for (const { path, repository } of files) {
      const visited = this.#visited.get(repository.id);
      const below = path.includes('/');
      if (below) this.#withFolders.add(repository.id);
      if (visited ? visited === 'read' && below : !this.#parts.known.has(repository.id)) visits.set(repository.id, repository);
    }
    for (const id of visits.keys()) this.#visited.set(id, 'read');
    yield* this.#read([...visits.values()]);
  }

  /** What is stored and no search found: a topic may be gone, or the repository. */
  async *unfound(): AsyncGenerator<Discovery> {
    for (const id of this.#parts.known.ids()) {
      if (this.#visited.has(id)) continue;
      try {
        const facts = await this.#parts.rest.repositoryById(id);
        if (facts) yield* this.found([facts]);
        // What GraphQL does not see although REST does, is there all the same.
        if (facts && !this.#visited.has(id)) yield* this.#kept(id, facts);
      } catch (error) {
        yield* this.#notRead(id, this.#faultOfOne(error, id));
      }
    }
  }

  async *#read(visits: readonly Visit[]): AsyncGenerator<Discovery> {
    const byId = new Map(visits.map((visit) => [visit.id, visit]));
    for await (const reading of this.#reader.read(visits)) {
      const visit = byId.get(reading.id);
      if (visit) yield* this.#discoveries(visit, reading);
    }
  }

  async *#discoveries(visit: Visit, reading: RepositoryReading): AsyncGenerator<Discovery> {
    // GraphQL does not see everything that REST does: what is stored is looked for there, too.
    if (reading.kind === 'absent') this.#visited.delete(reading.id);
    if (reading.kind === 'unread') yield* this.#notRead(reading.id, reading.fault);
    if (reading.kind !== 'read') return;
    let discoveries: Discovery[];
    try {
      discoveries = await this.#entries(visit, reading.documents);
    } catch (error) {
      yield* this.#notRead(visit.id, this.#faultOfOne(error, visit.fullName));
      return;
    }
    yield* discoveries;
  }

  async #entries({ facts, fullName }: Visit, read: RepositoryDocuments): Promise<Discovery[]> {
    const { api, rest, source } = this.#parts;
    const documents = await completed(rest, read);
    const origin: EntryOrigin = { source, documents, revision: revisionOf(facts ?? documents.facts) };
    const isSearched = this.#withFolders.has(documents.facts.id) || mayHoldServers(documents);
    const below = isSearched ? await readFolders(api, documents) : { folders: [], faults: [] };
    if (isSearched) this.#visited.set(documents.facts.id, 'read-with-folders');
    const readings = [{ files: documents.files }, ...below.folders].map((folder) => readEntry(origin, folder));
    const entries = readings.flatMap(({ entry }) => entry ?? []);
    const former = entries.length > 0 ? await formerUrls(rest, documents.facts, documents.files, fullName) : [];
    return [
      ...[...below.faults, ...readings.flatMap(({ faults }) => faults)].map((fault): Discovery => ({ kind: 'fault', fault })),
      ...entries.map((entry): Discovery => ({ kind: 'entry', entry: withFormerUrls(entry, former) })),
    ];
  }

  /** @throws The error itself when it says something about GitHub and not about one repository, or when the pass was stopped. */
  #faultOfOne(error: unknown, subject: string): Fault {
    this.#parts.abort.throwIfAborted();
    if (error instanceof FaultError && ABOUT_GITHUB.has(error.fault.code)) throw error;
    const message = 'The repository could not be read; what is stored of it is kept.';
    return { code: 'repository-unreadable', subject, message, retryable: true, details: visibleText(wordsOf(error).slice(0, 500)) };
  }

  *#notRead(id: string, fault: Fault): Generator<Discovery> {
    yield { kind: 'fault', fault };
    yield* this.#kept(id);
  }

  *#kept(id: string, facts?: RepositoryFacts): Generator<Discovery> {
    for (const entryId of this.#parts.known.entriesOf(id)) {
      yield { kind: 'unchanged', id: entryId, ...(facts && { activity: activityOf(facts) }) };
    }
  }
}

function withFormerUrls(entry: RegistryEntry, former: string[]): RegistryEntry {
  if (former.length === 0 || !entry.repository) return entry;
  return { ...entry, repository: { ...entry.repository, formerUrls: former } };
}

/** Fetches what the reading in bulk leaves out: long files, and a README under another name. */
async function completed(rest: RestDocuments, documents: RepositoryDocuments): Promise<RepositoryDocuments> {
  const { facts, rootNames, cut } = documents;
  const files = new Map(documents.files);
  for (const name of cut) {
    const text = await rest.file(facts.fullName, name);
    if (text !== undefined) files.set(name, text);
  }
  if (!rootNames.includes('README.md') && rootNames.some((name) => README.test(name))) {
    const text = await rest.readme(facts.fullName);
    if (text !== undefined) files.set('README.md', text);
  }
  return { ...documents, files };
}

/** Also of what nobody thought of: whoever writes a file that our reader fails on is not to end the pass for everybody. */
function wordsOf(error: unknown): string {
  if (!(error instanceof FaultError)) return String(error);
  const status = error instanceof ApiError || error instanceof HttpError ? error.status : undefined;
  return status === undefined ? error.fault.message : `status ${status}: ${error.fault.message}`;
}
