import { looksForAttacks, SETS_UP } from '../frames.ts';
import { Concept, THINGS } from '../lexicon/concepts.ts';
import { Cue } from '../lexicon/cues.ts';
import { SECRET_PLACE } from '../lexicon/objects.ts';
import { ADDRESSED, MODEL_ACTS } from '../lexicon/people.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import { aboutOf, type Subject } from '../subject.ts';
import { addsUp, maySilence } from '../suspicion.ts';
import type { TextTechnique } from '../technique.ts';

/** Points by what a sentence is about: of things the worst counts, and half a point for a second. */
const THING_POINTS: readonly (readonly [concept: number, points: number])[] = [
  [Concept.place, 2],
  [Concept.talk, 2],
  [Concept.secret, 2],
  [Concept.machine, 1.5],
  [Concept.personal, 1.5],
  [Concept.text, 1],
  [Concept.record, 0.5],
  [Concept.key, 0.5],
  [Concept.result, 0.5],
];
const STRONG = Concept.place | Concept.talk | Concept.secret | Concept.machine | Concept.personal;
const ENOUGH = 4;
/** Where things are described, much is said of secrets and records. */
const ENOUGH_DESCRIBED = 5;

export const adverseWording: TextTechnique = {
  id: 'adverse-wording',
  severity: 'high',
  finds: 'a sentence that brings together what no tool needs: something worth stealing, its handing over, all of it, silence about it',
  why: 'Each of them has honest uses; together they have none.',
  needs: [0],
  detect(passage, subject) {
    if (!passage.mayBeAdverse) return undefined;
    const { sentences } = passage;
    for (let index = 0; index < sentences.length; index++) {
      const sentence = sentences[index];
      if (sentence && isAdverse(sentence, sentences[index + 1], subject)) return `${namesOf(sentence)}: ${sentence.text}`;
    }
    return undefined;
  },
};

const NAMES: readonly (readonly [concept: number, name: string])[] = [
  [Concept.secret | Concept.key | Concept.place, 'secrets'],
  [Concept.talk | Concept.text, 'the conversation'],
  [Concept.personal, 'personal data'],
  [Concept.machine, 'the machine'],
  [Concept.record | Concept.result, 'records'],
  [Concept.whole, 'all of it'],
  [Concept.carry, 'handed over'],
  [Concept.model, 'by the model'],
  [Concept.hide | Concept.tell, 'silence'],
];

/** What comes together in a sentence, in words. */
function namesOf({ concepts }: Sentence): string {
  return NAMES.flatMap(([concept, name]) => ((concepts & concept) === 0 ? [] : [name])).join(' + ');
}

function isAdverse(sentence: Sentence, next: Sentence | undefined, subject: Subject): boolean {
  return adversityOf(sentence, next, subject) >= (sentence.isAside || sentence.role === 'name' ? ENOUGH : ENOUGH_DESCRIBED);
}

function adversityOf(sentence: Sentence, next: Sentence | undefined, subject: Subject): number {
  const { concepts, opens, role, stems } = sentence;
  if (opens || !addsUp(concepts, stems, sentence.isAside || (next !== undefined && maySilence(next.concepts)))) return 0;
  // Where things are described, honest texts speak of secrets, records and where they go; addressed to a model, or in silence, they do not.
  const isDescribed = !sentence.isAside && role !== 'name';
  if (isDescribed && !maySilence(concepts) && !mayAddress(sentence)) return 0;
  if (mostPoints(sentence, next) < (isDescribed ? ENOUGH_DESCRIBED : ENOUGH)) return 0;
  if (forbidsAbroad(sentence)) return 0;
  const { text } = sentence;
  if (isShort(text) || ((role === 'key' || role === 'name') && isName(text))) return 0;
  const things = (thingsIn(sentence) | (concepts & THINGS & ~timesIn(text))) & ~ownThings(sentence, subject);
  if (things === 0 || isDefensive(sentence)) return 0;
  const sink = sinkPoints(sentence, subject);
  const address = addressPoints(text);
  const isWeak = (things & STRONG) === 0 && !OF_OTHERS.test(text);
  if (isDescribed && address === 0 && silenceIn(sentence) < 1) return 0;
  return pointsOf(sentence, next, things) + (isWeak || (things & STRONG) !== 0 ? 0 : 1) + sink + address - (isWeak ? 1 : 0);
}

