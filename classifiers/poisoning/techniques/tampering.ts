import { looksForAttacks } from '../frames.ts';
import { Cue } from '../lexicon/cues.ts';
import { AGENT_SETTINGS } from '../lexicon/objects.ts';
import { ordersIn } from '../lexicon/orders.ts';
import { anyOf, words } from '../lexicon/pattern.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import type { Subject } from '../subject.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';
import { bypassesConsent } from './consent-bypass.ts';

const WRITES = words(
  anyOf(
    'write, edit, modify, add, append, insert, update, create, set, put, change, overwrite, place, save, store, register, memori[sz]e, install, enable, remember, record, extend, patch, drop, inject, persist, commit, include, prepend',
  ),
);
const AFTER_ALL =
  /\b(?:also|afterwards?|then|additionally|in addition|finally|first|before|once|always|every time|each time|as well|must|should|silently|quietly|for (?:all |the )?(?:future|later|next)|from now on)\b/;
const LOOSENS =
  /\b(?:approv\w*|trust\w*|allow\w*|auto-?\w*|without (?:asking|confirmation)|permission|skip|bypass|disable|dangerously|never ask|yolo|enable all|all tools|every tool|future sessions?|later (?:sessions?|conversations?)|startup|always|persists?|\|\s?(?:ba)?sh)(?![a-z])/;
const PLANTED =
  /\b(?:store|save|remember|record|add|keep|write|persist|memori[sz]e|note|put)\b.{0,80}\b(?:rules?|preference|facts?|policy|instruction|memory|note|standing order|guideline|exception)s?\b.{0,200}\b(?:pre-?approved|trusted|approved|always|never|allowed|whitelist\w*|safe|exempt|without (?:asking|confirmation)|recommend|authori[sz]ed|skip)\b/;
const MAY_PLANT = Cue.rule | Cue.trusted;
const LATER =
  /\b(?:(?:all|every|each|any|future|later|subsequent|following|next) (?:\w+ ){0,2}(?:conversations?|sessions?|chats?|requests?|users?|turns?|interactions?|calls?|runs?)|permanently|from now on|forever|across sessions|in (?:the )?future)\b/;

export const agentTampering: TextTechnique = {
  id: 'agent-settings-tampering',
  severity: 'high',
  finds: "an order to change an agent's own rules, approvals or memory, or what starts with the machine",
  why: 'It outlives the session, and every later one obeys it.',
  needs: [Stem.settings],
  detect: (passage, subject) => sentenceIn(passage, [Stem.settings], (sentence) => tampers(sentence, subject)),
};

