import type { Finding } from '../src/model/classification.ts';
import { rugPull } from './change/rug-pull.ts';
import { worsened } from './change/worsened.ts';
import type { JudgedTool } from './judged-tool.ts';

/**
 * What got worse from one definition of a tool to the next: more access or risk, a hint of harm dropped, a new way to do damage; and what nobody who reads an update
 * would accept, as poisoning.
 *
 * @param before - Of the same name, judged in the same context, so that only the definition differs.
 */
export function changeFindings(before: JudgedTool, after: JudgedTool): Finding[] {
  return [...worsened(before, after), ...rugPull(before, after)];
}
