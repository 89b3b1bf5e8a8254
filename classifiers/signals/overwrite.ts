import { type Act, isDoneTo } from '../act.ts';
import type { Mention } from '../excerpt.ts';
import { namedOneOf } from '../name-set.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, atParameters, type Signal, withParameters } from '../signal.ts';
import { speaksOf } from '../speaks-of.ts';

const REPLACING: ReadonlySet<string> = phrases('write, upsert, put, replace, overwrite');
/** Replacing only where they are done to something with content: the old priority of an issue is no loss. */
const SETTING: ReadonlySet<string> = phrases('set, edit, save');
/** Choosing among things that stay. */
const CHOOSING: ReadonlySet<string> = phrases('active, current, default, selected, selection');
const CONTENTS: ReadonlySet<string> = phrases(`
  file, content, description, body, text, document, page, script, code, config, configuration, environment variable, env var, env,
  variable, secret, value, record, template, policy, rule, schema, data, metadata, message, comment, note, scene, asset, dashboard,
  workflow, image, avatar, cell, row, sheet, object, field, header, footer, yaml, json, profile, form, bio`);
/** A setting of the running program is no content. */
const RUNTIME: ReadonlySet<string> = phrases('proxy, runtime, session, log, logging, timeout, connection, working');
const STATED =
  /\b(?:will|to|may|can) (?:completely )?(?:overwrite|replace)\b|(?<!\btemporarily )\b(?:overwrites|replaces)\b|(?<!\b(?:than|without|not|never|avoids?|instead of|prevents?) )\boverwriting\b/i;
const FLAGS = 'overwrite, overwrite existing, replace, replace existing, allow overwrite, replace all';
const isFlag = namedOneOf(FLAGS);
const maybeFlags = parametersEndingWith(phrases(FLAGS));

export const overwrite: Signal = {
  id: 'overwrite',
  finds: 'a call that puts something in the place of what was there',
  why: 'The older content is gone unless something else kept it.',
  weight: 0.12,
  label: withParameters('Overwrites existing content'),
  detect(parsed, { category }) {
    if (category === 'Read') return [];
    const chooses = parsed.ownWords.some((word) => CHOOSING.has(word));
    const act = parsed.acts.find(
      (candidate) => replaces(candidate) && !(chooses && candidate.verb === 'set') && !isSuffix(candidate, parsed),
    );
    const flags = maybeFlags(parsed).filter(({ words }) => isFlag(words));
    return [...atMentions(overwrite.id, [act ?? stated(parsed)]), ...atParameters(overwrite.id, flags)];
  },
};

/** `work_item_write` beside `work_item_read`: that it writes, not what becomes of what was there. */
function isSuffix({ verb, from }: Act, { ownWords }: ParsedTool): boolean {
  return verb === 'write' && from === 'name' && ownWords.length > 1 && ownWords[0] !== 'write';
}

/** What this tool replaces; the sentence may be about another one: `Unlike put_page (which replaces the page) …`. */
function stated(parsed: ParsedTool): Mention | undefined {
  const found = speaksOfReplacing(parsed) ? mentionOf(parsed, STATED) : undefined;
  return found && !OF_ANOTHER.test(found.excerpt) ? found : undefined;
}

const speaksOfReplacing = speaksOf('overwrite, replace');
const OF_ANOTHER =
  /\b(?:unlike|whereas|instead of|rather than|in contrast to|as opposed to)\b[^.]{0,80}\b(?:overwrit|replac)|\b(?:which|that) (?:overwrites|replaces|would (?:overwrite|replace))\b|\b(?:do|does|will|would)(?: not|n't) (?:overwrite|replace)\b|\buse \S{1,40} to (?:overwrite|replace)\b|\bto (?:replace|overwrite)\b[^.]{0,60}, use\b/i;

function replaces(act: Act): boolean {
  if ((act.from !== 'name' && act.from !== 'lead') || act.vague) return false;
  return (
    REPLACING.has(act.verb) ||
    (SETTING.has(act.verb) && isDoneTo(act, CONTENTS) && !act.objects.some((words) => words.some((word) => RUNTIME.has(word))))
  );
}
