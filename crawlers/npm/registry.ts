import { z } from 'zod';
import { FaultError } from '../../src/model/fault.ts';
import type { GetOptions, Http } from '../../src/net/http.ts';
import { type Manifest, ManifestDocument } from './manifest.ts';

export interface RegistryAccess {
  /** As the npm client's `registry` setting has it. */
  readonly registryUrl: string;
  /** The whole value of the header of that name. */
  readonly authorization?: string;
  /** Answers `GET <downloadsUrl>/<package>` with `{downloads}`, of the last week; asked only for what search said no number of. */
  readonly downloadsUrl?: string;
}

/** What a registry answers about one package. */
type Answer = { readonly manifest: Manifest; readonly notModified: boolean } | 'not-there';

/** A package registry, seen through the three questions that a crawler asks it. */
export interface PackageRegistry {
  /** One page of results as they are; empty behind the last. */
  search(text: string, size: number, from: number): Promise<unknown[]>;
  /** The latest version. `not-there` also for what was unpublished. */
  latest(name: string): Promise<Answer>;
  /** As far as anyone says. */
  weeklyDownloads(name: string): Promise<number | undefined>;
}

const SearchPage = z.object({ objects: z.array(z.unknown()) });
const Downloads = z.object({ downloads: z.number().int().min(0) });
/** A manifest is a few kilobytes; the largest seen hold bundled documentation. */
const MAX_MANIFEST_BYTES = 2 ** 22;

export function packageRegistry(
  { registryUrl, authorization, downloadsUrl }: RegistryAccess,
  http: Http,
  abort: AbortSignal,
): PackageRegistry {
  const base = registryUrl.replace(/\/+$/, '');
  const options: GetOptions = { abort, headers: { accept: 'application/json', ...(authorization && { authorization }) } };
  return {
    async search(text, size, from) {
      const query = new URLSearchParams({ text, size: String(size), from: String(from) });
      return (await http.getJson(`${base}/-/v1/search?${query}`, SearchPage, options)).objects;
    },
    latest: (name) => latest(http, `${base}/${pathOf(name)}/latest`, name, { ...options, maxBytes: MAX_MANIFEST_BYTES }),
    weeklyDownloads: downloadsUrl ? downloadCounter(http, downloadsUrl.replace(/\/+$/, ''), abort) : async () => undefined,
  };
}

/** A number is an extra: once the host that gives them fails, it is left alone for the rest of the crawl. */
function downloadCounter(http: Http, url: string, abort: AbortSignal): PackageRegistry['weeklyDownloads'] {
  let hasFailed = false;
  return async (name) => {
    if (hasFailed) return undefined;
    try {
      // Without the registry's credentials: this is another host.
      return (await http.getJson(`${url}/${name}`, Downloads, { abort })).downloads;
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      hasFailed = !isNotThere(error);
      return undefined;
    }
  };
}

/** A scope's slash is part of the name, not of the path; some registries take the plain form for a version. */
function pathOf(name: string): string {
  return name.replace('/', '%2F');
}

async function latest(http: Http, url: string, name: string, options: GetOptions): Promise<Answer> {
  try {
    const { body, notModified } = await http.get(url, { ...options, conditional: true });
    const manifest = readManifest(body) ?? (await http.getJson(url, ManifestDocument, options));
    return manifest.name === name ? { manifest, notModified } : Promise.reject(otherPackage(name, manifest.name));
  } catch (error) {
    if (isNotThere(error)) return 'not-there';
    throw error;
  }
}

/** A body that is no manifest is asked for once more, by the client's own rules for broken JSON; it may be what was stored of an earlier answer. */
function readManifest(body: string): Manifest | undefined {
  try {
    return ManifestDocument.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function isNotThere(error: unknown): boolean {
  return error instanceof FaultError && 'status' in error && (error.status === 404 || error.status === 410 || error.status === 451);
}

function otherPackage(name: string, answered: string): FaultError {
  const message = `The registry answered with the package ${answered}. It was left out.`;
  return new FaultError({ code: 'entry-unreadable', subject: name, message, retryable: true });
}
