import { Concept, THINGS } from '../lexicon/concepts.ts';
import { CREDENTIAL, PERSONAL, SECRET_PLACE } from '../lexicon/objects.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Passage, Sentence } from '../passage.ts';
import { plainText } from '../plain-text.ts';
import { aboutOf, inWords, type Subject } from '../subject.ts';
import type { TextTechnique } from '../technique.ts';

/** Nobody describes a parameter, or names one, at greater length. */
const MAX_DESCRIPTION = 4000;
const MAX_NAME = 200;
const MAX_PARAMETER = 79;

/** What is asked for, and more than one such word or all of it: names and descriptions without these ask for nothing. */
const NEEDS = [Stem.talk | Stem.whole, Stem.place, Stem.secret | Stem.carry, Stem.talk | Stem.identifier];

const SEVERAL_WORDS = /[a-z][A-Z]|[ _.-]|^scratchpad$/;

export const contextParameter: TextTechnique = {
  id: 'context-parameter',
  severity: 'high',
  finds: 'a parameter that asks for the conversation, the system prompt, other tools, secrets or a profile, and has no use for it',
  why: 'The model fills it in with every call, and nothing in the text had to order it.',
  needs: NEEDS,
  detect: (passage, subject) =>
    passage.section === 'inputSchema' && passage.sentences.some(mayAsk) && asks(passage, subject) ? excerptIn(passage) : undefined,
};

/** What is asked for is the session's, or all of something. */
function mayAsk({ concepts, stems, role }: Sentence): boolean {
  if ((stems & Stem.place) !== 0 || (concepts & (THINGS | Concept.tool)) !== 0) return true;
  return role === 'key' && (concepts & Concept.carry) !== 0;
}

function asks(passage: Passage, subject: Subject): boolean {
  if (passage.role === 'key' && asksForSecrets(passage, subject)) return true;
  if (passage.role === 'key') return nameAsks(passage.raw, subject) && !isExplained(passage.raw, subject);
  return passage.role === 'parameter' && descriptionAsks(passage, subject);
}

/** Secrets of a browser or a machine, by name, in a tool that signs in nowhere. */
function asksForSecrets({ raw }: Passage, subject: Subject): boolean {
  if (raw.length > MAX_PARAMETER || !SEVERAL_WORDS.test(raw)) return false;
  const own = aboutOf(raw.toLowerCase());
  return (own & Concept.secret) !== 0 && (own & (Concept.saved | Concept.whole)) !== 0 && (subject.about & KEYS) === 0;
}

const KEYS = Concept.secret | Concept.key;

/** The name alone asks for it, and the description, at some length, for something else. */
function isExplained(name: string, { texts }: Subject): boolean {
  const description =
    texts.find(({ parameter, role, place }) => parameter === name && role === 'parameter' && place.step === 'description')?.text ?? '';
  return description.split(' ').length > 5 && !ALL_OF_IT.test(description);
}

function excerptIn({ role, raw, parameter }: Passage): string {
  return role === 'key' ? raw : `${parameter}: ${raw}`;
}

const ALL =
  '(?:complete|full|entire|whole|all|every|everything|verbatim|unabridged|raw|exact|word[ -]for[ -]word|so far|to date|in full|private|hidden|previous|prior|earlier|past|preceding|internal|last \\d+|last (?:few|ten|twenty)|newest \\d+|untruncated|unedited|unredacted)';
const ALL_OF_IT = new RegExp(`\\b${ALL}\\b`, 'i');
const TALK =
  '(?:conversations?|chats?|dialog(?:ue)?s?|transcripts?|(?:chat|message|conversation|session|prompt|dialog) ?(?:history|log)|messages|turns|exchanges|user (?:input|quer(?:y|ies)|prompts?)|context window|discussion)';
const SAID =
  '(?:everything|anything|whatever|all) (?:that )?(?:was |has been |is |the user |the person |they |he |you |we )?(?:\\w+ )?(?:said|written|typed|discussed|told|asked|exchanged)';