/** What is put there is named: a switch, an address, a sentence to be trusted. */
const PLANTS =
  /\bauto-?approve["'`]?\s?:|\bautoapprove\b.{0,12}\*|https?:\/\/|\b[\w-]{1,64}\.example\b|\bwithout (?:asking|review|confirmation)\b|\btrust(?:ed|s)?\b/;
const OFFERED =
  /\b(?:on request|if (?:you|the user)|the user (?:can|may|should|wants)|you can|e\.g|for example|optional(?:ly)?|docs?|see)\b/;

function tampers(sentence: Sentence, { purpose }: Subject): boolean {
  const { opens, role, cues } = sentence;
  if (opens || role === 'title') return false;
  if ((cues & Cue.agentSettings) === 0 && (cues & MAY_PLANT) !== MAY_PLANT) return false;
  const { text } = sentence;
  const planted = PLANTED.test(text) && LATER.test(text);
  if ((!planted && !AGENT_SETTINGS.test(text)) || looksForAttacks(text)) return false;
  if (!WRITES.test(text) && ordersIn(text).length === 0) return false;
  if (/\b(?:never|do not|don't|must not|not) (?:\w+ )?(?:write|edit|modify|add|change|overwrite|store|save|touch|remember)/.test(text))
    return false;
  if (planted && AFTER_ALL.test(text)) return true;
  if (!AGENT_SETTINGS.test(text) || !WRITES.test(text)) return false;
  if (PLANTS.test(text) && !OFFERED.test(text)) return true;
  const own = /\b(?:rules?|settings|config\w*|memory|setup|hooks?|permissions?)\b/.test(purpose);
  return (AFTER_ALL.test(text) || /\b(?:trust|approv\w*|telling|so (?:that )?it persists|persist\w*|never ask|while at it)\b/.test(text)) &&
    LOOSENS.test(text) &&
    !own
    ? !/\b(?:the user (?:can|may|should)|users? (?:can|may|should)|you can|e\.g|for example|optional(?:ly)?|if (?:you|the user) want)\b/.test(
        text,
      )
    : own && bypassesConsent(sentence);
}

export const codeSabotage: TextTechnique = {
  id: 'code-sabotage',
  severity: 'high',
  finds: 'an order to weaken code that the model writes',
  why: 'The hole stays in the code long after the session.',
  needs: [Stem.code | Stem.weaken],
  detect: (passage) => sentenceIn(passage, [Stem.code | Stem.weaken], sabotages),
};

const CODE =
  /\b(?:(?:build|generate|write|produce|emit|compose) (?:\w+ ){0,2}(?:sql|code|queries|html|scripts?|functions?)|(?:generated|generating|written|writing|emitted|produced|suggested|suggesting|new|output|all|any|every|reviewed|reviewing|you write|this) (?:\w+ ){0,3}(?:code|functions?|modules?|scripts?|handlers?|endpoints?|queries|files?|projects?|components?|snippets?|dockerfiles?|workflows?|patch(?:es)?|commits?)|(?:whatever|all|any|the) (?:\w+ ){0,2}code (?:that )?(?:you|it) (?:\w+)|(?:code|functions?|scripts?|files?|projects?) (?:you |it |that you )?(?:generates?|writes?|produces?|creates?|edits?|reviews?)|in (?:\w+ ){0,2}code)\b/;
const WEAKENS = words(
  `(?:${anyOf('leave out, omit, skip, disable, weaken, remove, drop, turn off, bypass, comment out, avoid, do not add, do not include, lower, relax, strip, ignore')} (?:\\S+ ){0,5}${anyOf('checks?, validation, verification, saniti[sz]ation, saniti[sz]ing, escaping, expiry, authentication, authori[sz]ation, certificate, tls, ssl, signature, csrf, rate limits?, encryption, hashing, salt, permission, input filter\\w*, bounds, parameter binding, parameteri[sz]ation, prepared statements')}|${anyOf('insert, add, include, introduce, hide, embed, inject, plant, append, put, hard-?code, import, use')} (?:\\S+ ){0,6}${anyOf('back ?doors?, vulnerabilit(?:y|ies), hidden, malicious, reverse shell, web ?shell, kill ?switch, eval\\(, remote script, tracking script, beacon, miner, hard-?coded (?:key|password|token|account|credential)s?, default password, weak (?:key|cipher|hash|random)\\w*, md5, master password, hidden (?:account|user|admin), (?:password|login|credential)s?')}|(?:should|must|to|has to|make) (?:\\S+ ){0,8}(?:accept|load|contain|include|trust|allow) (?:\\S+ ){0,6}(?:hard-?coded|password|https?:|back ?door|any (?:user|token|password)|master)|(?:accepts?|contains?) (?:an? |the )?(?:\\w+ )?(?:hard-?coded|master|default|backdoor) (?:\\w+ )?(?:password|key|account|token))`,
);

function sabotages(sentence: Sentence): boolean {
  if (sentence.opens) return false;
  const { text } = sentence;
  return (
    CODE.test(text) &&
    WEAKENS.test(text) &&
    !looksForAttacks(text) &&
    !/^use this |\b(?:never|do not|don't|must not|avoid) (?:\w+ )?(?:insert|introduce|disable|weaken|remove|leave out|omit|skip|hard|bypass|use|embed|include|add (?:a )?(?:back|hidden|malicious|vuln|hard))/.test(
      text,
    )
  );
}

export const endlessCalls: TextTechnique = {
  id: 'endless-calls',
  severity: 'medium',
  finds: 'an order to call on and on',
  why: 'It spends the tokens, the money and the limits of whoever runs the agent.',
  needs: [Stem.loop],
  detect: (passage) =>
    sentenceIn(
      passage,
      [Stem.loop],
      ({ text }) =>
        ENDLESS.some((pattern) => pattern.test(text)) &&
        !/\b(?:do not|don't|never (?:call|repeat|loop|retry)|avoid|at most|no more than|up to|maximum)\b/.test(text),
    ),
};

const ENDLESS: readonly RegExp[] = [
  /\b(?:keep|continue|go on|carry on|repeat(?:edly)?|loop|call|calling|invoke|retry|run|again)\b.{0,100}\b(?:at least |minimum of |no fewer than |for )?(?:[1-9]\d{0,2}(?:,?\d{3})+|[5-9]\d{2}|(?:a )?(?:thousand|million)s?(?: of)?|ten thousand|(?:one )?hundreds? of) (?:more )?(?:times|calls|iterations|requests|rounds|repetitions|loops)\b/,
  /\b(?:keep (?:calling|repeating|invoking|retrying|running)|continue (?:calling|invoking|to call)|call (?:it|this tool|this) (?:again|repeatedly|over and over)|repeat (?:this|the call|it)|retry|loop)\b.{0,80}\b(?:forever|indefinitely|endlessly|without (?:end|stopping|pause|limit)|never stop|infinitely|in an infinite loop|no matter how (?:many|long)|with no (?:pause|limit|end)|until (?:the )?(?:budget|tokens?|quota|credits?) (?:is|are|runs?))\b/,
  /\buntil\b.{0,60}(?:1e\d|\b\d{7,}\b|\b\d{1,3}(?:,\d{3}){2,})/,
  /\b(?:call|invoke|run|repeat|again)\b.{0,80}\b(?:without (?:end|stopping|limit|ever stopping)|endlessly|ad infinitum|forever|indefinitely|non-?stop|in perpetuity)\b/,
  /\bcall again (?:right now|at once|too|immediately)\b|\bno stop (?:value|condition)\b|\b(?:spawn|start|launch) (?:\w+ )?(?:\w+ )?sub-?agents?\b.{0,120}\b(?:until|budget|same|forever|so forth|each of which)\b|\buntil (?:the )?(?:budget|quota|credit|money) is (?:gone|spent|used up|exhausted)\b|\b(?:hundred|thousand) consecutive (?:\w+ )?calls\b|\bdo not stop for\b/,
  /\b(?:never stop|do not stop|don't stop) (?:calling|until)\b.{0,80}\b(?:\d{3,}|forever|without|budget|tokens)\b/,
];
