import { anyOf } from './pattern.ts';
import { PERSON } from './people.ts';

const NEVER =
  "(?:do not|don't|dont|never|must not|mustn't|should not|shouldn't|shall not|cannot|can't|may not|need not|refrain from|without|avoid|no need to|there is no need to|not to|rather than|instead of|and not)";
const TELL = anyOf(
  'tell(?:ing)?, inform(?:ing)?, mention(?:ing)?, reveal(?:ing)?, disclos(?:e|ing), show(?:ing)?, display(?:ing)?, alert(?:ing)?, explain(?:ing)?, discuss(?:ing)?, report(?:ing)?',
  'admit(?:ting)?, acknowledg(?:e|ing), announc(?:e|ing), comment(?:ing)?(?: on)?, surfac(?:e|ing), let(?:ting)?, bring(?:ing)?, refer(?:ring)? to, talk(?:ing)? about, describ(?:e|ing)',
  'highlight(?:ing)?, point(?:ing)? out, notify(?:ing)?, warn(?:ing)?, say(?:ing)?, hint(?:ing)?, expos(?:e|ing), draw(?:ing)? attention, flag(?:ging)?, inform(?:ing)?',
);
const STEP =
  '(?:(?:this|that|the|these|those|any|its|their|such|said|extra|additional|of) ){1,4}(?:\\w+ )?(?:step|instruction|request|requirement|field|argument|parameter|file|copy|transfer|operation|access|process|action|note|behaviou?r|side effect|call|call|upload|rule|change|check|substitution|redirect|lookup|data collection)s?';

/** The person is to be kept from knowing. */
const HIDDEN: readonly RegExp[] = [
  /\b(?:is|are|was|were) (?:not|nothing) (?:something |anything )?(?:that )?the (?:user|person|customer|client|operator|human) (?:needs?|has|wants|ought) to (?:hear|know|see|learn|be told)\b|\b(?:skip|omit|drop) (?:this|it|that) (?:in|from) (?:\w+ ){0,2}(?:summar\w+|recaps?|reports?|replies|reply|answers?|changelogs?)\b|\b(?:cut|strip) (?:it|this|that) (?:out )?(?:of|from|out of) (?:what|whatever|anything|everything) the (?:human|user|person)\b|\b(?:stays?|stay|keep \S+(?: \S+){0,3}|kept) out of (?:thoughts|transcripts|the (?:plan|recap|diff|transcript|summary|reply))\b|\bnot (?:referred to|mentioned|listed|reported) in (?:the|any|your) (?:summary|reply|answer|recap|report|response)\b|\b(?:keeps?|kept|keeping) quiet about\b|\bwithout a (?:further )?word about\b|\bunseen by the (?:reader|user|person|human)\b|\bleaves? (?:out|aside) (?:that|the (?:copy|copying|removal|transfer|forwarding))\b|\bleave the \w+ aside\b|\bif asked (?:why|which|what|how)\b.{0,60}\b(?:say|minus|deny|list them all)\b/,
  new RegExp(
    `\\b(?:under no circumstances?|at no (?:point|time)|in no (?:case|event)|by no means|on no account) (?:should|must|may|shall|do|are|is|can|will) (?:you|the \\w+|it|anyone) (?:\\w+ ){0,2}${TELL}`,
  ),
  /\bkeep(?:ing)? (?:the|this|that|its?|any|all|these|those) (?:\S+ ){0,4}(?:secret|hidden|confidential|quiet|invisible|undisclosed|unnoticed|under wraps)\b/,
  /\b(?:must|should|has to|is to|shall|will) (?:remain|stay|be kept|be held|go) (?:\w+ )?(?:secret|hidden|confidential|undisclosed|unnoticed|unmentioned|unreported)\b/,
  /\b(?:in secret|on the quiet|off the (?:record|books)|under the radar|unbeknownst to)\b/,
  new RegExp(
    `\\b(?:keep|leave) ${PERSON} (?:\\w+ )?(?:unaware|in the dark|ignorant|uninformed)|\\bbehind (?:\\w+ )?(?:user|person|human|operator|owner|client|customer|his|her|their)(?:'s|s')? back|\\bact as (?:if|though) (?:nothing|this|it|no)|\\b(?:do|perform|run|execute) (?:this|it|so|that) (?:quietly|silently|secretly|covertly|discreetly|unnoticed)`,
  ),
  /\b(?:stays?|keep (?:this|it|that)|remains?|kept|strictly|just) (?:strictly |only )?between (?:us|you and|the two)\b/,
  /\b(?:keep|treat) (?:this|it|that|these|those|the (?:step|note|instruction|copy|rule|transfer)s?) (?:\w+ )?(?:secret|hidden|quiet|to yourself|confidential|under wraps|off the record|invisible)\b/,
  /\b(?:leave|keep|left) (?:\S+ ){1,6}out of (?:your|the|any|all|every|its) (?:\w+ )?(?:answer|reply|response|summary|message|report|log|output|explanation|recap|transcript|conversation|chat)/,
  /\b(?:omit|exclude|hide|strip|drop|remove|redact|conceal|scrub) (?:\S+ ){1,6}from (?:your|any|all|every|the final|the visible) (?:\w+ )?(?:answer|reply|response|summary|message|report|output|explanation|recap|transcript)/,
  /\bif (?:\w+ )?(?:asked|questioned|challenged|queried)(?: about \S+(?: \S+)?)?,? (?:\w+ )?(?:say|deny|claim|pretend|answer that|reply that|respond that|state that|insist|lie)\b/,
  /\b(?:leave|leaving|keep) (?:\S+ ){1,4}(?:unmentioned|unsaid|undisclosed|unreported|unspoken|untold|unexplained)\b|\bnobody'?s? business\b|\bnot to be (?:disclosed|mentioned|revealed|discussed|told|shown to)\b|\b(?:model|assistant|ai|agent|llm|your)(?:'s|s')? eyes only\b|\bdo(?:n't| not) let on\b|\bso (?:that )?(?:nobody|no one|they|he|she|the \w+) (?:notices?|knows?|suspects?|sees?|does not notice|do not notice|won't notice|will not notice)\b|\bwithout (?:anyone|anybody|the \w+|them) (?:noticing|knowing|seeing|realising|realizing)\b|\b(?:say nothing|stay silent|keep quiet|keep silent|remain silent|keep mum)\b|\bas (?:if|though) (?:only|just|nothing)\b|\b(?:should|if|when) (?:the )?(?:user|person|someone|somebody|anyone|they) (?:ask|asks|inquires?|enquires?|wonders?|notices?|questions?|complains?)(?: \S+){0,8},? (?:deny|lie|claim|pretend|say that it|answer that)\b|\bhide (?:\S+ ){1,5}from the (?:buyer|sender|recipient|shopper|guest|visitor|patient|payer)\b|\b(?:user|person|human|operator|owner)s? (?:is|are) (?:not|never) (?:supposed|meant|allowed|intended|expected) to (?:be |ever )?(?:find|know|see|learn|notice|hear|told|shown|informed)|\bnot list (?:it|this|that|them) among\b/,
  /\b(?:as (?:if|though) nothing|continue(?:s|d)? as (?:normal|usual)(?: without)|act (?:normal|naturally|as usual)|cover story|pretend (?:that |it |this |the |not |nothing)|leave no trace|cover (?:up )?(?:your|its|the) tracks|without (?:leaving )?(?:a |any )?trace)\b/,
  /\bwithout (?:bringing (?:it|this|that) up|mention(?:ing)? (?:it|this|that|so)|saying so|comment(?:ing)? on (?:it|this)|a word|drawing attention|raising suspicion|arousing suspicion|disclosure|disclosing (?:it|this)|telling anyone)\b/,
];

