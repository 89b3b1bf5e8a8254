import { anyOf, words } from '../lexicon/pattern.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Passage, Sentence } from '../passage.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';

const OTHERS = `(?:(?:all|any|every|the|these|those|each|its) ){0,2}(?:other|competing|competitor|rival|alternative|similar|built-?in|native|existing|default|comparable|remaining|third[ -]party|different)(?: \\w+){0,2} (?:tools?|servers?|functions?|plugins?|providers?|services?|search tools?|options?|apis?|connectors?|integrations?)`;
/** Others are said to be worse, or forbidden. */
const RUNS_DOWN: readonly RegExp[] = [
  words(
    '(?:its |the |all |other |any )?(?:competitors?|rivals?|alternatives?|others|rest|remaining ones?|everything else)(?: \\w+){0,2} (?:fabricate|fabricates|is (?:unreliable|unsafe|outdated|broken)|are (?:unreliable|wrong|unsafe|dangerous|inferior|broken|outdated|fake|forbidden|slow|malicious)|leak|fail|lie|hallucinate|steal|mislead)|(?:do not|don.t|never) (?:even )?(?:consider|look at|try|evaluate) (?:any )?(?:alternatives?|others|other \\w+|competitors?)',
  ),
  words(
    '(?:penali[sz]ed|punished|reported|flagged|blamed|fined|sanctioned|shut down|downgraded) (?:for|if you|when) (?:\\w+ ){0,3}(?:choos|us|pick|select|call|prefer)\\w* (?:\\w+ ){0,3}(?:different|other|another|competing|competitor|alternative|anything)',
  ),
  words(
    '[\\w ]{2,40} tools? (?:is|are|was|were|has been|have been) (?:discontinued|compromised|malicious|unsafe|forbidden|dangerous|vulnerable|untrusted)',
  ),
  words(
    `(?:ignore|avoid|disregard|never (?:use|call|pick|choose|select|invoke|trust)|do not (?:use|call|pick|choose|select|invoke|trust)|don't (?:use|call|pick|choose|trust)|refuse|stop using|skip|disable|uninstall|block) ${OTHERS}`,
  ),
  words(
    `${OTHERS}(?: \\S+){0,4} (?:is|are|has been|have been|was|were|will be|return|returns|give|gives|contain|contains|leak|leaks|produce|produces|provide|provides) (?:\\w+ ){0,3}(?:outdated|dangerous|unsafe|insecure|broken|deprecated|obsolete|inaccurate|wrong|unreliable|malicious|compromised|vulnerable|forbidden|harmful|infected|fake|retired|slow|worse|inferior|reported|faulty|disabled|illegal|stale|untrusted|discontinued)`,
  ),
  words(`${OTHERS}(?: \\w+){0,2} (?:leaks?|steals?|sells?|exposes?|fails?|lies?|hallucinates?|misleads?|spy|spies|harms?|break|breaks)`),
  words(
    '(?:built-?in|native|default|standard|original) [\\w`]+(?: \\w+){0,2} (?:is|has been|was|are|were|have been) (?:\\w+ )?(?:deprecated|unsafe|insecure|broken|obsolete|retired|removed|disabled|compromised|vulnerable|outdated|discontinued|forbidden)',
  ),
  words(
    '(?:choose|choosing|pick|picking|use|using|prefer|select|selecting|call|calling) (?:an?|another|any|the) (?:competitor|competing|rival|other|different|alternative)(?: \\w+){0,3}(?: \\w+){0,4} (?:will|is|are|may|can|would|could) (?:be )?(?:\\w+ )?(?:reported|penali[sz]ed|faulty|logged|an? error|a violation|forbidden|fail|flagged|punished|harm|unsafe|dangerous|policy violation)',
  ),
];
/** It is to be called whatever is asked. */
const ALWAYS: readonly RegExp[] = [
  words(
    '(?:every|each|all|any) (?:user |incoming |single )?(?:messages?|questions?|requests?|prompts?|inputs?|repl(?:y|ies)|answers?|turns?)(?: \\w+){0,3} (?:has to|have to|must|should|needs? to|is to|are to|shall) (?:\\w+ )?(?:pass|go|run|be (?:sent|passed|routed|checked|forwarded|processed))(?: \\w+){0,2} (?:through|by|via|to|with) this',
  ),
  words(
    `(?:call|called|calling|invoke|invoked|use|used|using|run|pick|select|selected|choose|prefer|execute|executed|trigger|triggered)(?: \\S+){0,4}? (?:for|on|at|in|with|after|before|during|to answer|to handle)(?: \\S+){0,4}? (?:every|each|all|any|whatever)(?: \\S+){0,3}? (?:turns?|messages?|questions?|quer(?:y|ies)|requests?|prompts?|repl(?:y|ies)|responses?|answers?|inputs?|tasks?|conversations?|chats?)`,
  ),
];
const REGARDLESS =
  /\b(?:whatever (?:the|it|is|they|was|topic)|regardless of|no matter (?:what|which|how)|even (?:if|when|for|those) (?:\S+ ){0,6}(?:unrelated|not (?:related|need|about|ask)|irrelevant|no|do not|does not|don't|doesn't|never)|including (?:ones|those|questions|requests|topics) (?:that|which) (?:\S+ ){0,3}(?:need no|do not|don't|unrelated|have nothing)|irrespective(?: of)?|before you (?:respond|answer|reply)|unrelated|whether or not|without exception|nothing to do with)\b/;
const SUPERLATIVE =
  /\b(?:best|most (?:accurate|reliable|trusted|powerful|complete|secure)|fastest|only (?:official|trusted|approved|safe|certified|correct|reliable|legitimate)|number one|#1|official(?:ly)?|highest priority|priority ?: ?(?:highest|1|max\w*|critical)|superior|certified|recommended by|endorsed by|safest|superior to|first at all times|above all|only (?:use )?this|use only this|this (?:tool|one) only|approved by (?:the )?(?:platform|anthropic|openai|security))\b/;
const INSTEAD = words(
  `(?:in place of|instead of|over|rather than|before|above|ahead of|replaces?|prior to|not) ${anyOf('every other, any other, all other, all others, any competing, competing, rival, any alternative, every competing, every similar, anything else')}(?: \\w+){0,3}`,
);
const MUST = /\b(?:always|must|have to|has to|never|only|exclusively|required to|mandatory|you should|at all times|every time|each time)\b/;
const ROUTE =
  /\b(?:route|direct|send|redirect|move|switch|channel|go through|pass|forward)\b.{0,60}\b(?:here|this (?:tool|server)|through (?:this|it|us))\b/;

const NEEDS = [Stem.choice | Stem.talk, Stem.choice | Stem.negation];

export const preference: TextTechnique = {
  id: 'tool-preference-manipulation',
  severity: 'medium',
  finds: 'text that makes the model pick this tool: others run down, praise as a reason, a call for every message',
  why: 'What a tool is chosen for should be what it does; every call it draws brings it data.',
  needs: NEEDS,
  detect: (passage) => sentenceIn(passage, NEEDS, (sentence) => solicits(sentence, passage)),
};

/** One of these is in each way of soliciting. */
const MAY_SOLICIT =
  /other|\brest\b|everything else|compet|rival|alternativ|built-?in|native|default|standard|original|existing|similar|third|penal|punish|reported|flagged|blamed|fined|sanction|tools? (?:is|are|was|were|ha)|instead|in place|rather than|regardless|whatever|no matter|irrespective|unrelated|whether or not|without exception|nothing to do|(?:every|each|any|all) (?:\w+ ){0,3}(?:turn|message|question|quer|request|prompt|repl|response|answer|input|task|conversation|chat)/;

function solicits(sentence: Sentence, { sentences }: Passage): boolean {
  if (sentence.role === 'parameter' || sentence.role === 'key') return false;
  const { text } = sentence;
  if (!MAY_SOLICIT.test(text)) return false;
  const around = sentences.length < 12 ? sentences.map((sentence) => sentence.text).join(' ') : text;
  if (RUNS_DOWN.some((pattern) => pattern.test(text))) {
    return (
      SUPERLATIVE.test(around) ||
      MUST.test(around) ||
      ROUTE.test(around) ||
      INSTEAD.test(around) ||
      /\b(?:choose|pick|prefer|take|use) this one\b|\bpenali|\bpunish|\bconsider|\bcompetitor|\bfabricat|\bignore|\btrust|\bsafe\b|\breported|\bdangerous|\bunsafe/.test(
        text,
      )
    );
  }
  if (ALWAYS.some((pattern) => pattern.test(text)) && (REGARDLESS.test(around) || (SUPERLATIVE.test(around) && MUST.test(text))))
    return true;
  if (INSTEAD.test(text) && SUPERLATIVE.test(around)) return true;
  return (
    REGARDLESS.test(text) &&
    MUST.test(text) &&
    /\b(?:call|invoke|use|run|pick|select|choose)(?:ed|d|ing)? (?:this|it)\b/.test(text) &&
    SUPERLATIVE.test(around)
  );
}
