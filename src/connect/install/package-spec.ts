import type { Fault } from '../../model/fault.ts';

const MAX_NAME_LENGTH = 214;
/** As npm's own validation, legacy upper case included, less a leading hyphen: `-g` must never be read as an option. */
const PACKAGE_NAME = /^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/i;
/** Neither is a package: npm keeps both for itself. */
const RESERVED_NAMES = new Set(['node_modules', 'favicon.ico']);

const EXACT_VERSION = /^\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?(?:\+[0-9a-z.-]+)?$/i;
/** Tags and ranges. No colon, slash or at sign, so no URL, alias, git address or path; a leading dot would be a path to npm too. */
const VERSION_REQUEST = /^[0-9a-z*^~<>=][0-9a-z.*^~<>=|+ _-]{0,127}$/i;
/** npm takes a request with such an ending for a file. */
const ARCHIVE_NAME = /\.(?:tgz|tar\.gz|tar)$/i;

/** Whether the version names one artifact, so that it can be answered without asking the registry. */
export function isExactVersion(version: string): boolean {
  return EXACT_VERSION.test(version);
}

/** What is wrong with a package's name or version, checked before either reaches a command line or a path. */
export function faultOfSpec(name: string, version: string | undefined): Fault | undefined {
  if (!isPackageName(name)) return badSpec(name, 'This is not a name that npm allows for a package. Check the spelling.');
  if (version !== undefined && !isVersionRequest(version)) {
    return badSpec(
      `${name}@${version}`,
      'The part after the name is no version, range or tag. Addresses, paths and aliases are not accepted.',
    );
  }
  return undefined;
}

function isPackageName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && PACKAGE_NAME.test(name) && !RESERVED_NAMES.has(name.toLowerCase());
}

function isVersionRequest(version: string): boolean {
  return isExactVersion(version) || (VERSION_REQUEST.test(version) && !ARCHIVE_NAME.test(version));
}

function badSpec(subject: string, message: string): Fault {
  return { code: 'bad-package-name', subject: JSON.stringify(subject.slice(0, MAX_NAME_LENGTH)), message, retryable: false };
}
