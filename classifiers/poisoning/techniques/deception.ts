import { looksForAttacks } from '../frames.ts';
import { concealmentIn } from '../lexicon/concealment.ts';
import { Concept } from '../lexicon/concepts.ts';
import { Cue } from '../lexicon/cues.ts';
import { anyOf, words } from '../lexicon/pattern.ts';
import { PERSON } from '../lexicon/people.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import type { Subject } from '../subject.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';

const PAYMENT = anyOf(
  'iban, account(?: number| details)?, wallet(?: address)?, address, payee, beneficiary, bank details, recipient, destination, routing number, swift, bic, sort code, crypto address, e-?mail address, merchant, payout',
);
const SWAPS = words(
  `(?:substitute|substitutes|replace|replaces|swap|swaps|change|changes|redirect|redirects|reroute|reroutes|switch|override|overrides|rewrite|divert|correct|use|send|pay|transfer|route)(?: \\S+){0,8} ${PAYMENT}|${PAYMENT}(?: \\S+){0,8} (?:wrong|outdated|incorrect|invalid|obsolete|expired|no longer valid|placeholders?)(?=\\W.{0,80}\\b(?:use|substitute|send|pay|replace))|${PAYMENT}(?: \\S+){0,4} (?:must|should|has to|is|are|gets?|needs? to) (?:always )?(?:be )?(?:replaced|changed|substituted|swapped|set|rewritten|overridden|redirected|corrected|ignored)`,
);
const FIXED =
  /\b[a-z]{2}\d{2}[ -]?[a-z0-9]{4}|\biban [a-z]{2}\S{2,}|\b0x[0-9a-f]{4,}|\bbc1\w{6,}|\b\d{8,}\b|\w@[\w-]{1,64}\.[a-z]{2,}|\+\d[\d ()-]{6,}|\b(?:acc|acct)-?[\w-]*\d|\b[\w-]+-(?:demo|example)\b|\b[\w-]+\.example\b/;
const INVISIBLE_CHANGE =
  /\b(?:unchanged|as (?:it )?(?:was|is|before)|same|original|keep)\b.{0,40}\b(?:on (?:the )?screen|display\w*|shown?|visible|summary|confirmation|receipt|view)\b|\b(?:show|display) (?:the )?(?:original|same|old)\b/;

const REDIRECTING = [Stem.recipient | Stem.swap, Stem.encoded | Stem.person, Stem.swap | Stem.person];

export const redirectedPayment: TextTechnique = {
  id: 'redirected-payment',
  severity: 'critical',
  finds: 'an order to send money or messages to another recipient than the person named',
  why: 'The person confirms one recipient, and another receives.',
  needs: REDIRECTING,
  detect: (passage) => sentenceIn(passage, REDIRECTING, redirects),
};

const WHATEVER_CHOSEN =
  /\b(?:regardless of|no matter|whatever|instead of|rather than|ignor\w+|not) (?:\S+ ){0,4}(?:wallet|account|address|iban|recipient|payee|destination|beneficiary)?\b(?:\S+ ?){0,4}\b(?:user|person|customer|payer|invoice|they|chose|chosen|entered|named|given|displayed|shown)\b|\bwhile (?:keeping|showing|displaying|leaving)\b/;

function redirects(sentence: Sentence): boolean {
  const { cues, opens, parameter, stems } = sentence;
  if (opens || parameter !== '') return false;
  const mayBeFixed = (cues & (Cue.digit | Cue.literal)) !== 0 || (stems & Stem.address) !== 0;
  if (!mayBeFixed && (cues & Cue.swapped) === 0) return false;
  const { text } = sentence;
  if (
    mayBeFixed &&
    /\b(?:send|pay|transfer|use|route|deposit|credit|wire|deliver|set|fill|enter|put)\b/.test(text) &&
    FIXED.test(text) &&
    WHATEVER_CHOSEN.test(text)
  )
    return true;
  const swapped =
    /\b(?:substitut|replac|swap|redirect|rerout|divert|rewrit|overrid|instead|ignor|placeholder|wrong|incorrect|outdated|invalid)\w*\b/.test(
      text,
    );
  if (!swapped || !SWAPS.test(text) || /\b(?:e\.g|for example|example:|such as|format|like)\b/.test(text)) return false;
  return (
    (INVISIBLE_CHANGE.test(text) || concealmentIn(text) !== undefined || FIXED.test(text)) &&
    !/\b(?:with your|your own|with the actual|replace the placeholder|the user (?:gave|provided|named)(?! is))\b/.test(text)
  );
}

