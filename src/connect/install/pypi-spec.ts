import type { Fault } from '../../model/fault.ts';

const MAX_LENGTH = 100;
/** PEP 508. */
const NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;
/** What PEP 440 versions are made of; neither an option nor a range, and no address. */
const VERSION = /^v?\d[a-z0-9.!+_-]*$/i;
const WHEEL = /^([a-z0-9_.]+)-([a-z0-9_.!+]+)(?:-\d[a-z0-9_.]*)?-[a-z0-9_.]+-[a-z0-9_]+-[a-z0-9_.]+\.whl$/i;

/** As the index compares them (PEP 503): lower case, single hyphens. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** What is wrong with a package's name or version, checked before either reaches a command line or a path. */
export function faultOfPypiSpec(name: string, version: string | undefined): Fault | undefined {
  const subject = JSON.stringify(name.slice(0, MAX_LENGTH));
  if (name.length > MAX_LENGTH || !NAME.test(name)) {
    return fault(subject, 'This is not a name that the Python index allows for a package. Check the spelling.');
  }
  if (version !== undefined && (version.length > MAX_LENGTH || !VERSION.test(version))) {
    return fault(subject, 'The part after the name is no exact version. Ranges, addresses and paths are not accepted.');
  }
  return undefined;
}

/** Name and version of a wheel, by its file's name (PEP 427). */
export function wheelOf(fileName: string): { readonly name: string; readonly version: string } | undefined {
  const [, name, version] = fileName.length <= 2 * MAX_LENGTH ? (WHEEL.exec(fileName) ?? []) : [];
  return name && version ? { name: normalizedName(name), version } : undefined;
}

function fault(subject: string, message: string): Fault {
  return { code: 'bad-package-name', subject, message, retryable: false };
}
