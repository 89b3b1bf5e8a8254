import { basename, resolve } from 'node:path';
import { imageReference } from '../connect/image-reference.ts';
import { faultOfPypiSpec, normalizedName, wheelOf } from '../connect/install/pypi-spec.ts';
import type { LaunchPlan, McpbPlan, OciPlan, PypiPlan } from '../connect/launch-plan.ts';
import { REFUSED_KINDS } from '../connect/refused-kinds.ts';
import { usageError } from './errors.ts';

/** All that can be scanned, for people. */
export const TARGETS =
  'npm:name[@version], pypi:name[@version], oci:image[:tag], mcpb:URL, a file.mcpb, a file.whl, ./folder to read its source, https://host/path, or -- command args…';

export const FORMS = `Use ${TARGETS}`;

const SCHEME = /^(pypi|oci|mcpb|nuget|cargo):(.*)$/is;
const BUNDLE_FILE = /\.(?:mcpb|dxt)$/i;
const WHEEL_FILE = /\.whl$/i;

/** Whether it reads like a package that is no npm package, or like a file of one. */
export function isPackageTarget(target: string): boolean {
  return SCHEME.test(target) || BUNDLE_FILE.test(target) || WHEEL_FILE.test(target);
}

/**
 * Reads `pypi:name[@version]`, `oci:image`, `mcpb:URL`, and the path of a bundle or a wheel.
 *
 * @returns Nothing for any other form.
 * @throws CliError for what is of the form, and wrong or never run.
 */
export function packagePlan(target: string): LaunchPlan | undefined {
  const [, scheme = '', rest = ''] = SCHEME.exec(target) ?? [];
  const kind = scheme.toLowerCase();
  const reason = Object.hasOwn(REFUSED_KINDS, kind) ? REFUSED_KINDS[kind] : undefined;
  if (reason !== undefined) throw usageError(`${JSON.stringify(target)} cannot be scanned: ${reason}`);
  if (kind === 'pypi') return pypiPlan(rest, target);
  if (kind === 'oci') return ociPlan(rest, target);
  if (kind === 'mcpb') return mcpbPlan(rest, target);
  if (BUNDLE_FILE.test(target)) return mcpbPlan(target, target);
  return WHEEL_FILE.test(target) ? wheelPlan(target) : undefined;
}

function pypiPlan(rest: string, target: string): PypiPlan {
  const [, name = '', version] = /^([^@=]+)(?:@|==)?(.+)?$/s.exec(rest) ?? [];
  const fault = faultOfPypiSpec(name, version);
  if (fault) throw usageError(`${JSON.stringify(target)} is not a Python package. ${fault.message} ${FORMS}`);
  return { kind: 'pypi', name: normalizedName(name), ...(version !== undefined && { version }), args: [] };
}

function ociPlan(image: string, target: string): OciPlan {
  if (!imageReference(image)) throw usageError(`${JSON.stringify(target)} is not an image, such as oci:ghcr.io/owner/name:1.2.3. ${FORMS}`);
  return { kind: 'oci', image, args: [] };
}

function mcpbPlan(location: string, target: string): McpbPlan {
  const isUrl = /^[a-z][a-z\d+.-]*:\/\//i.test(location);
  const url = isUrl ? URL.parse(location) : undefined;
  if (location === '' || url === null || (url && !/^https?:$/.test(url.protocol)) || url?.username || url?.password) {
    throw usageError(`${JSON.stringify(target)} is neither a bundle's file nor its URL. ${FORMS}`);
  }
  return { kind: 'mcpb', location: isUrl ? location : resolve(location), args: [] };
}

function wheelPlan(file: string): PypiPlan {
  const wheel = wheelOf(basename(file));
  if (!wheel) throw usageError(`${JSON.stringify(file)} is not named as a wheel is, such as name-1.2.3-py3-none-any.whl. ${FORMS}`);
  return { kind: 'pypi', ...wheel, wheel: resolve(file), args: [] };
}
