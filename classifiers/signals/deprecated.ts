import type { Mention } from '../excerpt.ts';
import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { atMentions, type Signal } from '../signal.ts';
import { speaksOf } from '../speaks-of.ts';

/** How far into a description its own deprecation is looked for: further down it is of arguments and values. */
const OPENING = 500;
/** One of these stands in every mention. */
const speaksOfOld = speaksOf('deprecated, legacy, obsolete, superseded, replaced, removed, removal');
const STATED =
  /^[\W_]{0,12}(?:deprecated|legacy|obsolete)\b(?! (?:models?|parameters?|code|systems?|data|apis|packages?))|[[*(]{1,2}(?:deprecated|obsolete)\b|\[legacy\]|(?:[.!\n][\W_]{1,5})deprecated\b|\b(?:this|the) (?:tool|function|method|endpoint|command|operation|action|api)(?: is| has been| was|'s) (?:now |being )?(?:deprecated|obsolete|superseded|replaced|legacy|scheduled for removal)\b|\bis (?:now )?deprecated[,;:.]? ?(?:and|use|in favou?r|please|since|as of)\b|\bdeprecated in favou?r of\b|\b(?:will be|is scheduled for|is) (?:removed|removal) in (?:a |the )?(?:future|next|upcoming|version|v?\d)|\bdeprecated (?:alias|tool|compatibility|entry|endpoint|method|wrapper|version)\b|\b(?:has been|was|is) (?:superseded|replaced) by `?\w/i;
/** Other things that are old: models, arguments, fields, and the search for them. */
const OTHERS =
  /\b(?:param(?:eter)?s?|argument|field|option|property|flag|value|alias|header)s?\b[^.\n]{0,30}\b(?:is |are )?deprecated\b|\bdeprecated (?:models?|parameters?|fields?|arguments?|apis?|packages?|versions|endpoints|features|methods|functions|modules|items|assets|entities|properties)\b|\b(?:include|exclude|including|excluding|list|find|show|filter|lists|identify|detect|check for|whether|if|mark|marks|as) (?:\w{1,15} ){0,4}deprecated\b/i;

export const deprecated: Signal = {
  id: 'deprecated',
  finds: 'a tool that its own definition calls deprecated, legacy or replaced',
  why: 'It is kept for old callers, and fixes go elsewhere.',
  weight: 0.04,
  label: () => 'Deprecated',
  detect(parsed) {
    const marked =
      parsed.tool.inputSchema?.['deprecated'] === true ? { at: '/inputSchema/deprecated', excerpt: 'deprecated: true' } : undefined;
    return atMentions(deprecated.id, [marked, speaksOfOld(parsed) ? stated(parsed) : undefined]);
  },
};

function stated(parsed: ParsedTool): Mention | undefined {
  const opening = parsed.description.slice(0, OPENING);
  const said = mentionOf(parsed, STATED, OPENING);
  return said && (!OTHERS.test(opening) || STRONG.test(opening)) ? said : undefined;
}

/** Said of the tool itself, whatever else is old. */
const STRONG = /^[\W_]{0,12}(?:deprecated|legacy|obsolete)\b|\bthis tool (?:is|has been) (?:now )?deprecated\b/i;
