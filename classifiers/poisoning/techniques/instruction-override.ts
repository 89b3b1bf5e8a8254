import { looksForAttacks, withoutQuotations } from '../frames.ts';
import { Cue } from '../lexicon/cues.ts';
import { anyOf, words } from '../lexicon/pattern.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';

const RULES = anyOf(
  'instructions?, prompts?, guidelines?, polic(?:y|ies), directives?, rules?, guardrails?, restrictions?, constraints?, safeguards?, training, orders?, commands?, safety (?:checks?|measures?|rules?), messages?, context, limits?, limitations?, system messages?, alignment, programming',
);
const EARLIER = anyOf(
  'previous, prior, earlier, above, preceding, foregoing, former, existing, past, original, initial, system, developer, safety, ethical, your, other, content',
);
const RULES_OF_MODEL = anyOf(
  'instructions?, guidelines?, system prompts?, system messages?, guardrails?, safety (?:rules?|polic(?:y|ies)|checks?|guidelines?|measures?), directives?, prompts?, restrictions?, training, content polic(?:y|ies), privacy (?:rules?|guidelines?)',
);

const OVERRIDES: readonly RegExp[] = [
  words(
    "(?:outranks?|ranks? above|takes? precedence over|overrides?) (?:those of |the wishes of )?(?:the |your )?(?:person|user|developer|operator|host)(?:'s|s)?(?: policy| in the chat)?(?=[.,;]|$| and | or | in | wherever | whenever | where | — )|(?:prompt|preamble|instructions?|rules?|messages?) (?:\\w+ ){0,6}(?:carry|carries|has|have) no weight|exempt from (?:its|your|the|their) (?:\\w+ ){0,2}(?:limits|rules|restrictions|policies)|(?:is|are) understood to be (?:an? )?(?:unrestricted|different|another)",
  ),
  words(
    `${EARLIER} (?:\\w+ ){0,2}${RULES}(?: \\w+){0,8} (?:must|should|shall|has to|have to|is to|are to|can|may|will) (?:all |now |always |safely )?be (?:ignored|disregarded|dropped|discarded|forgotten|overridden|skipped|set aside|treated as)`,
  ),
  words(
    '(?:in case of|if there is an?|on|upon) (?:\\w+ ){0,2}conflicts?,? (?:\\w+ ){0,3}(?:description|tool|text|note|server)(?: \\w+){0,2} (?:wins|prevails|takes precedence|comes first|has priority|decides)',
  ),
  words(
    "(?:no longer|do not|don't|need not|never|are not|stop|cease|exempt from|free from|instead of|without) (?:(?!overrid|replac|reveal|disclos|ignor|chang)\\w+ ){0,4}(?:follow|following|obey|obeying|comply with|adhere to|respect|observe|honou?r|bound by|subject to|exempt from|rules of)? ?(?:the |your |any |all ){0,2}(?:safety|ethical|content|usage|provider'?s?|system|developer|platform|operator'?s?|privacy) (?:guidelines?|polic(?:y|ies)|rules?|restrictions?|safeguards?|instructions?|prompts?)",
  ),
  words(
    '(?:everything|anything|all|the text|instructions?|whatever) (?:\\w+ )?(?:above|before this|preceding|said|written|stated)(?: \\w+){0,4} (?:as |is |are )(?:obsolete|void|null|outdated|superseded|irrelevant|invalid|cancell?ed|to be ignored|ignored)',
  ),
  words(
    '(?:content|safety|usage|privacy|security) (?:polic(?:y|ies)|rules?|guidelines?|filters?)(?: \\w+){0,6} (?:is|are|has been|have been|was|were) (?:now |hereby )?(?:revoked|suspended|lifted|waived|void|cancell?ed|disabled|switched off|overridden|withdrawn)',
  ),
  words(
    "(?:restrictions?|rules|guidelines|limits|limitations|policies|safeguards) (?:do not|don't|no longer|never|cease to) (?:bind|apply to|concern|restrict|limit) you",
  ),
  words(
    '(?:pretend|imagine|assume|act as if|behave as if|suppose) (?:that )?(?:you are|to be|you were) (?:the |an? )?(?:system|root|developer|admin\\w*|operator|owner|unrestricted|different|another|evil|not bound)',
  ),
  words(
    '(?:set aside|ignore|disregard|forget|drop|put off|override) (?:whatever|what|anything|everything|all) (?:the )?(?:user|person|human|customer|they|he|she|you|operator)',
  ),
  words(
    "(?:outranks?|overrides?|supersedes?|takes? precedence over|takes? priority over|comes? before|beats?|trumps?) (?:the )?(?:user(?:'s|s')? (?:wish(?:es)?|requests?|instructions?|will|orders?|intent|preferences?|choice)|user(?=[.,;]|$| and | or )|system prompt|system message|developer (?:message|prompt|instructions))",
  ),
  words(
    `${anyOf('ignore, disregard, forget, discard, stop following, stop obeying, do not follow, don.t follow, no longer follow, set aside, pay no attention to, neglect, abandon, throw away, drop')} (?:\\w+ ){0,3}${EARLIER} (?:\\w+ ){0,3}${RULES}`,
  ),
  words(
    `${anyOf('ignore, disregard, forget')} (?:all|any|every|everything|anything|the|what(?:ever)?) (?:\\w+ ){0,3}(?:instructions?|prompts?|guidelines?|guardrails|you (?:were|have been|are) (?:told|given|instructed)|was said|above|before this|user (?:says|said|asked|asks|wants|requested))`,
  ),
  words(
    `${anyOf('override, overrides, bypass, bypasses, supersede, supersedes, replace, replaces, void, cancel, cancels, suspend, suspends, nullify, circumvent, evade, violate, break, lift, waive, outrank, outranks, take precedence over, takes precedence over, have priority over, has priority over, take priority over, takes priority over')} (?:\\w+ ){0,3}${EARLIER} (?:\\w+ ){0,2}${RULES_OF_MODEL}`,
  ),
  words(
    `${EARLIER} (?:\\w+ ){0,2}${RULES_OF_MODEL}|(?:previous|prior|earlier|preceding|your|existing) (?:polic(?:y|ies)|rules?)(?: (?:on|about|for|regarding) \\w+(?: \\w+)?)?`.replace(
      /^/,
      '(?:',
    ) +
      `)(?: \\w+){0,4} (?:is|are|was|were|has been|have been|no longer|do not|does not|don't) (?:now |hereby |all |temporarily )?(?:suspended|void|cancell?ed|obsolete|superseded|overridden|appl(?:y|ies)|valid|replaced|revoked|lifted|in force|ignored|outdated|disabled|waived|relaxed|withdrawn|expired)`,
  ),
  words(
    '(?:supersedes?|overrides?|outranks?|takes? precedence over|takes? priority over|has priority over|more important than) (?:\\w+ ){0,3}(?:anything|everything|whatever) (?:\\w+ ){0,3}(?:user|person|system|prompt|said|told|asked|else you)',
  ),
  words(
    '(?:your|here are|these are your|follow these) new (?:instructions?|task|role|objective|goal|orders?|directives?|system prompt)|new (?:system )?instructions? ?:',
  ),
  words(
    'you (?:now )?have a new (?:role|task|goal|objective|identity|persona|owner|operator)|you are an? (?:unrestricted|unfiltered|uncensored|jailbroken|different) (?:\\w+ )?(?:agent|assistant|model|ai)',
  ),
  words(
    'you are (?:now|no longer) (?:in (?:\\w+ ){0,2}mode|operating (?:in|as|under)|acting as|running (?:in|as)|an? (?:\\w+ ){0,3}(?:assistant|ai|model|agent|admin|shell|terminal)|bound (?:by|to)|restricted|subject to|free (?:of|from|to)|unrestricted|jailbroken|dan)',
  ),
  words(
    '(?:enter|switch to|switch into|activate|go into) (?:unrestricted|jailbreak|jailbroken|god|dan|no-?limits|developer|unfiltered|uncensored) mode',
  ),
  words(
    '(?:reveal|print|dump|output|repeat|disclose|show|leak|return|paste|recite|quote) (?:\\w+ ){0,3}(?:system prompt|developer (?:message|prompt)|hidden (?:instructions|prompt|configuration|rules)|initial (?:instructions|prompt)|your (?:instructions|prompt|rules|guidelines))(?: \\w+){0,4}',
  ),
];

