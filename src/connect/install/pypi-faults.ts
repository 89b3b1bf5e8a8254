import type { Fault } from '../../model/fault.ts';
import type { InstallLimits, RunOutcome } from './bounded-run.ts';
import { tooBig } from './npm-faults.ts';
import { normalizedName, wheelOf } from './pypi-spec.ts';

type Failure = Exclude<RunOutcome, { kind: 'done' }>;

/** Of these another Python may know better. */
export const NEEDS_BUILD = 'needs-build';
export const NEEDS_PYTHON = 'needs-python';

const UNREACHABLE =
  /Retrying \(Retry\(|NewConnectionError|Max retries exceeded|Could not fetch URL|ReadTimeoutError|ConnectTimeoutError|SSLError|Name or service not known|Temporary failure in name resolution|HTTP error (?:429|5\d\d)/;
const UNAUTHORIZED = /40[13] (?:Client )?Error|HTTP error 40[13]|Credentials not correct/;
const TOO_BIG = /File too large|No space left on device|Errno 27\b|Errno 28\b/;
const MAX_DETAILS = 4_000;

/** The requirement that no distribution was found for, where pip says so. */
export function requirementMissing(stderr: string): string | undefined {
  return /No matching distribution found for ([A-Za-z0-9][A-Za-z0-9._-]{0,99})/.exec(stderr)?.[1];
}

/** The Python that the releases which pip passed over ask for: `>=3.14`. */
export function pythonWanted(stderr: string): string | undefined {
  if (!/different python version/i.test(stderr)) return undefined;
  return /Requires-Python ([<>=!~0-9.,* ]{1,60})/.exec(stderr)?.[1]?.trim();
}

/** The releases of which an index has a file, whatever it is good for, by what pip logs of each file. */
export function releasesIn(log: string): string[] {
  const releases = log.split('\n').flatMap((line) => {
    if (line.includes('Found link ')) return /, version: (\S{1,100})$/.exec(line)?.[1] ?? [];
    if (!line.includes("Skipping link: none of the wheel's tags")) return [];
    const [, file = ''] = /\/([\w.!+%-]{1,200}\.whl)/.exec(line) ?? [];
    return wheelOf(file.replaceAll('%2B', '+'))?.version ?? [];
  });
  return [...new Set(releases)];
}

/** What a failed run of pip says about the package asked for, where it is not that nothing was found. */
export function faultOfPip(failure: Failure, subject: string, limits: InstallLimits): Fault {
  const details = printableEnd(failure.stderr);
  const fault = (code: string, message: string, retryable: boolean): Fault => ({ code, subject, message, retryable, details });
  if (failure.kind === 'timeout') {
    const seconds = Math.round(limits.timeoutMs / 1_000);
    return fault('install-timeout', `Installing took longer than ${seconds} s and was stopped. Try again when the index is faster.`, true);
  }
  if (failure.kind === 'too-big' || TOO_BIG.test(failure.stderr)) return tooBig(subject, limits.maxBytes);
  if (UNREACHABLE.test(failure.stderr)) {
    return fault('registry-unreachable', 'The Python index did not answer. Check the network, the proxy and `pip config list`.', true);
  }
  if (UNAUTHORIZED.test(failure.stderr)) {
    return fault('registry-refused', 'The Python index wants other credentials. Check the index address in `pip config list`.', true);
  }
  return fault('install-failed', 'pip could not install it; the details hold the end of what pip said.', false);
}

/** Why nothing was found that could be installed as it is. */
export interface NothingFound {
  /** `pypi:name@version` */
  readonly subject: string;
  /** What was asked for. */
  readonly name: string;
  /** What was not found, which may be a dependency. */
  readonly missing: string;
  /** Releases that the index has of it, source or not, for any Python. */
  readonly releases: readonly string[];
  readonly version: string | undefined;
  readonly wanted: string | undefined;
  /** The Python that was asked for. */
  readonly python: string;
}

export function faultOfNothingFound({ subject, name, missing, releases, version, wanted, python }: NothingFound): Fault {
  const isOwn = normalizedName(missing) === name;
  const what = isOwn ? 'It' : `Its dependency ${missing}`;
  const fault = (code: string, message: string): Fault => ({ code, subject, message, retryable: false });
  if (releases.length === 0) {
    if (isOwn) return fault('unknown-package', 'The index has no package of this name. Check the spelling.');
    return fault('install-failed', `${what} is not in the index.`);
  }
  if (wanted) {
    const fix = `Install one, such as with \`apt-get install python3\` or \`uv python install\`, so that it is in PATH.`;
    return fault(NEEDS_PYTHON, `${what} needs Python ${wanted}; this is ${python}. ${fix}`);
  }
  if (isOwn && version !== undefined && !releases.includes(version)) {
    return fault('unknown-version', `The index has ${name}, but not this version. \`pip index versions ${name}\` lists what there is.`);
  }
  const built = `for Python ${python} on this system. A source distribution would run its build script, so it is not installed`;
  return fault(NEEDS_BUILD, `${what} has no wheel ${built}.`);
}

/** No piece of a word at its start: as a piece, an address of this machine would not be recognised and hidden. */
function printableEnd(text: string): string {
  const printable = text.replaceAll(/[^\P{C}\n\t]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return printable.length <= MAX_DETAILS ? printable : printable.slice(-MAX_DETAILS).replace(/^\S+/, '');
}
