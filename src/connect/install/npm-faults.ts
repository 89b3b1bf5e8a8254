import type { Fault } from '../../model/fault.ts';
import type { InstallLimits, RunOutcome } from './bounded-run.ts';

type Failure = Exclude<RunOutcome, { kind: 'done' }>;

/** Codes that npm prints for a registry it did not reach, its HTTP 5xx included. */
const UNREACHABLE =
  /npm error code (?:ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|EPROTO|E5\d\d|E429|ERR_SOCKET_TIMEOUT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_\w+)/;
/** A single file over the limit: the kernel refuses it before the folder is counted. */
const FILE_TOO_BIG = /npm error (?:code EFBIG|signal SIGXFSZ)/;
const MAX_DETAILS = 4_000;

/** What a failed run of npm says about the package asked for. */
export function faultOfNpm(failure: Failure, name: string, version: string | undefined, limits: InstallLimits): Fault {
  const subject = `npm:${name}${version ? `@${version}` : ''}`;
  const details = endOf(printable(failure.stderr), MAX_DETAILS);
  const fault = (code: string, message: string, retryable: boolean): Fault => ({ code, subject, message, retryable, details });
  if (failure.kind === 'timeout') {
    const seconds = Math.round(limits.timeoutMs / 1_000);
    return fault(
      'install-timeout',
      `Installing took longer than ${seconds} s and was stopped. Try again when the registry is faster.`,
      true,
    );
  }
  if (failure.kind === 'too-big' || FILE_TOO_BIG.test(failure.stderr)) return tooBig(subject, limits.maxBytes);
  if (UNREACHABLE.test(failure.stderr)) {
    return fault(
      'registry-unreachable',
      'The npm registry did not answer. Check the network, the proxy and `npm config get registry`.',
      true,
    );
  }
  if (isVersionMissing(failure.stderr, name)) {
    return fault(
      'unknown-version',
      `The registry has ${name}, but not this version. \`npm view ${name} versions\` lists what there is.`,
      false,
    );
  }
  if (/npm error code E404/.test(failure.stderr) && isAbout(failure.stderr, name)) {
    return fault('unknown-package', 'The registry has no package of this name. Check the spelling.', false);
  }
  return fault('install-failed', 'npm could not install it; the details hold the end of what npm said.', false);
}

export function tooBig(subject: string, maxBytes: number): Fault {
  const message = `It needs more than ${Math.round(maxBytes / 1e6)} MB on disk, which is the limit for one package. Nothing of it was kept.`;
  return { code: 'install-too-big', subject, message, retryable: false };
}

/** `npm view` and `npm install` word it differently; the latter also says it of dependencies. */
function isVersionMissing(stderr: string, name: string): boolean {
  return stderr.includes('No match found for version') || stderr.includes(`No matching version found for ${name}@`);
}

/** A missing dependency gives the same code as a missing package; the quoted name tells them apart. */
function isAbout(stderr: string, name: string): boolean {
  return stderr.includes(`'${name}@`) || stderr.includes(`'${name}'`);
}

/** No piece of a word at its start: as a piece, an address of this machine would not be recognised and hidden. */
function endOf(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : text.slice(-maxLength).replace(/^\S+/, '');
}

/** npm repeats text of packages and of the registry: nothing in it may steer a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{C}\n\t]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