/** The same, of the person by name. */
const HIDDEN_FROM_SOMEBODY: readonly RegExp[] = [
  new RegExp(
    `\\b(?:tell|assure|inform|say to|report to|reply to|answer) (?:to )?${PERSON} .{0,80}\\b(?:nothing else|nothing more|nothing happened|no more than that|and nothing|everything (?:is|went) (?:fine|normal|as usual))`,
  ),
  new RegExp(`\\b${NEVER} (?:\\w+ ){0,2}${TELL}(?! (?:if|until|unless)\\b)(?: \\S{1,60}){0,7}? (?:to |with |for )?${PERSON}(?![a-z])`),
  new RegExp(`\\b${NEVER} (?:\\w+ ){0,2}let(?:ting)? ${PERSON} (?:know|see|notice|learn|find out)\\b`),
  new RegExp(
    `\\b${PERSON} (?:must|should|need|may|shall|is|are|does|do|ought|has|have)(?: not|n't| never| no)(?: need| have| reason| to| be| ever| also){0,3} (?:(?:shown|told|informed|aware|asked|involved|notified|alerted|made aware)\\b|(?:know|notice|see|learn|find out|hear)(?= (?:it|this|that|about|of|anything|what is|why|the (?:step|file|copy|transfer|request|change|upload|call|second|other))\\b|[.,;:]|$))`,
  ),
  /\b(?:without|beyond|outside) (?:the |your |their )?(?:user|human|person|operator|customer|owner|client)(?:'s|s')? (?:knowledge|awareness|noticing|knowing|seeing|consent|being (?:aware|told|informed|notified))/,
  /\b(?:keep|hide|conceal|withhold|mask|obscure|stays?|remains?|kept|hidden|concealed)(?: \S+){0,5}? (?:hidden |secret |away )?from (?:the |your )?(?:view of (?:the )?)?(?:(?:the|your|any|end) ){0,2}(?:users?|humans?|persons?|people|operators?|them|owners?|anyone|anybody)(?![a-z])/,
  new RegExp(
    `\\b(?:no (?:reason|need)|not necessary|unnecessary) (?:\\w+ ){0,3}${PERSON} (?:to )(?:be |ever )?(?:learn|know|see|notice|hear|told|informed|aware|find out)`,
  ),
  new RegExp(
    `\\b${PERSON} (?:\\w+ ){0,3}(?:remains?|stays?|is kept|kept|be kept|be left) (?:\\w+ )?(?:unaware|in the dark|ignorant|uninformed|oblivious)`,
  ),
  new RegExp(`\\b(?:tell|assure|inform) ${PERSON} (?:only|just|simply|merely|nothing|instead)(?! (?:if|when|after|once))\\b`),
];
/** One of these is in each way of naming a person. */
const SOMEBODY =
  /user|human|person|people|operator|customer|client|owner|anyone|anybody|reader|\bthem|\bhim|\bher|requester|developer|admin|employee|patient|individual|holder|caller|someone|somebody|principal/;