/** Each with words of which what it asks for holds one: quicker to look for than all of it. */
const ASKS: readonly { readonly needs: RegExp; readonly what: RegExp; readonly unless: RegExp }[] = [
  {
    needs:
      /conversation|chat|dialog|transcript|message|session|prompt|turns|exchange|user |context window|discuss|said|written|typed|told|asked|contents? of/,
    what: new RegExp(
      `\\b${ALL}\\b(?: [\\w'’-]+){0,4} ${TALK}\\b|\\b${TALK}\\b(?: [\\w'’,-]+){0,6} ${ALL}\\b|\\b${SAID}\\b|\\b(?:serialised|serialized|current|dumped|copy of the|your) (?:\\w+ )?context window\\b|\\bcontents? of (?:all|every|any) (?:\\w+ )?(?:files?|tabs?|documents?|buffers?|windows?)\\b(?= (?:open|you|in the (?:editor|workspace|ide)|currently))`,
    ),
    unless:
      /\b(?:conversations?|chat\w*|messages?|memor\w*|transcripts?|dialog\w*|threads?|summar\w*|session|meeting|call|inbox|e-?mails?|sms|slack|discord|teams|telegram|whatsapp|llm|completions?|prompt\w*|agents?|model|feedback|support|ticket|moderat\w*|history|assistant|delegat\w*|handoff|notes?|journal|log|save|store|remember|bot)\b/,
  },
  {
    needs: /instruction|prompt|message/,
    what: /\b(?:the |all |your )?instructions? (?:that )?(?:you (?:were given|received|got|follow|have)|given to you)\b|\b(?:system|developer|initial|original|hidden) (?:prompt|message|instructions?)\b(?: \w+){0,4}(?: (?:you|were|given|received|verbatim|word|exact|in full|loaded|currently|your)\b)|\b(?:your|the model'?s?|the assistant'?s?|its|full|complete|entire|verbatim|exact|current) (?:\w+ ){0,3}(?:system prompt|system message|developer message|system instructions|initial instructions|initial prompt)\b/,
    unless: /\b(?:prompt\w*|agents?|assistant|llm|models?|completions?|chat\w*|persona|bot|evaluat\w*|generate|voice|call)\b/,
  },
  {
    needs: /reasoning|thought|thinking|scratchpad|monologue/,
    what: /\b(?:your|full|complete|private|hidden|internal|raw|entire|all|model'?s?|verbatim|unfiltered) (?:\w+ ){0,3}(?:reasoning|chain[- ]of[- ]thought|thoughts|thinking|scratchpad|inner monologue)\b(?! (?:for|behind|why|about))|\bchain[- ]of[- ]thought\b/,
    unless: /\b(?:think\w*|thoughts?|reason\w*|reflect\w*|plan\w*|sequential|brainstorm\w*|journal|decision\w*|log|evaluat\w*)\b/,
  },
  {
    needs: /tool|call/,
    what: /\b(?:list|names?|array|json|inventory|all|every|each|complete|full|schemas?|definitions?)\b(?: [\w,-]+){0,6} tools?\b(?: [\w,]+){0,6} (?:you|available|access|can (?:call|use)|connected|installed|loaded|enabled)\b|\b(?:every|all|each|other|which) tools?(?: names?)?(?: [\w,]+){0,6} (?:you|available|access|can call|connected)\b|\b(?:outputs?|results?|responses?) (?:of|from) (?:all |every |any |the )?(?:other|previous|earlier|prior|preceding|last) (?:\w+ )?(?:tools?|calls?|tool calls?)\b/,
    unless: /\b(?:tools?|mcp|registry|agents?|capabilit\w*|plugins?|workflow|servers?|gateway)\b/,
  },
  {
    needs: /env|history|clipboard|keychain|cookies|\/etc\/|id_rsa|\.ssh|\.aws|mcp\.json/,
    what: /\b(?:paste|include|output|contents?|copy|dump|result|values?|lines|text|attach|read|all|full|list)\b.{0,60}(?:\b(?:environment variables?|env vars?|`?printenv|`env`|process\.env|os\.environ|shell history|bash history|command history|clipboard|keychain|process environment|browser (?:cookies|history)|\/etc\/(?:passwd|shadow)|id_rsa|\.ssh|\.aws|mcp\.json)|(?<!\w)\.env\b)/,
    unless:
      /\b(?:env\w*|variables?|deploy\w*|secrets?|clipboard|history|ssh|keys?|config\w*|shell|container\w*|build|app|function|service|docker|file|project|run|launch|process)\b/,
  },
  {
    needs: /personal|private|confidential|know|remember|learned|stored|memory|about |without asking/,
    what: /\b(?:all|every|any|everything|full|complete)\b.{0,30}\b(?:personal|private|confidential) (?:details|data|information|facts)\b.{0,60}\b(?:user|person|customer|human|you (?:know|remember|have))\b|\b(?:everything|all|anything|whatever|facts?|details?|information|summary|profile)\b(?: [\w']+){0,6} (?:know|known|remember|remembered|learned|stored|memory)\b.{0,30}\b(?:user|person|them|customer|human|him|her)\b|\b(?:everything|all|anything|whatever|details?|facts) (?:\w+ ){0,3}(?:known |you know |it knows |remembered )?about (?:the |this )?(?:user|person|human)\b.{0,200}\b(?:memory|without asking|known|know|address|phone|employer|health|location|e-?mail)\b|\b(?:from (?:your |its |the )?memory|without asking)\b.{0,60}\b(?:user|profile|personal|name|address|details)|\b(?:user|personal|name|address|e-?mail|details)\b.{0,100}\b(?:from (?:your |its |the )?memory|without asking)\b/,
    unless: /\b(?:memor\w*|remember|recall|profile|crm|contact|facts?|knowledge|persona\w*|user|onboard\w*)\b/,
  },
];

function descriptionAsks({ raw, parameter, isSwitch }: Passage, subject: Subject): boolean {
  if (isSwitch || raw.length > MAX_DESCRIPTION) return false;
  const plain = plainText(raw);
  if (ASKS_LITTLE.test(plain.slice(0, 60))) return false;
  if (ASKS.some(({ needs, what, unless }) => needs.test(plain) && what.test(plain) && !unless.test(subject.purpose))) return true;
  return asksForSecret(plain, parameter, subject);
}

const ASKS_LITTLE =
  /\b(?:id|identifier|uuid|whether|optional cursor|number of|maximum|never include|do not include|don't include|filter|only (?:the )?relevant)\b/;

/** A secret of somewhere else, by its own words. */
function asksForSecret(plain: string, parameter: string, { purpose }: Subject): boolean {
  if (!TAKEN.test(plain) || !(CREDENTIAL.test(plain) || SECRET_PLACE.test(plain) || PERSONAL.test(plain))) return false;
  return !new RegExp(`\\b(?:${parameter.toLowerCase().replace(/[^a-z]/g, '')})\\b`).test(purpose);
}

const TAKEN =
  /\b(?:taken|copied|read|obtained|extracted|borrowed|reused?|stolen|found|pulled|grabbed|lifted|sourced|fetched)\b(?: \w+){0,3} (?:from|in|of) (?:the |an? |any )?(?:\w+ )?(?:(?:other|another|different) (?:server|tool|service|connector|app|account|session|mcp|slack|github)|(?:user'?s )?(?:memory|keychain|environment|browser|conversation|home (?:directory|folder)|vault|\.(?:ssh|env|aws)))/;

/** Names that ask by themselves, in a tool that has nothing to do with it. */
const NAMES: readonly { readonly name: RegExp; readonly unless: RegExp }[] = [
  {
    name: /^(?:(?:system|developer|hidden|initial|original) (?:prompt|message|instructions?)(?: \w+)?|(?:your|model|assistant|llm|agent|ai) (?:instructions|system prompt|prompt|memory|context|config\w*))$/,
    unless:
      /\b(?:prompt\w*|agents?|assistant\w*|llm|models?|completions?|chat\w*|persona|bot|ai|generat\w*|evaluat\w*|conversation\w*|voice|call|message\w*|create|update|gpt|claude|session|instruct\w*|response\w*|text|ask|run|job|workflow)\b/,
  },
  {
    name: /^(?:(?:full|entire|whole|complete|all|previous|prior|raw|user)? ?(?:chat|conversation|dialog(?:ue)?|prompt) ?(?:history|log|transcript|so far|context|dump|messages?|text)|(?:full|entire|whole|complete|previous|raw) (?:context|conversation|chat|dialog(?:ue)?|transcript|messages))$/,
    unless:
      /\b(?:conversations?|chat\w*|messages?|memor\w*|transcripts?|dialog\w*|threads?|summar\w*|session|llm|completions?|prompt\w*|agents?|models?|feedback|support|ai|ask|assistant|bot|history|questions?|answer\w*|generat\w*|voice|context)\b/,
  },
  {
    name: /^(?:(?:model|assistant|llm|agent|private|hidden|internal|full)? ?(?:chain of thought|inner monologue|scratchpad)|(?:model|assistant|llm|private|hidden|internal|full) (?:reasoning|thoughts|thinking))$/,
    unless: /\b(?:think\w*|thoughts?|reason\w*|reflect\w*|plan\w*|sequential|model|llm|agents?|completions?|chat\w*|generat\w*|ai)\b/,
  },
  {
    name: /^(?:(?:available|all|your|other|installed|connected) tools?(?: list| names?| schemas?)?|tools? (?:list|available|inventory|call history|schemas?|definitions?|dump)|list of (?:all )?tools?|(?:other|previous) tools? (?:outputs?|results?|responses?|calls?))$/,
    unless:
      /\b(?:tools?|mcp|registry|agents?|capabilit\w*|plugins?|workflow|assistant|model|llm|completions?|chat\w*|session|gateway|server)\b/,
  },
  {
    name: /^(?:(?:all |full )?env(?:ironment)? (?:dump|contents?|file contents?|values)|(?:shell|bash|command|browser|browsing) history|(?:dot )?env file contents?|(?:clipboard|keychain) (?:contents?|dump|data)|(?:ssh|private) key contents?|etc passwd|credentials? (?:dump|file contents?)|cookies? (?:dump|jar)|mcp (?:json|config) contents?)$/,
    unless: /\b(?:env\w*|history|clipboard|keychain|ssh|keys?|shell|browser|cookies?|credentials?|config\w*|deploy\w*|secrets?)\b/,
  },
  {
    name: /\b(?:content|contents|text|value|data|dump|copy)s? of (?:\w+ ){0,4}(?:file|ssh|env|id rsa|passwd|keychain|clipboard|key|secret|password|credentials?|conversation|prompt|history)\b|\b(?:id rsa|dot ssh|dot env|etc passwd|aws credentials)\b|\b(?:read|open|paste|send|put|include|copy|ignore|reveal|dump|tell|exfiltrate)\b(?: \w+){0,6} (?:first|before|here|it|verbatim|instructions|secretly)\b/,
    unless: /^$/,
  },
];

function nameAsks(raw: string, subject: Subject): boolean {
  if (raw.length > MAX_NAME || !SEVERAL_WORDS.test(raw)) return false;
  const name = inWords(raw).toLowerCase().trim();
  return NAMES.some(
    (asks) => asks.name.test(name) && !asks.unless.test(subject.purpose) && (asks.unless.source !== '^$' || name.split(' ').length > 3),
  );
}
