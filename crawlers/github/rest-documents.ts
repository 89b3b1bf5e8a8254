import { FaultError } from '../../src/model/fault.ts';
import { HttpError } from '../../src/net/http-error.ts';
import { API_VERSION, type GithubAccess, heldForS } from './github-api.ts';
import { LimitWaits } from './limit-waits.ts';
import { type RepositoryFacts, RepositoryItem } from './repository-facts.ts';

const JSON_TYPE = 'application/vnd.github+json';
const RAW_TYPE = 'application/vnd.github.raw+json';

/** A manifest or README above this is no use; GitHub's own viewer cuts at half of it. */
const MAX_FILE_BYTES = 1024 * 1024;

/** Private or gone; empty; gone for good; closed for legal reasons. */
const ABSENT = new Set([404, 409, 410, 451]);

/**
 * Single documents over REST, asked for with the validator of the last time: an answer that nothing changed costs nothing of the hourly limit.
 */
export class RestDocuments {
  readonly #access: GithubAccess;

  constructor(access: GithubAccess) {
    this.#access = access;
  }

  /** A repository by its number, which renames and transfers do not change. Nothing when it is gone, private or blocked. */
  repositoryById(id: string): Promise<RepositoryFacts | undefined> {
    return this.#facts(`/repositories/${id}`);
  }

  /** A repository by a name it has, or had: GitHub redirects from former names. */
  repositoryByName(fullName: string): Promise<RepositoryFacts | undefined> {
    return this.#facts(`/repos/${pathOf(fullName)}`);
  }

  file(fullName: string, path: string): Promise<string | undefined> {
    return this.#body(`/repos/${pathOf(fullName)}/contents/${pathOf(path)}`, RAW_TYPE);
  }

  /** Under whichever of its usual names. */
  readme(fullName: string): Promise<string | undefined> {
    return this.#body(`/repos/${pathOf(fullName)}/readme`, RAW_TYPE);
  }

  async #facts(path: string): Promise<RepositoryFacts | undefined> {
    const body = await this.#body(path, JSON_TYPE);
    if (body === undefined) return undefined;
    const read = RepositoryItem.safeParse(jsonOf(body));
    if (read.success) return read.data;
    throw new FaultError({
      code: 'bad-shape',
      subject: path,
      message: 'GitHub answered with something that is no repository.',
      retryable: true,
    });
  }

  /** What is there, or nothing when nothing is, or too much. @throws FaultError `rate-limited` when GitHub does not stop limiting it. */
  async #body(path: string, accept: string): Promise<string | undefined> {
    const { baseUrl, token, http, abort, pace } = this.#access;
    const headers = { accept, authorization: `Bearer ${token}`, 'x-github-api-version': API_VERSION };
    const waits = new LimitWaits(path, abort);
    for (;;) {
      await pace.turn('core');
      try {
        const answer = await http.get(baseUrl + path, { abort, headers, conditional: true, maxBytes: MAX_FILE_BYTES });
        pace.note('core', Object.fromEntries(answer.headers));
        return answer.body;
      } catch (error) {
        abort.throwIfAborted();
        if (!(error instanceof HttpError)) throw error;
        if (error.fault.code === 'too-big' || ABSENT.has(error.status ?? 0)) return undefined;
        if (error.fault.code !== 'rate-limited') throw error;
        await waits.wait(heldForS(error, waits.count));
      }
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function pathOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
