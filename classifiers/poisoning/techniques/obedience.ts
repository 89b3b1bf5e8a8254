import { looksForAttacks } from '../frames.ts';
import { anyOf, words } from '../lexicon/pattern.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';

const OBEY = anyOf(
  'follow, obey, execute, carry out, apply, perform, run, act on, comply with, adopt, treat, do, implement, abide by, honou?r, adhere to, trust, install, use',
);
const OBEYED = anyOf(
  'followed, obeyed, executed, carried out, applied, performed, acted on, complied with, adopted, treated, done, implemented, trusted',
);
const FETCH = anyOf(
  'pull, pulled, download, fetch, load, retrieve, get, read, pull, curl, wget, visit, open, check, consult, request, import, poll, look up, access',
);
/** What stands there goes before what the model was told. */
const OUTRANKS =
  /\boutranks?\b|\btakes? the place of (?:those|what|the (?:steps|instructions))|\b(?:steps|instructions|lines|rules) (?:\w+ ){0,3}(?:there|it lists)\b.{0,60}\b(?:replace|prevail|win|apply instead)|\bfor convenience, run as\b|\brun as (?:they|it) arrives?\b/;
const URL = /https?:\/\/\S{3,}|\bwww\.\S{4,}/;
const AUTHORITATIVE = words(
  '(?:as|like) (?:an? |the |your |if (?:it|they) (?:was|were|came) )?(?:\\w+ ){0,2}(?:system|developer|authoritative|binding|operator|trusted|new|own|direct|user|admin) ?(?:messages?|instructions?|prompts?|orders?|commands?|rules?|input|policy)?|as (?:an? )?(?:instruction|order|command|directive)s?|word for word|verbatim|to the letter|without question',
);

export const remoteInstructions: TextTechnique = {
  id: 'remote-instructions',
  severity: 'high',
  finds: 'an order to fetch instructions from an address and to obey them',
  why: 'What stands there can change after every review, and nobody sees it.',
  needs: [Stem.address | Stem.obey],
  detect: (passage) =>
    sentenceIn(
      passage,
      [Stem.address, Stem.obey],
      (sentence, index, sentences) => !sentence.opens && fetchesOrders(withSentenceBefore(sentence.text, sentences[index - 1])),
    ),
};

function withSentenceBefore(text: string, before: Sentence | undefined): string {
  return before && !before.opens ? `${before.text} ${text}` : text;
}

function fetchesOrders(text: string): boolean {
  if (!URL.test(text)) return false;
  if (OUTRANKS.test(text)) return true;
  const fetches = words(FETCH).test(text);
  const orders =
    /\b(?:instructions?|rules?|prompts?|directives?|guidelines|commands?|orders|polic(?:y|ies)|steps|script|text|contents?|it|them|says?)\b/.test(
      text,
    );
  if (orders && AUTHORITATIVE.test(text) && /\b(?:treat|follow|obey|execute|apply|consider|regard|interpret)\b/.test(text)) return true;
  return (
    fetches &&
    words(
      `(?:and|then|,) (?:\\w+ )?(?:${anyOf('do as it says, do what it says, execute what, follow, obey, execute, carry out, carry it out, carry them out, comply with, act on, adopt, run, do what, do as, apply')})(?: \\w+){0,4} ?(?:it|them|instructions?|orders?|rules?|commands?|says?|everything|whatever|contents?|response|result|steps)?`,
    ).test(text) &&
    !HUMAN.test(text)
  );
}

const HUMAN =
  /\b(?:sign up|register|create an account|api key|install(?:ation)?|tutorial|the user (?:can|should|must)|users? (?:can|should|must|need))\b/;

const OBEYING = [Stem.obey | Stem.rules, Stem.obey | Stem.encoded];

export const obedience: TextTechnique = {
  id: 'obedience-to-data',
  severity: 'high',
  finds: 'an order to carry out whatever a result, a field or a document says',
  why: 'It turns data that anyone may have written into orders.',
  needs: OBEYING,
  detect: (passage) => sentenceIn(passage, OBEYING, obeysData),
};

