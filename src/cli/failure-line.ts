import type { ScanDocument } from '../model/scan.ts';
import { visibleText } from '../model/visible-text.ts';

/** Begins a line of a server's own words: never white space alone, after which a CI system would read `::error::` as its command. */
const DETAIL = '  | ';

/** What went wrong in one line, and the end of what the server said about it below. */
export function failureLine({
  server,
  enumeration,
}: Pick<ScanDocument, 'enumeration'> & { readonly server: { readonly target: string } }): string {
  const fault = 'fault' in enumeration ? enumeration.fault : undefined;
  const line = visibleText(`${server.target} was not listed (${enumeration.status}): ${fault?.message ?? ''}`);
  // Where the package is known to be wrong, what npm said adds nothing; where a server was started, what it said is the clue.
  const isClue = enumeration.attempts.length > 0 || fault?.code === 'install-failed';
  const details = isClue ? visibleText(fault?.details ?? '', { multiline: true }).trim() : '';
  return details === '' ? line : `${line}\n${details.replaceAll(/^/gm, DETAIL)}`;
}
