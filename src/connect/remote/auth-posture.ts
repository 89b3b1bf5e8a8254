import { extractWWWAuthenticateParams } from '@modelcontextprotocol/sdk/client/auth.js';
import { z } from 'zod';
import type { Auth } from '../../model/enumeration.ts';
import type { GetOptions, Http } from '../../net/http.ts';
import type { OwnTime } from './own-time.ts';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';
const MAX_CHALLENGE_LENGTH = 1_024;
const MAX_METADATA_BYTES = 64 * 1_024;
/** For all places together, of the remote's own time. */
const METADATA_MS = 10_000;
/** Of one place: most of them hold nothing. */
const METADATA_TRIES = 2;

const short = (maxItems: number) => z.array(z.string().max(2_000)).max(maxItems);

/** Protected-resource metadata (RFC 9728). Any object would do without the check, and an error document is one too. */
const ResourceMetadata = z
  .object({
    resource: z.string().optional(),
    authorization_servers: short(20).optional(),
    scopes_supported: short(200).optional(),
  })
  .refine(({ resource, authorization_servers: servers }) => resource !== undefined || servers !== undefined);
type ResourceMetadata = z.infer<typeof ResourceMetadata>;

export interface AuthContext extends Pick<GetOptions, 'abort' | 'reach' | 'tenant'> {
  readonly http: Pick<Http, 'get'>;
  readonly time: OwnTime;
}

/** What a refusal asks for, and where that is said. */
export interface Demand {
  /** Of the remote. */
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
}

/**
 * What a remote that lists nothing wants first. Reads what it publishes about its login, and goes no step further: nothing is registered, opened
 * or sent.
 *
 * @throws what `abort` was given.
 */
export async function demandedAuth({ url, status, headers }: Demand, context: AuthContext): Promise<Auth> {
  const challenge = headers.get('www-authenticate')?.slice(0, MAX_CHALLENGE_LENGTH);
  const seen = { status, ...(challenge !== undefined && { challenge }) };
  if (status === 403) return { posture: 'forbidden', ...seen };
  const { resourceMetadataUrl: named, scope } = wantedBy(challenge);
  const asked = scope === undefined ? undefined : scope.split(' ').filter(Boolean);
  const found = await findMetadata(url, named, context);
  if (found) return { posture: 'oauth', ...seen, ...saidIn(found.metadata, found.place, asked) };
  if (!named) return { posture: 'token', ...seen };
  return { posture: 'oauth', ...seen, resourceMetadataUrl: named.href, ...(asked && { scopes: asked }) };
}

async function findMetadata(remote: URL, named: URL | undefined, context: AuthContext) {
  const late = new AbortController();
  const forget = context.time.alarm(METADATA_MS, () => late.abort());
  const inTime = { ...context, abort: AbortSignal.any([context.abort, late.signal]) };
  try {
    for (const place of placesOf(remote, named)) {
      const metadata = await readMetadata(place, remote, inTime);
      context.abort.throwIfAborted();
      if (metadata) return { metadata, place };
    }
    return undefined;
  } finally {
    forget();
  }
}

function wantedBy(challenge: string | undefined): ReturnType<typeof extractWWWAuthenticateParams> {
  return extractWWWAuthenticateParams(new Response(null, { headers: challenge === undefined ? {} : { 'www-authenticate': challenge } }));
}

/** The address in the challenge, then the well-known ones: with the path of the remote, and without. */
function placesOf({ origin, pathname }: URL, named: URL | undefined): string[] {
  const path = pathname === '/' ? '' : pathname.replace(/\/$/, '');
  return [...new Set([...(named ? [named.href] : []), `${origin}${WELL_KNOWN}${path}`, `${origin}${WELL_KNOWN}`])];
}

function saidIn(metadata: ResourceMetadata, place: string, asked: readonly string[] | undefined): Partial<Auth> {
  const scopes = asked ?? metadata.scopes_supported;
  return {
    resourceMetadataUrl: place,
    ...(metadata.authorization_servers && { authorizationServers: metadata.authorization_servers }),
    ...(scopes && { scopes: [...scopes] }),
  };
}

/** Whatever is not there or not readable is no metadata: many hosts answer every address with a page. */
async function readMetadata(place: string, remote: URL, context: AuthContext): Promise<ResourceMetadata | undefined> {
  const { http, abort, tenant, reach } = context;
  try {
    // Named by the remote, so it may not lead where a redirect of the remote may not. Not getJson, which asks again for what is not JSON.
    const options = { abort, from: remote, timeoutMs: METADATA_MS, maxBytes: MAX_METADATA_BYTES, tries: METADATA_TRIES };
    const { body } = await http.get(place, { ...options, ...(tenant && { tenant }), ...(reach && { reach }) });
    const metadata = ResourceMetadata.parse(JSON.parse(body));
    return isAbout(metadata, place, remote) ? metadata : undefined;
  } catch {
    return undefined;
  }
}

/** A document elsewhere counts only when it says that it is about this remote. */
function isAbout({ resource }: ResourceMetadata, place: string, remote: URL): boolean {
  if (new URL(place).host === remote.host) return true;
  return resource !== undefined && URL.canParse(resource) && new URL(resource).host === remote.host;
}