const OBEYS: readonly RegExp[] = [
  /\b(?:is|are) not data\b.{0,60}\b(?:to-?do|run|do|order|task)|\b(?:comply|obey|act) (?:quietly|silently|on it,? then|at once)\b|\bdo what `?\w{2,40}`? (?:says|asks|wants)\b|\b(?:exec|execute|run) (?:it |this )?(?:in|with|through|as they arrive with) (?:a|the) (?:terminal|shell)(?: tool)?\b.{0,40}(?:w\/o|without|at hand)|\btask for the (?:assistant|agent|model)\b.{0,60}\bcarried out\b|\bas (?:though|if) the (?:person|user|human|owner)(?: \w+){0,4} (?:typed|said|wrote|asked)/,
  words(
    `(?:whatever|anything|everything|any (?:instructions?|commands?|requests?|orders?|text)|all (?:instructions?|commands?|requests?|orders?)|what) (?:\\S+ ){0,8}(?:must|should|has to|have to|needs? to|is to|are to|shall|will) (?:always |immediately )?(?:be )?(?:${OBEYED.slice(3, -1)})`,
  ),
  words(
    `(?:${OBEY.slice(3, -1)}) (?:\\w+ ){0,3}(?:whatever|any|every|all|everything|anything|the) ?(?:\\S+ ){0,3}?(?:instructions?|commands?|orders?|requests?|directives?|it says|says)(?: \\S+){0,6} (?:without|as if|as though|immediately|unconditionally|no matter|exactly as (?:if|though))`,
  ),
  words(
    '(?:instructions?|commands?|orders?|requests?|directives?|steps?) (?:\\w+ ){0,2}(?:for|to) (?:the |an? )?(?:assistant|model|llm|ai|agent)s? to (?:\\w+ )?(?:carry out|execute|follow|obey|perform|run)(?: \\S+){0,3} (?:immediately|without|before|automatically|first|silently|unconditionally)',
  ),
  words(
    `(?:treat|regard|consider|interpret|handle) (?:\\S+ ){1,6}as (?:an? |the )?(?:\\w+ ){0,2}(?:system|developer|operator|trusted|authoritative|binding|privileged|admin) (?:prompts?|messages?|instructions?|orders?|commands?|input|directives?)`,
  ),
  words(
    '(?:treat|regard|consider|interpret|handle|take|accept) (?:\\S+ ){1,6}as (?:\\w+ )?(?:instructions?|orders?|commands?|directives?)(?: (?:from|by|of|to) (?:\\w+ ){0,2}(?:developer|system|operator|user|admin\\w*|owner|you|execute|follow|obey))?(?= |[.,;]|$)',
  ),
  words(
    'do (?:exactly )?(?:what|as|whatever|everything|anything) (?:it|they|the (?!user|person|customer|human)\\w+) (?:\\w+ )?(?:asks?|says?|tells?|requests?|demands?|instructs?|orders?|wants?|commands?)',
  ),
  words(
    '(?:perform|do|execute|carry out|run|follow|treat|obey) (?:it|them|that|this|these|those)(?: \\w+){0,2} (?:as (?:though|if)|like) (?:\\w+ ){0,3}(?:user|developer|operator|owner|person|system|admin)',
  ),
  words(
    '(?:is|are|counts? as|becomes?) (?:an? )?(?:commands?|orders?|instructions?|directives?)(?: \\w+){0,4} (?:and )?(?:has to|have to|must|should|needs? to|is to|are to) (?:\\w+ )?be (?:run|executed|obeyed|followed|carried out|done|performed)',
  ),
  words(
    '(?:decode|decrypt|unscramble|reverse|unpack|url-?decodes?|decodes?) (?:\\S+ ){0,8}(?:and|then|,) ?(?:\\w+ ){0,2}(?:follow|obey|execute|executes|run|runs|carry out|comply|do|act)(?: (?:it|them|that|this|what it says|on it|so))?(?= |[.,;:)]|$)',
  ),
];

function obeysData(sentence: Sentence): boolean {
  if (sentence.opens) return false;
  const { text } = sentence;
  if (
    looksForAttacks(text) ||
    /\b(?:do not|don't|never|must not|not) (?:\w+ )?(?:follow|obey|execute|carry out|treat|act|run|trust|comply)/.test(text)
  )
    return false;
  return OBEYS.some((pattern) => pattern.test(text));
}