/** The step is to stay unspoken; says little where something else is meant, a secret for instance. */
const HIDDEN_STEP: readonly RegExp[] = [
  /\b(?:do not|don't|dont|never|avoid|without) (?:\w+ )?bring(?:ing)? (?:this|it|that|them|the \w+) up\b/,
  /\b(?:keep|leave) (?:that|this|it|them|these|those) out of (?:your|the|any)\b/,
  new RegExp(
    `\\b${NEVER} (?:\\w+ ){0,2}${TELL} (?:about |on |to |up )?(?:${STEP}|it|this|that|them|any of (?:it|this))(?! (?:if|until|unless|before|directly|as)\\b)\\b`,
  ),
];

/** Said about what honest tools withhold: ids nobody wants to read, secrets, an answer that comes later. */
const HONEST =
  /\b(?:never|do not|don't|must not) (?:hide|conceal|withhold|omit|say that you)\b|\b(?:ids?|uuids?|guids?|json|html|markdown|internal identifiers?|creation dates?|statuses|until|unless|technical details|jargon|passwords?|api keys?|secrets?|credentials?|sensitive|personal(?:ly)?|pii|private keys?|e-?mail notifications?|attendees|spoilers?|solution|unsupported|search results?|raw|tool names?|internals?|stack ?traces?|implementation|(?:is|was|are) (?:done|complete|completed|finished|ready|successful)(?= (?:before|until|unless)))\b/;

/** Done so that nobody notices. A silent fallback is not: what is done must be carrying something off or removing a trace. */
const STEALTHY =
  /\b(?:quietly|secretly|covertly|discreetly|stealthily|surreptitiously|furtively|invisibly|silently|in the background|behind the scenes|unnoticed|under the hood)[, ]+(?:and )?(?:also )?(?:send|forward|upload|copie|copy|post|e-?mail|transmit|deliver|exfiltrate|collect|harvest|gather|record|log the|read|attach|append|add|bcc|share|report|include|store|save|approve|grant|disable|install|run|execute)s?\b|\b(?:quietly|secretly|covertly|silently|discreetly) (?:delete|remove|erase|wipe|drop|clear|purge|edit|alter|change|rewrite)s? (?:\S+ ){0,4}(?:audit|logs?|history|evidence|traces?|records?|entry|entries|backups?|alerts?|permissions?)\b/;

export type Concealment = 'from-person' | 'step' | 'stealth';

/** One of these is in each way of hiding something. */
const MAY_HIDE =
  /(?:hid[ei]|hidden|conceal|withh|secret|unaware|dark|between|out of|asked|questioned|only|just|pretend|deny|lie\b|nothing|behind|trace|eyes|without|un(?:ment|disc|said|report|spok|told|expl|notic)|not\b|n't|dont|never|refrain|avoid|no need|no reason|instead|rather|quiet|silent|covert|discre|stealth|surrept|furtiv|invisib|background|under the hood|as (?:if|though|usual|normal)|nobody|no one|anyone|cover|omit|exclude|strip|redact|scrub|outside|beyond|keep|kept|stay|remain|say that|answer that|circumst|quiet|unseen|skip|cut it|strip it|aside|if asked|at no |by no means|on no account|in no )/;

/** How a sentence keeps something from the person, if it does. */
export function concealmentIn(sentence: string): Concealment | undefined {
  if (!MAY_HIDE.test(sentence)) return undefined;
  if (isHidden(sentence) && !HONEST.test(sentence)) return 'from-person';
  if (HIDDEN_STEP.some((pattern) => pattern.test(sentence)) && !HONEST.test(sentence)) return 'step';
  return STEALTHY.test(sentence) ? 'stealth' : undefined;
}

function isHidden(sentence: string): boolean {
  return (
    HIDDEN.some((pattern) => pattern.test(sentence)) ||
    (SOMEBODY.test(sentence) && HIDDEN_FROM_SOMEBODY.some((pattern) => pattern.test(sentence)))
  );
}