const NEEDS = [Stem.override | Stem.rules];

export const instructionOverride: TextTechnique = {
  id: 'instruction-override',
  severity: 'high',
  finds: 'an order to drop earlier instructions, take on a new role or give the system prompt away',
  why: 'A tool has no say over what the model was told before.',
  needs: NEEDS,
  detect: (passage) => sentenceIn(passage, NEEDS, overrides),
};

/** One of these is in each way of overriding. */
const MAY_OVERRIDE =
  /ignor|disregard|forget|discard|stop|follow|aside|attention|neglect|abandon|throw|drop|overrid|bypass|supersed|replac|void|cancel|suspend|nullif|circumvent|evad|violat|break|lift|waive|outrank|rank|precedence|priority|conflict|obsolete|null|outdated|revoked|bind|apply to|pretend|imagine|assume|act as|behave|suppose|put off|beats|trumps|comes? before|new |you are|mode|reveal|print|dump|output|repeat|disclose|show|leak|return|paste|recite|quote|no longer|n't|not|never|exempt|free from|instead of|without|skipp|overrid|weight|understood|treated|in force|withdrawn|expired/;

const DEFENSIVE =
  /(?:\bnever|\bnot|n't|\bdont|\bcannot|\bavoid|\bprevents?|\brefuses?|\battempts? to|\btries to|\btrying to|\btry to|\basked to|\btold to|\bcannot be used to|\bwithout) (?:\w+ ){0,3}$/;

const RULES_NAMED = Cue.modelRules | Cue.modelOf;

function overrides({ text: sentence, cues, opens }: Sentence): boolean {
  if ((cues & Cue.overriding) === 0 && (cues & RULES_NAMED) !== RULES_NAMED) return false;
  if (!MAY_OVERRIDE.test(sentence)) return false;
  const text = looksForAttacks(sentence) ? withoutQuotations(sentence) : sentence;
  return OVERRIDES.some((pattern, index) => {
    const match = pattern.exec(text);
    if (!match || DEFENSIVE.test(text.slice(Math.max(0, match.index - 40), match.index))) return false;
    return (
      !(looksForAttacks(sentence) && /\b(?:like|such as|e\.g|attempts?|phrases?)\b/.test(text.slice(0, match.index))) &&
      !(opens && index === OVERRIDES.length - 1)
    );
  });
}