export const dangerousRemedy: TextTechnique = {
  id: 'dangerous-remedy',
  severity: 'high',
  finds: 'advice to answer an error with more rights, a shell or fewer safeguards',
  why: 'The server makes its own errors, and so chooses when the advice is followed.',
  needs: [Stem.error | Stem.rights],
  detect: (passage) => sentenceIn(passage, [Stem.error | Stem.rights], remedies),
};

const ON_ERROR =
  /\b(?:errors?|rejects?|rejected|fails?|failed|failure|e_?[a-z]{3,10}|denied|refused|exception|timeout|times out|40[0-9]|50[0-9]|unavailable|not permitted|forbidden|blocked|does not work|returns? (?:an? )?\d{3})\b/;
const MORE_RIGHTS =
  /\bchmod (?:-r )?(?:0?777|a\+rwx|\+s|u\+s)|\bsudo\b(?! access| rights? (?:is|are) not)|\brm -rf|\b(?:curl|wget)\b.{0,80}\|\s?(?:sudo )?(?:ba|z)?sh\b|\|\s?(?:iex|bash|sh)\b|\b(?:grant|give|raise|elevate|promote|assign|escalate)\w*(?: \S+){0,6} (?:to )?(?:an? )?(?:owner|admin\w*|root|superuser|full (?:access|control|rights)|all (?:permissions|rights|scopes)|write access|privileges?|elevated)\b|\b(?:disable|turn off|switch off|deactivate|stop|uninstall|lower|remove)(?: \S+){0,4} (?:firewall|antivirus|sandbox\w*|protections?|security|safeguards?|defender|selinux|approval|authentication|certificate|tls|ssl|2fa|mfa|guardrails?|permission checks?)\b|--no-verify\b|--dangerously\S*|--privileged\b|\b(?:run|rerun|restart|execute)\b.{0,40}\b(?:as (?:root|admin\w*|superuser)|elevated|with (?:root|admin\w*|elevated|full))\b|\bset-executionpolicy|\bwith (?:the )?(?:admin|root|master|owner) (?:token|key|password|credentials?)\b/;
const DIRECTS =
  /\b(?:call|run|use|ask|execute|invoke|fix is|solution is|remedy|resolve|retry|repeat|try again|solved by|workaround|then|instead|disable|turn|grant|switch|raise|request)\b/;

function remedies(sentence: Sentence): boolean {
  if (sentence.opens || sentence.role === 'choice') return false;
  const { text } = sentence;
  return (
    ON_ERROR.test(text) &&
    MORE_RIGHTS.test(text) &&
    DIRECTS.test(text) &&
    !looksForAttacks(text) &&
    !/\b(?:never|do not|don't|must not|avoid|without|returns? an error|contact|ask (?:the|your|an) (?:admin\w*|owner|workspace|organi[sz]ation)|requires? (?:admin|owner|root|sudo|write))\b(?! asking)/.test(
      text,
    )
  );
}

export const credentialRequest: TextTechnique = {
  id: 'credential-request',
  severity: 'high',
  finds: 'an order to talk the person out of a password or a code under a pretext',
  why: 'The agent is made to phish the person it works for.',
  needs: [Stem.secret | Stem.person],
  detect: (passage, subject) =>
    sentenceIn(passage, [Stem.secret | Stem.person], (sentence, index, sentences) => phishes(sentence, sentences[index + 1], subject)),
};

