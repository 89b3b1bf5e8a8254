import { type EnumerationSummary, isListedSummary } from '../model/enumeration.ts';
import { visibleText } from '../model/visible-text.ts';
import { wayOf } from './way-of.ts';

/** Whether it gave what was asked for: a list, or a reading where nothing was to be started. */
export function isAnswered(enumeration: EnumerationSummary): boolean {
  return isListedSummary(enumeration) || (enumeration.status === 'not-started' && enumeration.reading !== undefined);
}

/** What whoever goes by an answer has to know: that it is not the whole list, or that nobody ran the server. */
export function warningOf(enumeration: EnumerationSummary): string | undefined {
  if (enumeration.status === 'partial') return `only part of the server was listed: ${visibleText(enumeration.fault.message)}`;
  return isListedSummary(enumeration) ? undefined : `the tools are ${wayOf(enumeration)}`;
}
