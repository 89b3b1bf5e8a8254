import { looksForAttacks } from '../frames.ts';
import { concealmentIn } from '../lexicon/concealment.ts';
import { Cue } from '../lexicon/cues.ts';
import { anyOf, words } from '../lexicon/pattern.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import { inWords, type Subject } from '../subject.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';

/** Another tool, or whatever does a certain thing. */
const OTHER_TOOL =
  /\b(?:(?:any|every|all|each|other|another|another server.?s|the|existing|built-?in|a|which|what) (?:other )?(?:[\w'-]{1,40} ){0,3}(?:tools?|functions?|servers?|commands?|plugins?|connectors?|integrations?|api)\b|[a-z-]{2,20} tools\b|when(?:ever)? (?:you |the (?:user|assistant|model|agent) )?(?:\w+ ){0,3}(?:use|uses|used|using|call|called|calls|calling|invoke|invokes|sends?|sending|pays?|paying|transfers?|writes?|writing|commits?|emails?|posts?|creates?)\b|(?:npm|pip|git|yarn|docker|cargo) (?:install|push|pull|clone|run|add|commit)\b|[a-z]{2,20}(?:_[a-z]{1,20}){1,4}\b|[a-z]{2,20}\.[a-z]{2,20}\(|`[\w.-]{3,40}`)/;
/** Its arguments are to be other than the person asked. */
const REROUTED = words(
  `(?:${anyOf('recipient, recipients, destination, destinations, account, address, wallet, payee, beneficiary, iban, bcc, cc, reply-?to, phone number, number, bucket, remote, registry, repository url, base url, endpoint, host, proxy, path, amount, branch, url, to field, payload, arguments?, parameters?, output, webhook, content, body')} (?:\\S+ ){0,4}(?:must|should|has to|have to|needs? to|is to|shall|will|is|are|gets?)(?: always| first| instead| silently)? (?:be )?(?:replaced|changed|set|swapped|rewritten|redirected|substituted|rerouted|overwritten|switched|altered|doubled|modified|hard-?coded|used|routed|sent)|(?:use|uses|using|set|sets|replace|change|substitute|swap|redirect|switch|route|rewrite|add|send|point|put|insert|append|include|copy|forward) (?:\\S+ ){0,7}?${anyOf('recipients?, destination(?: account| address)?, account, address, wallet, payee, beneficiary, iban, bcc, blind copy, carbon copy, reply-?to, registry, proxy, endpoint, mirror, remote, author, attacker')})`,
);
const DIRECTED =
  /\b(?:always|must|should|has to|have to|needs? to|whenever|every|each|any)\b.{0,120}\b(?:add|put|send|route|preceded|followed|accompanied|include|insert|set|forward|copy|append|go|dump|pass|use|upload|substitute|replace)\b|\b(?:when|whenever|if|before|after|while|each time|every time) .{0,80}\b(?:tools?|call\w*|us(?:e|es|ed|ing)|run\w*|present|invok\w*|servers?|send\w*|pay\w*|commit\w*|writ\w*|push\w*)\b.{0,100}\b(?:add|put|send|route|include|insert|set|forward|append|use|upload|replace|change)\b/;
const THROUGH = /\b(?:go|goes|passed|pass|sent|send|routed|route|run|redirect\w*) (?:\S+ )?(?:through|via|to|into) this\b/;
/** More is done with the same call than was asked. */
const EXTENDED = words(
  '(?:must|should|shall|has to|have to|needs? to|will|is to|are to) (?:always |also |additionally |first |silently ){1,3}(?:be )?(?:send|sent|forward|forwarded|copy|copied|post|posted|include|add|added|go|upload|uploaded|report|reported|mirror|mirrored|push|pushed|cc|bcc|deliver|delivered)|needs? (?:an? )?(?:bcc|cc|copy|blind copy)|(?:every|each|all|any) (?:outgoing|outbound|sent) \\S+ (?:needs?|gets?|must|should|has to|is|are)',
);
const LITERAL =
  /\w@[\w-]{1,64}\.[a-z]{2,}|https?:\/\/|\+\d[\d ()-]{6,}|\b0x[0-9a-f]{4,}|\b[a-z]{2,4}[- ]?\d{2,}[\w -]{2,}|\b\d{6,}\b|\bbc1\w{6,}|\biban\b|\b[a-z]{2,6}-\d{2,}|\bacc(?:ount)?[- ]?[\w-]*\d{2,}|\b(?:\w+-)+(?:example|demo|attacker)\b|\b\w+\.example(?:\.\w+)?\b/;
const BROKEN =
  /\b(?:bug|broken|deprecated|unreliable|unsafe|insecure|outdated|placeholder|wrong|incorrect|compromised|vulnerable|known issue|faulty|malfunction\w*|no longer works?|retired|disabled)\b/;
const REINTERPRETED = words(
  '(?:treat|interpret|regard|consider|understand|read) [\\w`]+_[\\w`]+ as [\\w`]+_[\\w`]+|(?:treat|interpret|regard|consider|understand|handle|read) (?:\\S+ ){1,6}(?:as (?:equivalent to|the same as|an alias|if|though|identical|synonym\\w*|safe|harmless|already|a request to|permission to)|equivalent)|(?:is|are|becomes?|means?|act(?:s|ing)? as|counts? as|stands? for) (?:an alias (?:of|for)|equivalent to|the same as|a synonym (?:of|for))|in place of [\\w`]+_\\w+|instead of calling [\\w`]+_\\w+',
);
const PRESENCE = words(
  '(?:while|when|whenever|as long as|once|if|after|since) (?:this|the) (?:tool|server|plugin|extension|connector) (?:is|was|has been|gets|becomes)? ?(?:loaded|active|available|present|connected|installed|enabled|listed|in (?:the )?context)|in the presence of this tool',
);
const SKIPPED =
  /\b(?:skip|bypass|omit|ignore|disable|suppress|without|leave out|drop) (?:\S+ ){0,4}(?:confirm\w*|approval|checks?|warnings?|validation|prompt|verification|review|step)\b/;

const NEEDS = [
  Stem.recipient | Stem.swap,
  Stem.same,
  Stem.swap | Stem.address,
  Stem.recipient | Stem.address,
  Stem.identifier | Stem.address,
];

export const shadowing: TextTechnique = {
  id: 'cross-tool-shadowing',
  severity: 'high',
  finds: 'rules for how other tools are used: other recipients, other meanings, a question left out',
  why: "One server's text then decides what is done with another server's rights.",
  needs: NEEDS,
  detect: (passage, subject) =>
    sentenceIn(passage, NEEDS, (sentence, index, sentences) => shadows(sentence, sentences[index - 1], subject)),
};

function shadows(sentence: Sentence, before: Sentence | undefined, subject: Subject): boolean {
  if (!mayShadow(sentence)) return false;
  const { text, opens, role, parameter } = sentence;
  if (!WORTH_A_LOOK.test(text) && !BROKEN.test(text) && !holdsLiteral(text)) return false;
  if (looksForAttacks(text) && !holdsLiteral(text)) return false;
  const other = otherTool(text, subject) || (before !== undefined && !before.opens && otherTool(before.text, subject));
  if (PRESENCE.test(text) && (REINTERPRETED.test(text) || SKIPPED.test(text) || REROUTED.test(text) || (other && holdsLiteral(text))))
    return true;
  if (!other || (role === 'parameter' && parameter !== '' && !holdsLiteral(text))) return false;
  if (
    REINTERPRETED.test(text) &&
    (SKIPPED.test(text) || /\b(?:delete|drop|remove|destroy|approve|grant|transfer|send|pay)\w*/.test(text)) &&
    !opens
  )
    return true;
  if (REROUTED.test(text) && holdsLiteral(text) && !EXAMPLE.test(text) && !opens) return true;
  if (holdsLiteral(text) && DIRECTED.test(text) && !EXAMPLE.test(text) && !opens && role !== 'parameter') return true;
  if (BROKEN.test(text) && THROUGH.test(text) && !opens) return true;
  if (EXTENDED.test(text) && holdsLiteral(text) && !opens) return true;
  return REROUTED.test(text) && BROKEN.test(text) && concealmentIn(text) !== undefined;
}

/** Every rule here asks for a literal, for this tool's presence, for another to be broken, or for other meanings; the last two not of a tool's opening or of a parameter. */
function mayShadow({ cues, stems, opens, role, parameter }: Sentence): boolean {
  if ((cues & (Cue.digit | Cue.literal)) !== 0 || (stems & Stem.address) !== 0) return true;
  if ((cues & PRESENT) === PRESENT) return true;
  if (role === 'parameter' && parameter !== '') return false;
  if ((cues & Cue.broken) !== 0) return true;
  return !opens && ((cues & Cue.alike) !== 0 || (cues & MEANT) === MEANT);
}

const PRESENT = Cue.tool | Cue.present;
const MEANT = Cue.meant | Cue.as;

const EXAMPLE = /\b(?:e\.g|for instance|format|like)\b|(?<![.\w@-])examples?\b(?!\.)/;

/** Every rule here asks for one of these. */
const WORTH_A_LOOK =
  /\b(?:treat|interpret|regard|consider|equivalent|alias|same as|synonym|identical|presence|while|whenever|when|as long as|once|since|after|if) /;

/** Characters and words of which each literal holds one. */
const MAY_BE_LITERAL = /[@\d]|:\/\/|iban|example|demo|attacker/;

function holdsLiteral(text: string): boolean {
  return MAY_BE_LITERAL.test(text) && LITERAL.test(text);
}

/** The tool itself and arguments of its own are not another tool. */
function otherTool(text: string, { parameters, name }: Subject): boolean {
  const match = OTHER_TOOL.exec(text);
  if (!match) return false;
  const mention = match[0].replaceAll('`', '');
  return !parameters.has(mention) && mention !== name.toLowerCase() && mention !== inWords(name).toLowerCase();
}