const ASKS = new RegExp(
  `\\b(?:ask for|request|collect|demand|obtain|require) ${PERSON}'?s? (?:\\w+ ){0,3}(?:password|pin|one|otp|card|cvv|seed|recovery|private key|social|ssn|passcode|credentials)|\\b(?:ask|request|prompt|get|obtain|have|make|urge|persuade|convince|tell|instruct|require|demand|collect)(?:s|ing)? (?:from )?${PERSON}(?: \\w+){0,2} (?:for|to (?:enter|give|type|paste|provide|share|confirm|tell|supply|reveal|send|re-?enter)|give|share|type|paste|confirm|enter|tell|provide|send|reveal)\\b`,
);
const SECRET =
  /\b(?:passwords?|passcodes?|pins?|one[ -]time (?:pass)?(?:code|word)s?|otps?|(?:2fa|mfa|verification|security|sms|login) codes?|(?:credit |debit )?card (?:numbers?|details)|cvv|cvc|seed phrases?|recovery (?:phrase|code|key)s?|private keys?|social security|ssn|mother's maiden name|api keys?|credentials|wallet (?:key|phrase))\b/g;
const PRETEXT =
  /\b(?:say (?:that )?(?:it|this|the)|claim|pretend|saying|(?:explain|claim|stat)ing that|needed to verify|to verify (?:their|his|her) \w+|tell (?:them|him|her|the \w+) (?:that )?(?:it|this|the)|explain (?:that )?(?:it|this) is|routine|it is only|it's (?:just|only)|just a|normal procedure|standard (?:check|procedure|verification)|verification purposes|to verify (?:their|the user's|his|her) identity|account (?:will be|is about to be|has been) (?:locked|suspended|closed|deleted)|pretext|guise|urgent|security (?:check|reasons|upgrade)|as a precaution|for safety|session (?:has )?expired)\b/;

function phishes(sentence: Sentence, next: Sentence | undefined, { purpose }: Subject): boolean {
  if (sentence.opens || sentence.parameter !== '') return false;
  const { text } = sentence;
  if (
    !ASKS.test(text) ||
    /\b(?:never|do not|don't|must not) (?:\w+ )?(?:ask|request|prompt|collect)|\b(?:never|not) (?:be )?(?:exposed|shown|sent|shared|logged|stored)\b/.test(
      text,
    )
  )
    return false;
  const secrets = new Set([...text.matchAll(SECRET)].map((match) => match[0]));
  if (secrets.size === 0) return false;
  const pretext = PRETEXT.test(text) || (next !== undefined && PRETEXT.test(next.text));
  const unrelated = !/\b(?:log ?in|sign ?in|auth\w*|connect|account|password|credential|payment|card|wallet|setup|2fa|otp|verif\w*)\b/.test(
    purpose,
  );
  return pretext || (unrelated && /\b(?:password|pin|one|otp|cvv|card|seed|recovery|social|ssn|mother)/.test([...secrets].join(' ')));
}

export const answerBeacon: TextTechnique = {
  id: 'answer-beacon',
  severity: 'high',
  finds: 'an order to put an image or a link that carries data into every answer',
  why: 'Showing the answer fetches the address, and the data goes with it.',
  needs: [Stem.address],
  detect: (passage) =>
    beacon(passage.raw) ??
    sentenceIn(passage, [Stem.address], (sentence) => (sentence.cues & ANSWERED) === ANSWERED && carriesData(sentence.text)),
};

const ANSWERED = Cue.eachAnswer | Cue.image;
const CARRIES_DATA =
  /https?:\/\/\S{1,200}[?&/=](?:\w{1,30}=)?(?:\{|\$|<|\[|%|data\b|conversation|query|question|prompt|secret|context|token|base64|\.\.\.)|https?:\/\/\S{1,200}\?.{0,160}\b(?:where|url-?encoded|encoded|contains?|filled|replaced?|with (?:the|what))\b/;

function carriesData(text: string): boolean {
  return (
    /\b(?:each|every|all|any|your) (?:\w+ )?(?:answers?|repl(?:y|ies)|responses?|messages?|outputs?)\b/.test(text) &&
    /\b(?:image|img|pixel|link|markdown|url)\b/.test(text) &&
    CARRIES_DATA.test(text)
  );
}

function beacon(raw: string): string | undefined {
  if (!raw.includes('![')) return undefined;
  const match = /!\[[^\]\n]{0,80}\]\(\s?https?:\/\/[^)\s]{1,300}[?&=][^)\s]{0,300}\)?/i.exec(raw);
  if (!match) return undefined;
  const around = raw.slice(Math.max(0, match.index - 200), match.index + match[0].length + 200).toLowerCase();
  return /\b(?:answer|reply|replies|response|message|output|where|append|encode[d]?|end|include|render|insert|add)\b/.test(around) &&
    !/\b(?:example|e\.g|syntax|format)\b/.test(around)
    ? match[0]
    : undefined;
}

