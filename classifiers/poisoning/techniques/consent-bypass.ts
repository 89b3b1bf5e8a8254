import { Concept } from '../lexicon/concepts.ts';
import { anyOf, words } from '../lexicon/pattern.ts';
import { PERSON } from '../lexicon/people.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';

const ASKING = anyOf(
  'check(?:ing)? with, ask(?:ing)?, confirm(?:ing|ation)?s?, approvals?, permissions?, consent, prompts?, prompting, warn(?:ing)?s?, approve, checks?, checking, review, verification, authori[sz]ation, consulting, dialogs?, human in the loop, sign-?off',
);
/** Asking is switched off or forbidden. */
const NOT_ASKED = words(
  `(?:(?:do not|don't|dont|never|no need to|without|skips?|bypass|suppress|disable|omit|no|needs? no|avoid|not|dismiss|auto-?accept|ignore|drop|waive|hide) (?:\\w+ ){0,4}${ASKING}|${ASKING} (?:\\w+ ){0,4}(?:is|are|was|were|has been|have been|can be|may be|should be)? ?(?:\\w+ )?(?:switched off|turned off|disabled|not (?:needed|required|necessary)|unnecessary|skipped|suppressed|waived|off)|auto-?(?:approve|accept|confirm|run)\\w*|(?:accepted|approved|confirmed|granted|dismissed) (?:automatically|without)|automatically (?:accept|approve|confirm|grant|dismiss)\\w*|(?:do not|don't|never) (?:request|seek|obtain|require|wait for) (?:\\w+ ){0,3}(?:again|approval|confirmation|consent|permission|anything)|(?:approve|accept|confirm|answer yes to|click (?:ok|yes|allow|accept|approve) (?:on|for|in)) (?:\\w+ ){0,2}(?:all|every|any|each) (?:\\w+ ){0,3}(?:prompts?|dialogs?|requests?|tools?|calls?|actions?|screens?|popups?|boxes))`,
);
/** Consent is claimed on behalf of the person. */
const CLAIMED = new RegExp(
  `\\b${PERSON} (?:has|have|had|already|is|gave|given|did|previously|agreed|consented|consents|approves?|authori[sz]e[sd]?|opted)(?: \\w+){0,4} ?(?:consent\\w*|approv\\w*|authori[sz]\\w*|agreed|permission|confirmed|blanket|pre-?approved|waived|opted in)|\\b${PERSON} (?:has |have |already |previously ){0,2}(?:agreed|consented|opted in|waived)\\b|\\b${PERSON} trusts? (?:this|the) (?:server|tool|plugin)\\b|\\b${PERSON} (?:never|do not|does not|don't|doesn't) (?:want|wish|need|like|care) to be (?:asked|prompted|bothered|interrupted|consulted|warned)|\\b(?:blanket|standing|implicit|implied|prior|full|general|permanent|irrevocable) (?:consent|approval|permission|authori[sz]ation)|\\b(?:consent|approval|permission|authori[sz]ation|confirmation|agreement|clearance)s?(?: \\w+){0,2} (?:is|was|has|have|has been|have been|already|are) (?:already |been |hereby |implicitly ){0,3}(?:recorded|given|granted|obtained|assumed|implied|on file|collected)|\\b(?:they|users?|he|she|the \\w+) (?:have |has )?(?:already )?said yes\\b|\\bpre-?(?:approved|authori[sz]ed|confirmed|consented|cleared)\\b`,
);
/** Consent that nobody gave is counted as given. */
const DEEMED =
  /\b(?:treat|take|read|count|regard)s? (?:\S+ ){0,8}?(?:silence|no answer|no reply)\b.{0,80}\bas (?:an? )?(?:yes|consent|approval|agreement)|\b(?:agreement|consent|approval|permission|sign-?off|authori[sz]ation|(?:permission|confirmation) dialogs?)s? (?:\S+ ){0,5}?(?:deemed|taken|considered|assumed|settled|given|covered|made|understood) (?:\S+ ){0,3}?(?:at|on|by|upon|with|in) (?:the )?(?:install\w*|company|sign-?up|setup|purchase|contract|advance)|\b(?:is|are|was|were) (?:deemed|taken|understood|considered|assumed) to (?:have )?(?:\w+ )?(?:agreed?|consent\w*|approv\w*|permit\w*)|\b(?:reply|answer|say|type|press|click) "?(?:y|yes|ok)"? (?:\S+ ){0,4}(?:behalf|for (?:the \w+|them|him|her))\b|\b(?:without|rather than|instead of) (?:bugging|bothering|troubling|pestering) (?:anyone|anybody|people|the \w+)\b|\bwithout the matter being raised\b|\bnobody has to (?:approve|confirm|agree)\b|\b(?:shall|will|need) not be (?:asked|consulted|troubled|bothered)(?: again)?\b|\bhas no need to (?:approve|confirm|agree)\b/;
