import { type Act, isDoneTo, isTakingOff } from '../act.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { mentionOf } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { ACCESS, INFRASTRUCTURE } from '../things.ts';

const RECOVERABLE =
  /\bsoft[- ]delet|\b(?:moves?|moving|moved|sends?|goes)\b[^.\n]{0,60}\b(?:trash|recycle bin|bin)\b|\bcan be (?:restored|recovered|undone)\b/i;
const FINAL = /\b(?:cannot|can't|can not) be (?:undone|reversed|recovered|restored)\b|\birreversibl|\bpermanent(?:ly)?\b|\bno undo\b/i;
/** What a machine or database is restored from, over what is there. */
const BACKUP = /\b(?:backup|snapshot|point[- ]in[- ]time)\b/i;
/** What a backup is restored over. */
const RESTORED: ReadonlySet<string> = phrases('zone, table, data, website, site');
const BACKUPS: ReadonlySet<string> = phrases('backup, snapshot');
const OVER = /\b(?:overwrit\w{1,10}|replaces?|replaced|lost|erased?|wiped?)\b/i;
/** It fills again by itself, however finally it is emptied. */
const REFILLED: ReadonlySet<string> = phrases('cache');
/** A label itself can be deleted for good; these can only be taken off. */
const TAKEN_OFF = phrases('reaction, emoji reaction, assignee, favorite, favourite, star, bookmark, like, vote, emoji');
/** Emptied things that fill again by themselves. */
const FLEETING: ReadonlySet<string> = phrases(
  'cache, context, session, selection, filter, console, screen, field, input, formatting, state, setting, working dir, working directory, directory setting',
);

export const destroyingVerb: Rule = {
  id: 'destroying-verb',
  category: 'Destructive',
  finds: 'a verb whose purpose is to delete, drop, purge or wipe',
  why: 'What is gone cannot be brought back by calling another tool.',
  detect(parsed) {
    const factor = isRecoverable(parsed) ? 0.3 : 1;
    return parsed.acts.flatMap((act) => {
      const share = shareOf(act, parsed);
      return share > 0 ? [weigh(destroyingVerb, act, act.strength * share * factor)] : [];
    });
  },
};

/** How much of the act's strength speaks for destroying. */
function shareOf(act: Act, parsed: ParsedTool): number {
  if (act.verb === 'restore') return isRestoredOver(act, parsed) ? 0.8 : 0;
  if (act.sense === 'destroy') return isDoneTo(act, TAKEN_OFF) ? 0.2 : 1;
  if (act.sense === 'remove') return isTakingOff(act) || isDoneTo(act, ACCESS) ? 0 : 0.8;
  if (act.sense !== 'clear') return 0;
  if (isDoneTo(act, REFILLED)) return 0;
  if (isFinal(parsed)) return 1;
  if (act.from === 'further') return 0;
  return isDoneTo(act, FLEETING) ? 0 : 0.8;
}

/** Whether what is there gives way to a backup: a machine, a database, or whatever the definition says is overwritten. */
function isRestoredOver(act: Act, { description }: ParsedTool): boolean {
  if (isDoneTo(act, INFRASTRUCTURE) || isDoneTo(act, RESTORED)) return BACKUP.test(description);
  return isDoneTo(act, BACKUPS) && OVER.test(description);
}

/** Whether the definition says that what is removed can be brought back. */
export function isRecoverable(parsed: ParsedTool): boolean {
  return !isFinal(parsed) && mentionOf(parsed, RECOVERABLE) !== undefined;
}

function isFinal(parsed: ParsedTool): boolean {
  return mentionOf(parsed, FINAL) !== undefined;
}
