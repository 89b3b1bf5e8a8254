import type { Finding } from '../../src/model/classification.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { ServerContext } from '../../src/model/server.ts';
import type { Tool, ToolDefinition } from '../../src/model/tool.ts';
import { visibleText } from '../../src/model/visible-text.ts';
import { excerptOf, type Mention } from '../excerpt.ts';
import { Stem } from './lexicon/stems.ts';
import { passageOf } from './passage.ts';
import { meets, type Needs, scan } from './stems.ts';
import { type Subject, subjectOf } from './subject.ts';
import { mayBeAdverse } from './suspicion.ts';
import { findingOf, MAX_EVIDENCE, type Technique, type TextTechnique } from './technique.ts';
import { CHARACTERS, FORMS, IN_DEFINITIONS, NAMES, OF_PARAMETERS } from './techniques/index.ts';
import { plantedDefault } from './techniques/planted-default.ts';
import { WORDING } from './techniques/wording.ts';
import { pointerOf, type Text, type TextRole, textsOf } from './texts.ts';

/**
 * What in one definition was put there to mislead a model, a person or whatever prints it: one finding for each technique, with its places.
 *
 * @param definition - As the server sent it, every field included. Any JSON: never throws, and takes time linear in its size.
 */
export function poisoningIn(definition: ToolDefinition | Tool, context: ServerContext): Finding[] {
  const json = definition as JsonObject;
  const texts = textsOf(json);
  const subject = subjectOf(json, context, texts);
  const found: Found = new Map();
  for (const text of texts) findInText(text, pointerOf, subject, found);
  for (const technique of IN_DEFINITIONS) for (const mention of technique.detectIn(subject)) add(found, technique, mention);
  return findingsOf(found);
}

/** Places by technique, in the order in which they were found. */
export type Found = Map<Technique, Mention[]>;

export function findingsOf(found: Found): Finding[] {
  return [...found].map(([technique, mentions]) => findingOf(technique, mentions));
}

/** Adds what one text shows. Most texts of honest tools hold no kind of word that any technique needs: they cost a single pass. */
export function findInText<Place>(
  text: Text & { readonly place: Place },
  at: (place: Place) => string,
  subject: Subject,
  found: Found,
): void {
  const techniques = techniquesFor(text.role);
  const read = scan(text.text);
  if (isQuiet(text, read.stems, techniques.needs) && !mayBeAdverse(read, text.isAside)) return;
  const passage = passageOf(text, read);
  for (const technique of techniques.all) {
    if (!meets(passage.stems, technique.needs) || (found.get(technique)?.length ?? 0) >= MAX_EVIDENCE) continue;
    const excerpt = technique.detect(passage, subject);
    if (excerpt !== undefined) add(found, technique, { at: at(text.place), excerpt });
  }
}

function isQuiet({ text, role }: Text, stems: number, needs: Needs): boolean {
  if ((stems & Stem.control) !== 0) return false;
  if (role !== 'name' && role !== 'key') return text.length < MIN_SENTENCE || !meets(stems, needs);
  if (role === 'key' && text.length >= MIN_NAME && meets(stems, needs)) return false;
  return isIdentifier(text);
}

/** Shorter texts hold no order. */
const MIN_SENTENCE = 8;
/** Shorter keys of letters and digits hold no order either; a tool's own name does in a row of words only. */
const MIN_NAME = 7;
const MAX_IDENTIFIER = 64;
/** Names that mean something to whatever reads them. */
const RESERVED = /^(?:__|(?:constructor|prototype|con|prn|aux|nul)$)/i;

/** An identifier of so many words says something. */
const SENTENCE = /^[^_.-]{1,40}(?:[_.-]{1,3}[^_.-]{1,40}){4}/;
const MIN_SEPARATORS = 4;

/** Letters, digits, `_` and `.`, of few words: most keys and names, and no pattern is needed to see it. */
function isIdentifier(text: string): boolean {
  if (text.length > MAX_IDENTIFIER) return false;
  let separators = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 95 || code === 46) separators++;
    else if (!isLetterOrDigit(code)) return false;
  }
  return !RESERVED.test(text) && (separators < MIN_SEPARATORS || !SENTENCE.test(text));
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** Techniques with what any of them needs. */
interface TechniqueSet {
  readonly all: readonly TextTechnique[];
  readonly needs: Needs;
}

function setOf(...all: readonly TextTechnique[]): TechniqueSet {
  const needs = [...new Set(all.flatMap((technique) => technique.needs))].filter((need) => need !== 0);
  // What meets a need of more kinds meets one of fewer among them
  return { all, needs: needs.filter((need) => !needs.some((fewer) => fewer !== need && (need & fewer) === fewer)) };
}

const IN_ANY: readonly TextTechnique[] = [...CHARACTERS, ...FORMS, ...WORDING];
const IN_TEXTS = setOf(...IN_ANY);
const IN_DEFAULTS = setOf(plantedDefault, ...IN_ANY);
const IN_NAMES = setOf(...NAMES, ...IN_ANY);
const IN_KEYS = setOf(...NAMES, ...OF_PARAMETERS, ...IN_ANY);
const IN_PARAMETERS = setOf(...OF_PARAMETERS, ...IN_ANY);

function techniquesFor(role: TextRole): TechniqueSet {
  switch (role) {
    case 'name':
      return IN_NAMES;
    case 'key':
      return IN_KEYS;
    case 'default':
      return IN_DEFAULTS;
    case 'parameter':
      return IN_PARAMETERS;
    default:
      return IN_TEXTS;
  }
}

function add(found: Found, technique: Technique, mention: Mention): void {
  const mentions = found.get(technique);
  const shown = { at: mention.at, excerpt: printable(mention.excerpt) };
  if (mentions) mentions.push(shown);
  else found.set(technique, [shown]);
}

/** Hidden characters shown as escapes, cut to the size of an excerpt. */
function printable(excerpt: string): string {
  return excerptOf(visibleText(excerpt.slice(0, 400), { multiline: true }).replaceAll('\u200d', '\\u{200d}'));
}
