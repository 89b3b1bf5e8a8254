import type { Parameter } from '../parameter.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

const FLAGS: ReadonlySet<string> = phrases(`
  force, recursive, hard, hard delete, permanent, permanently, cascade, skip confirmation, skip confirm, yes, no verify,
  skip validation, skip checks, ignore errors, force push, force delete, auto approve, bypass, skip trash, delete permanently, purge,
  no confirm, no confirmation, skip prompt, force update, force overwrite, force remove, ignore warnings, ignore conflicts,
  disable safety, without confirmation, skip hooks, force replace, force merge, unsafe, allow destructive, skip safety,
  force with lease, skip approval`);
/** A permanent redirect, the mail that confirms an address. */
const OTHER_MEANING =
  /\bredirect|\bconfirmation e?-?mails?\b|\b(?:hard|forced?) (?:wrap|refresh|reload)|\bcached?\b|\bre-?(?:download|fetch|index|scan|crawl|compute|generate|build)\w{0,3}\b/i;
const REHEARSALS: ReadonlySet<string> = phrases('dryrun, preview only, preview');
const maybeSwitches = parametersEndingWith(FLAGS, REHEARSALS);

export const forceFlag: Signal = {
  id: 'force-flag',
  finds: 'a switch that skips a safeguard or widens the effect: force, recursive, permanent, a dry run that can be turned off',
  why: 'One more argument turns the ordinary call into the dangerous one.',
  weight: 0.15,
  label: withParameters('Safeguard can be switched off'),
  detect(parsed, { category }) {
    if (category === 'Read') return [];
    const switches = maybeSwitches(parsed).filter(isSwitch);
    return atParameters(
      forceFlag.id,
      switches.filter((parameter) => changesTheCall(parameter, parsed)),
    );
  },
};

/** What is stored among the settings of a thing is no switch of this call, and neither is one that says nothing on a harmless call. */
function changesTheCall({ at, words, description }: Parameter, { acts }: ParsedTool): boolean {
  if (STORED.test(at)) return false;
  const harmful = acts.some(({ sense, verb }) => HARMFUL.has(sense) || REACHING.has(verb));
  if (words[0] === 'recursive') return harmful && !READS.test(description);
  return description !== '' || harmful || isRehearsal(words);
}

const STORED = /\/properties\/(?:settings|config|configuration|features|options_schema|preferences)\/(?:anyOf\/\d{1,3}\/)?properties\//;
const HARMFUL: ReadonlySet<string> = phrases('destroy, remove, clear, operate, rotate, grant, run');
const REACHING: ReadonlySet<string> = phrases(
  'move, copy, push, merge, write, replace, overwrite, checkout, rebase, upload, restore, transfer, sync, rename',
);
const READS =
  /\b(?:process|read|scan|list|search|include|ingest|import|index|traverse|load)\w{0,3}\b[^.\n]{0,40}\bsub-?(?:director|folder)/i;

function isRehearsal(words: readonly string[]): boolean {
  return REHEARSALS.has(words.join(' '));
}

function isSwitch({ words, types, schema, description }: Parameter): boolean {
  if ((types.length > 0 && !types.includes('boolean')) || OTHER_MEANING.test(description)) return false;
  const name = words.join(' ');
  return FLAGS.has(name) || (REHEARSALS.has(name) && schema['default'] === true);
}