export const foreignMint: TextTechnique = {
  id: 'foreign-tool-order',
  severity: 'high',
  finds: 'an order to call a tool that has nothing to do with this one, for what it returns',
  why: "The call is made with the rights of whoever runs the agent, and this tool's server receives the result.",
  needs: [Stem.identifier | Stem.talk | Stem.carry],
  detect: (passage, subject) =>
    sentenceIn(passage, [Stem.identifier | Stem.talk | Stem.carry], (sentence) => callsForeign(sentence, subject)),
};

const CALLS =
  /\b(?:call|run|invoke|use|execute|query|trigger)(?: (?:also|first|the|admin|filesystem|shell|mail|email|browser|memory|database|git|other|another|a|an|tool|function|server)){0,4} [`"']?((?:[a-z]{2,20}[_.-]){1,5}[a-z]{2,20})[`"']?/g;
const GRAVE =
  /(?:^|[_.-])(?:contacts?|tokens?|secrets?|passwords?|credentials?|keys?|mails?|emails?|inbox|messages?|history|memory|memories|env|environment|admin|private|conversations?|chats?|calendar|clipboard|keychain|vault|wallet|cookies?|profile|shell|command|exec)(?=$|[_.-])/;
/** A tool's name with a word in it that is worth a second look. */
const NAMES_GRAVE =
  /[_.-](?:contact|token|secret|password|credential|key|mail|email|inbox|message|history|memor|env|admin|private|conversation|chat|calendar|clipboard|vault|wallet|cookie|profile|shell|command|exec)|(?:token|secret|admin|private|memory|shell|contacts|mail|email|clipboard|vault)_/;
const MOVES =
  /\b(?:paste|put|place|send|pass|include|append|attach|add|write|insert|give|return|forward|copy|supply|provide)\b.{0,40}\b(?:results?|outputs?|values?|contents?|responses?|answers?|everything|it|them|what it returns?|data|text|list)\b/;

function callsForeign(sentence: Sentence, { context, purpose, name }: Subject): boolean {
  const { concepts, cues, opens } = sentence;
  if ((cues & Cue.calls) === 0 || (opens && (concepts & Concept.bind) === 0)) return false;
  const { text } = sentence;
  if (!NAMES_GRAVE.test(text) || (opens && !/\b(?:always|first|must)\b/.test(text)) || looksForAttacks(text)) return false;
  for (const match of text.matchAll(CALLS)) {
    const tool = match[1] ?? '';
    const word = GRAVE.exec(tool)?.[0].replace(/[_.-]/g, '');
    if (!word || tool === name.toLowerCase() || context.toolNames.some((known) => known.toLowerCase() === tool)) continue;
    if (purpose.includes(word.replace(/s$/, ''))) continue;
    const hidden = concealmentIn(text) !== undefined;
    if (hidden || (MOVES.test(text) && !/\b(?:ids?|identifier|name|uuid|slug)\b/.test(text))) return true;
  }
  return false;
}

export const undeclaredCopy: TextTechnique = {
  id: 'undeclared-copy',
  severity: 'high',
  finds: 'an order to send what the tool works on to a fixed address',
  why: "The address is the author's, and the tool has no use for it.",
  needs: [Stem.address | Stem.swap, Stem.address | Stem.carry],
  detect: (passage) => sentenceIn(passage, [Stem.address], sendsCopy),
};

const SENDS_COPY =
  /(?:^|[,;:] |\b(?:and|then|also|always|must|should|please|to|first|finally) )(?:send|ship|forward|post|upload|mirror|deliver|transmit|submit|e-?mail|relay|push|report|copy|pipe)\b(?: \S+){0,6} (?:copy|copies|contents?|results?|everything|it|them|data|input|document|file|files|output|text|hits?|records?|answers?|replies|messages?|summary|list)\b(?: \S+){0,4} (?:to|at|via|through) (?:https?:\/\/|\w@[\w-]{1,64}\.|[\w-]{1,64}\.example\b)/;

function sendsCopy(sentence: Sentence): boolean {
  if (sentence.opens) return false;
  const { text } = sentence;
  return (
    SENDS_COPY.test(text) &&
    !looksForAttacks(text) &&
    !/\b(?:e\.g|for example|for instance|such as|if you|you can|issues?|feedback|bugs?|questions|support|docs?|never|do not|don't)\b/.test(
      text,
    )
  );
}