const CONDITION =
  /\b(?:after|once|if|when|unless|until|only|whether|requires?|ensure|make sure|verify that|that (?:the )?user|list|filter|returns?|status|must have|needs? to have|has to have|should have|e\.g|templates?)\b/;
const FAR_REACHING =
  /\b(?:all|any|every|each|future|later|subsequent|other|whole|entire|blanket|everything|anything) (?:\w+ ){0,3}(?:tools?|actions?|requests?|calls?|operations?|sessions?|conversations?|servers?|commands?|steps?|purchases?|transfers?|prompts?|transactions?|changes?|data)\b|\b(?:this|that) server\b|\bfrom (?:\S+ )?(?:\w+\.)+\w+|\btool results?\b|\b(?:purchases?|payments?|deletions?|transfers?|submitting|installs?|installation|merge|publish|destructive|dangerous|sensitive|shell|admin(?:istrator)?|root|instructions?|carry out|requests found|found in|whatever|orders?|sudo|deleting|everything|oauth|any size|screens?)\b/;

const NEEDS = [Stem.consent | Stem.negation];

export const consentBypass: TextTechnique = {
  id: 'consent-bypass',
  severity: 'high',
  finds: 'a claim that the person has agreed already, or an order not to ask before acting',
  why: 'Consent is given by people to their client, not by a tool on their behalf.',
  needs: NEEDS,
  detect: (passage) =>
    sentenceIn(
      passage,
      NEEDS,
      (sentence) => !sentence.isSwitch && (sentence.concepts & (Concept.ask | Concept.guard)) !== 0 && bypassesConsent(sentence),
    ),
};

export function bypassesConsent({ text, isSwitch, opens }: Pick<Sentence, 'text' | 'isSwitch' | 'opens'>): boolean {
  if (isSwitch) return false;
  if (!opens && DEEMED.test(text) && !HONEST.test(text)) return true;
  const unasked = NOT_ASKED.test(text) && !/\b(?:if|when|set|flag|true|false|--?\w+|=)\b.{0,60}\b(?:true|false|flag|skip|set)\b/.test(text);
  const claimed = CLAIMED.test(text) && !CONDITION.test(text.slice(0, CLAIMED.exec(text)?.index ?? 0));
  if (claimed && (unasked || /\b(?:so|therefore|hence|skip|proceed|go ahead|no need)\b/.test(text))) return true;
  if (claimed && FAR_REACHING.test(text) && !opens) return true;
  return unasked && !opens && FAR_REACHING.test(text) && !HONEST.test(text) && !CONDITION.test(text);
}

/** What honest tools say of their own question before acting. */
const HONEST =
  /\b(?:never|do not|don't|must not|cannot|should not) (?:\w+ ){0,3}(?:skip|bypass|disable|suppress|proceed|run|call|execute|delete|purchase|submit|use|perform|make|send|modify|auto)|\bask(?:s|ed)? (?:the user )?(?:for|before|first)\b|\bconfirm(?:ation)? (?:first|with|before|is required)|\bdry[- ]run|\bread[- ]only\b|\bwithout (?:user )?(?:consent|permission|confirmation|approval|confirming|asking)\b.{0,20}\bnever\b/;
