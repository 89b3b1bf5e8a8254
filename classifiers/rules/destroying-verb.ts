import { type Act, headsOf, isDoneTo, isGrant, isPutDown, isTakingOff } from '../act.ts';
import { worksOnGiven } from '../given-content.ts';
import { worksOnScreen } from '../live-surface.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { mentionOf } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { ACCESS, APPROVALS, INFRASTRUCTURE, OWNED, PEOPLE, TAKEN_OFF, TRANSIENT } from '../things.ts';
import type { Sense } from '../vocabulary.ts';

const RECOVERABLE =
  /\bsoft[- ]delet|\b(?:moves?|moving|moved|sends?|goes)\b[^.\n]{0,60}\b(?:trash|recycle bin|bin)\b|\bcan be (?:restored|recovered|undone)\b/i;
const OVERWRITING: ReadonlySet<string> = phrases('restore, rollback, revert');
const GONE_FIRST = /\b(?:is|are|be|gets?) (?:dropped|deleted|removed|wiped)\b|\bdrops? (?:and|it|the)\b/i;
/** Cleared to be done once more: a failed run, a task. */
const AGAIN = /\bre-?(?:try|tries|tried|run|runs|execut\w{1,4}|process\w{0,4})\b|\b(?:run|executed?) again\b/i;
const MAX_OPENING = 300;
/** Given up, one of these is somebody else's. */
const HELD: ReadonlySet<string> = phrases(
  'phone number, number, elastic ip, ip address, address, ip, username, handle, static ip, floating ip',
);
const ENDING: ReadonlySet<string> = phrases('terminate, kill');
/** Ended on a screen, one of these is opened again. */
const OPENED: ReadonlySet<string> = phrases('app, application, browser');
const PROCESSES: ReadonlySet<string> = phrases('process, pid, backend process');
const FINAL = /\b(?:cannot|can't|can not) be (?:undone|reversed|recovered|restored)\b|\birreversibl|\bpermanent(?:ly)?\b|\bno undo\b/i;
/** What a machine or database is restored from, over what is there. */
const BACKUP = /\b(?:backup|snapshot|point[- ]in[- ]time)\b/i;
/** What a backup is restored over. */
const RESTORED: ReadonlySet<string> = phrases('zone, table, data, website, site, vm, disk');
const BACKUPS: ReadonlySet<string> = phrases('backup, snapshot');
const OVER = /\b(?:over (?:the |an? )?(?:current|existing|live|running)|overwrit\w{1,10}|replaces?|replaced|lost|erased?|wiped?)\b/i;
/** It fills again by itself, however finally it is emptied. */
const REFILLED: ReadonlySet<string> = phrases('cache, cdn, cache tag');
/** Emptied things that fill again by themselves. */
const FLEETING: ReadonlySet<string> = phrases(
  'cart, basket, cache, context, session, selection, filter, console, screen, field, input, formatting, state, setting, working dir, working directory, directory setting',
);

export const destroyingVerb: Rule = {
  id: 'destroying-verb',
  category: 'Destructive',
  finds: 'a verb whose purpose is to delete, drop, purge or wipe',
  why: 'What is gone cannot be brought back by calling another tool.',
  detect(parsed) {
    const destroying = parsed.acts.filter(mayDestroy).map((act) => [act, shareOf(act, parsed)] as const);
    const found = destroying.filter(([, share]) => share > 0);
    const factor = found.length > 0 && isRecoverable(parsed) ? 0.2 : 1;
    return found.map(([act, share]) => weigh(destroyingVerb, act, act.strength * share * factor));
  },
};

const GRAVE: ReadonlySet<Sense> = new Set<Sense>(['destroy', 'remove', 'clear']);

function mayDestroy({ sense, verb }: Act): boolean {
  return (
    GRAVE.has(sense) ||
    OVERWRITING.has(verb) ||
    verb === 'recreate' ||
    verb === 'release' ||
    verb === 'reset' ||
    verb === 'burn' ||
    verb === 'format'
  );
}

/** How much of the act's strength speaks for destroying. */
function shareOf(act: Act, parsed: ParsedTool): number {
  if (OVERWRITING.has(act.verb)) return isRestoredOver(act, parsed) ? 0.8 : 0;
  if (act.verb === 'reset') return isResetToNothing(act, parsed) ? 1 : 0;
  if (act.verb === 'format') return isDoneTo(act, DISKS) ? 1 : 0;
  if (act.verb === 'burn') return isDoneTo(act, BURNT) ? 1 : 0;
  if (act.verb === 'recreate') return GONE_FIRST.test(parsed.description) ? 0.8 : 0;
  if (worksOnGiven(act, parsed.parameters) || isDoneTo(act, REFILLED)) return 0;
  if (ENDING.has(act.verb) && isDoneTo(act, OPENED) && worksOnScreen(parsed.context)) return 0;
  if (act.sense === 'destroy') return destroyedShare(act);
  if (act.sense === 'remove') return isTakingOff(act) || isOfPeople(act) || isUndone(act, parsed) ? 0 : 0.8;
  if (act.verb === 'release') return isDoneTo(act, HELD) ? 1 : 0;
  if (act.sense !== 'clear' || act.verb === 'evict' || (AGAIN.test(parsed.description.slice(0, MAX_OPENING)) && !isFinal(parsed))) return 0;
  if (isFinal(parsed)) return 1;
  if (act.from === 'further') return 0;
  return isDoneTo(act, FLEETING) ? 0 : 0.8;
}

/** `Reset the device to factory settings`, `Reset the database`: nothing of what was there is left. */
function isResetToNothing(act: Act, { description }: ParsedTool): boolean {
  return isDoneTo(act, STORES) || (act.sense === 'rotate' && FACTORY.test(description.slice(0, MAX_OPENING)));
}

const DISKS: ReadonlySet<string> = phrases('disk, drive, partition, volume, sd card, usb drive, filesystem, storage device');
const BURNT: ReadonlySet<string> = phrases('nft, token, coin, asset, supply');
const STORES: ReadonlySet<string> = phrases('database, db, schema, all data, datastore, storage, knowledge base, vector store, data');
const FACTORY = /\bfactory (?:default|setting|state|reset|condition)/i;

function isOfPeople(act: Act): boolean {
  return isDoneTo(act, ACCESS) || isDoneTo(act, APPROVALS) || isPutOut(act);
}

/** `Add or remove licenses`, said of one thing in one breath; `Discard a run` that waits. */
function isUndone(act: Act, { acts }: ParsedTool): boolean {
  if (act.verb === 'discard') return isDoneTo(act, TRANSIENT);
  const heads = new Set(headsOf(act));
  return (
    !isDoneTo(act, OWNED) &&
    acts.some((other) => ADDING.has(other.verb) && other.at === act.at && headsOf(other).some((head) => heads.has(head)))
  );
}

const ADDING: ReadonlySet<string> = phrases('add, assign, attach');

/** Somebody is put out of something. */
function isPutOut(act: Act): boolean {
  return (
    act.source !== '' && act.objects.some((words) => ['user', 'member', 'participant', 'player', 'employee'].includes(words.at(-1) ?? ''))
  );
}

/** What only ends, or only stops being linked, is not destroyed. */
function destroyedShare(act: Act): number {
  if (ENDING.has(act.verb) && (isDoneTo(act, TRANSIENT) || isDoneTo(act, PEOPLE))) return 0;
  if (act.verb === 'drop' && isPutDown(act)) return 0;
  if (ENDING.has(act.verb) && isDoneTo(act, PROCESSES)) return 0;
  return isDoneTo(act, TAKEN_OFF) || isGrant(act) ? 0 : 1;
}

/** Whether what is there gives way to a backup: a machine, a database, or whatever the definition says is overwritten. */
function isRestoredOver(act: Act, { description }: ParsedTool): boolean {
  if (act.verb === 'rollback' && (isDoneTo(act, BACKUPS) || BACKUPS.has(act.target))) return true;
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