/** Results of other tools. */
const OF_OTHERS =
  /\b(?:others?'?|another|connected|peer|neighbou?ring|whichever)\b ?(?:\w+ ){0,2}(?:tools?|servers?|services?|plugins?|connectors?|calls)\b|(?:autres|altri|altre|anderen|otras|outras|других) (?:outils|strumenti|werkzeuge|herramientas|ferramentas|инструмент)|(?:其他|其它)工具|他のツール|다른 도구/;

/** Other parameters are named for it: it is the tool's business. */
function namedElsewhere({ parameter }: Sentence, { asked }: Subject): number {
  const own = parameter.toLowerCase();
  let about = 0;
  for (const [name, kinds] of asked) if (name !== own) about |= kinds;
  return about & (Concept.secret | Concept.talk | Concept.text | Concept.key | Concept.machine);
}

function addressPoints(text: string): number {
  return ADDRESSED.test(text) ? 1.5 : MODEL_ACTS.test(text) ? 0.5 : 0;
}

function mayAddress({ concepts, stems }: Sentence): boolean {
  return (stems & Stem.voice) !== 0 || (concepts & Concept.model) !== 0;
}

/** As many points as the text may show, without reading it. */
function mostPoints(sentence: Sentence, next: Sentence | undefined): number {
  const { concepts } = sentence;
  const silent = maySilence(concepts) || (next !== undefined && maySilence(next.concepts)) ? 2 : 0;
  const addressed = mayAddress(sentence) ? 1.5 : 0;
  return plainPoints(sentence, Concept.secret) + silent + addressed + 2;
}

/** Things that take more than one word to name. */
const PHRASES: readonly (readonly [concept: number, pattern: RegExp])[] = [
  [
    Concept.talk,
    /\b(?:system|developer|hidden|your) (?:prompt|instructions)\b|\b(?:whole|entire|full) (?:thread|session|context)\b|\b(?:earlier|previous|prior|last|every|all|user|assistant) (?:\w+ ){0,2}turns?\b|\bsession so far\b|\breasoning trace\b|\b(?:everything|all|anything|whatever) (?:that )?(?:the|a) (?:user|human|person|customer) (?:has |have )?(?:just )?(?:said|typed|wrote|uploaded|pasted)\b|\bchain of thought\b|\bknows? about the (?:user|human|person)\b|\bgoverns? the (?:\w+ )?model\b/,
  ],
  [
    Concept.personal,
    /\b(?:contact|address|customer|delegate|attendee|direct[- ]message) (?:list|book|records?|lists?|rows?)\b|\b(?:latest|last|recent|incoming|unread|private|direct) (?:\w+ )?(?:e-?mails|mails|messages|documents|files|drafts|photos)\b|\bpatient's (?:\w+ )?record\b/,
  ],
  [
    Concept.secret,
    /\b(?:deploy|signing|private|recovery|seed|service[- ]account|access) (?:phrase|key|word|code|json)s?\b|\b(?:saved|stored) cards?\b|\bcards? (?:numbers?|used|on file)\b|\b(?:tokens?|api keys?) (?:of|from) (?:the |an?|which|wh|other|your)/,
  ],
];

/** `in this conversation` says when, not what. */
function timesIn(text: string): number {
  if (!WHEN.test(text)) return 0;
  return TALK.test(text.replace(new RegExp(WHEN, 'g'), '')) ? 0 : Concept.talk | Concept.text;
}

const WHEN =
  /\b(?:in|within|during|of|from) (?:this|the|the same|a|each|every|the current) (?:chat|conversation|dialogue|session)(?: session)?\b|\bvisible in the (?:\w+ )?transcript\b|\bjoins? the conversation\b|\bconversation (?:agents?|ids?|triggers?)\b/;
const TALK = /\b(?:conversation|chat|dialogue|transcript|dialog)s?\b/;

/** What the tool says that it is about; a name is measured by itself. */
function ownThings(sentence: Sentence, subject: Subject): number {
  return sentence.role === 'name' ? 0 : related(subject.about | namedElsewhere(sentence, subject));
}

/** Who works with keys works with secrets, and who works with messages with conversations. */
function related(about: number): number {
  const keys = Concept.secret | Concept.key;
  const talk = Concept.talk | Concept.text;
  return about | ((about & keys) !== 0 ? keys : 0) | ((about & talk) !== 0 ? talk : 0);
}

function thingsIn({ cues, stems, text }: Sentence): number {
  let things = (stems & Stem.place) !== 0 && (cues & Cue.secretThing) !== 0 && SECRET_PLACE.test(text) ? Concept.place : 0;
  for (const [concept, pattern] of PHRASES) if (pattern.test(text)) things |= concept;
  return things;
}

/** In another language, a sentence that denies and keeps nothing silent forbids. */
function forbidsAbroad({ concepts, stems }: Sentence): boolean {
  const denies = (stems & Stem.foreign) !== 0 && (concepts & Concept.negation) !== 0;
  return denies && (stems & (Stem.place | Stem.quoted)) === 0 && !maySilence(concepts);
}

/** A name of few words says nothing. */
function isName(text: string): boolean {
  return !/^(?:\S+\s+){4}/.test(text);
}

/** A name or a value. */
function isShort(text: string): boolean {
  return /^\S*(?: \S+){0,2}$/.test(text.trimEnd()) && /^[\x20-\x7e]*$/.test(text);
}

function isDefensive({ text, isAside }: Sentence): boolean {
  return FORBIDS.test(text) || SETS_UP.test(text) || (!isAside && looksForAttacks(text));
}

function pointsOf(sentence: Sentence, next: Sentence | undefined, things: number): number {
  return plainPoints(sentence, things) + Math.max(silenceIn(sentence), next ? silenceIn(next) : 0);
}

function plainPoints(sentence: Sentence, things: number): number {
  const { concepts, isAside, stems, parameter, role } = sentence;
  const has = (concept: number, points: number) => ((concepts & concept) === 0 ? 0 : points);
  let points = thingPoints(things);
  points +=
    has(Concept.carry, 1) +
    has(Concept.whole, 0.5) +
    has(Concept.model, 0.5) +
    has(Concept.bind, 0.5) +
    has(Concept.saved | Concept.other, 0.5);
  points += (stems & Stem.address) !== 0 ? 1 : has(Concept.outward, 0.5);
  if ((stems & Stem.foreign) !== 0) points += 0.5;
  if (isAside || role === 'name') points += 1;
  if (parameter !== '' && (concepts & Concept.whole) !== 0 && (things & STRONG) !== 0) points += 1.5;
  return points;
}

/** In English, by what is said; in other languages, by the words that come together. */
function silenceIn(sentence: Sentence): number {
  const { concepts, stems, text } = sentence;
  if (!maySilence(concepts)) return 0;
  if ((stems & Stem.foreign) !== 0) return (concepts & (Concept.hide | Concept.person | Concept.answer)) !== 0 ? 1.5 : 1;
  return sentence.concealment !== undefined ? 2 : UNASKED.test(text) ? 1 : (concepts & Concept.hide) !== 0 ? 0.5 : 0;
}

const UNASKED =
  /\b(?:without|no|nobody|need not|not be|not to be|never|won't|shall not|will not) (?:\w+ ){0,3}(?:ask\w*|approv\w*|confirm\w*|consult\w*|question\w*|troubl\w*|bother\w*|bugg\w*|permission|consent|review)\b/;

function thingPoints(things: number): number {
  let best = 0;
  let kinds = 0;
  for (const [concept, points] of THING_POINTS) {
    if ((things & concept) === 0) continue;
    kinds++;
    best = Math.max(best, points);
  }
  return best + (kinds > 1 ? 0.5 : 0);
}

/** It goes into an argument that has another name. */
function sinkPoints({ text, parameter, concepts }: Sentence, { parameters }: Subject): number {
  for (const [, quoted, bare] of text.matchAll(ARGUMENT)) {
    const name = quoted ?? bare ?? '';
    if (quoted === undefined && !parameters.has(name)) continue;
    if ((aboutOf(name) & concepts & THINGS) === 0) return 1.5;
  }
  return parameter !== '' && (aboutOf(parameter) & concepts & THINGS) === 0 ? 0.5 : 0;
}

const ARGUMENT = /`([^`\n]{1,60})`|(?:in|into|to|as|via|through|onto|inside|under|with|for) (?:the )?["']?([\w.-]{1,60})/g;

const FORBIDS =
  /\b(?:never|do not|don't|must not|should not|cannot|can't|avoid|may not|not) (?:be |also )?(?:\w+ )?(?:include|send|put|pass|paste|add|store|share|enter|use|expose|log|write|provide|return|ask|copy|attach|upload|guess|sent|stored|shared|included|logged|placed|returned|transmitted|exposed|written|resolved|needed|part of|resolve|reveal|treat|follow|omit)\b(?! (?:about|the (?:user|person|human|customer)|that|it|this)\b)|\b(?:leave|leaves|leaving) out (?:\w+ )?(?:secrets|personal|credentials|passwords)|\b(?:secrets?|passwords?|tokens?|credentials|values?|keys?|data) (?:\w+ )?(?:are|is|were|was)? ?(?:\w+ )?(?:masked|redacted|removed|stripped|encrypted|hashed|never|omitted)|\bmay (?:contain|hold|include)\b|\blist of options\b|\brequired (?:if|when)\b|, not in `|=true`/;
