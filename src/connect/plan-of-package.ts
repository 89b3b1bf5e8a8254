import type { Package } from '../model/registry-entry.ts';
import { imageReference } from './image-reference.ts';
import { faultOfPypiSpec, normalizedName } from './install/pypi-spec.ts';
import type { McpbPlan, NpmPlan, OciPlan, PypiPlan } from './launch-plan.ts';
import { packageArguments, packageEnvironment } from './package-settings.ts';

export type StartablePlan = NpmPlan | PypiPlan | McpbPlan | OciPlan;

/** What the public registries and their mirrors are called; those of code hosts and companies are called otherwise. */
const PUBLIC_NPM = /^registry\.(?:npm|yarn)[a-z]*\.[a-z]+$/;
const PUBLIC_PYPI = /^(?:www\.)?pypi\.[a-z]+$/;
/** The engine's own default, under the names that entries give it. */
const DEFAULT_IMAGE_HOST = /^(?:(?:index|registry-1|registry\.hub|hub)\.)?docker\.(?:io|com)$/;
const MAX_VERSION_LENGTH = 128;

/** How a package is started, or nothing where it cannot be: one that serves over HTTP, of another registry, or with a name that is none. */
export function planOfPackage(offer: Package): StartablePlan | undefined {
  if (offer.transport !== undefined && offer.transport.type !== 'stdio') return undefined;
  switch (offer.registryType) {
    case 'npm':
      return isFrom(offer, PUBLIC_NPM) ? { kind: 'npm', name: offer.identifier, version: offer.version, ...settingsOf(offer) } : undefined;
    case 'pypi':
      return isFrom(offer, PUBLIC_PYPI) ? pypiPlan(offer) : undefined;
    case 'mcpb':
      return mcpbPlan(offer);
    case 'oci':
      return ociPlan(offer);
    default:
      return undefined;
  }
}

/** Under the name of a package of another registry, the one that installs come from may have a stranger's. */
function isFrom({ registryBaseUrl }: Package, known: RegExp): boolean {
  return registryBaseUrl === undefined || known.test(URL.parse(registryBaseUrl)?.hostname ?? '');
}

function pypiPlan(offer: Package): PypiPlan | undefined {
  const { identifier, version } = offer;
  const exact = version === undefined || version.toLowerCase() === 'latest' ? {} : { version };
  if (faultOfPypiSpec(identifier, exact.version)) return undefined;
  return { kind: 'pypi', name: normalizedName(identifier), ...exact, ...settingsOf(offer) };
}

/** Its identifier is where it is downloaded. */
function mcpbPlan(offer: Package): McpbPlan | undefined {
  const { identifier, fileSha256 } = offer;
  const url = URL.parse(identifier);
  if (url?.protocol !== 'https:' || url.username || url.password) return undefined;
  const sha256 = fileSha256?.trim().toLowerCase();
  // Half a hash is none that a file could have.
  if (sha256 !== undefined && !/^[\da-f]{64}$/.test(sha256)) return undefined;
  return { kind: 'mcpb', location: identifier, ...(sha256 && { sha256 }), ...settingsOf(offer) };
}

/** The engine's options of an entry (`runtimeArguments`) are nothing of the server's, and are never passed on. */
function ociPlan(offer: Package): OciPlan | undefined {
  const { registryBaseUrl, version } = offer;
  const named = offer.identifier.trim().replace(/^(?:docker|oci):\/\//i, '');
  const plain = imageReference(named);
  if (!plain) return undefined;
  const host = registryBaseUrl === undefined ? undefined : URL.parse(registryBaseUrl)?.host;
  const isElsewhere = host !== undefined && plain.host === undefined && !DEFAULT_IMAGE_HOST.test(host);
  const hasTag = plain.digest !== undefined || plain.text === named;
  const tag = !hasTag && version !== undefined && version.length <= MAX_VERSION_LENGTH ? `:${version}` : '';
  const image = imageReference(`${isElsewhere ? `${host}/` : ''}${named}${tag}`);
  return image && { kind: 'oci', image: image.text, ...settingsOf(offer) };
}

function settingsOf(offer: Package): { readonly args: string[]; readonly environment?: Record<string, string> } {
  const environment = packageEnvironment(offer);
  return { args: packageArguments(offer), ...(Object.keys(environment).length > 0 && { environment }) };
}
