import { looksForAttacks } from '../frames.ts';
import { Concept, THINGS } from '../lexicon/concepts.ts';
import type { Language } from '../lexicon/language.ts';
import { LANGUAGES } from '../lexicon/languages.ts';
import { SECRET_PLACE } from '../lexicon/objects.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import type { Subject } from '../subject.ts';
import { maySilence } from '../suspicion.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';

export const foreignLanguageOrder: TextTechnique = {
  id: 'foreign-language-order',
  severity: 'high',
  finds: 'an order in another language than English to drop instructions, hide something or hand secrets over',
  why: 'Reviewers read past a language that they do not know; a model does not.',
  needs: [Stem.foreign],
  detect: (passage, subject) =>
    sentenceIn(passage, [Stem.foreign], (sentence) => mayOrder(sentence) && ordersInAnyLanguage(sentence, subject)),
};

/** English holds words of other languages too: in Latin letters, there must be words of an order. */
function mayOrder({ text, concepts }: Sentence): boolean {
  if ((concepts & Concept.drop) !== 0 || maySilence(concepts)) return true;
  if ((concepts & Concept.carry) !== 0 && ((concepts & THINGS) !== 0 || text.includes('.') || text.includes('/'))) return true;
  return !LATIN.test(text);
}

/** Words of an order are known in the languages that are written so. */
const LATIN = /^[\x20-\u024f\u1e00-\u1eff\u2000-\u206f]*$/;

function ordersInAnyLanguage({ text, opens, concepts }: Sentence, { parameters }: Subject): boolean {
  const isLatin = LATIN.test(text);
  const mayOverride = !isLatin || (concepts & Concept.drop) !== 0;
  const mayHide = !isLatin || maySilence(concepts);
  return spokenIn(text).some((language) => {
    if ((mayOverride && language.overrides.test(text)) || (mayHide && language.hides.test(text))) return !looksForAttacks(text);
    if (isLatin && (concepts & Concept.carry) === 0) return false;
    if (!language.takes.test(text)) return false;
    if (SECRET_PLACE.test(text)) return !opens || language.secrets.test(text);
    return language.secrets.test(text) && !opens && mentionsArgument(text, parameters);
  });
}

const WORD = /\p{L}+/gu;

/** The languages whose letters it is written in; of those written in Latin letters, the ones with most of their common words in it. */
function spokenIn(text: string): Language[] {
  const common = commonWordsIn(text);
  let most = 2;
  let latin: Language[] = [];
  const spoken: Language[] = [];
  for (const language of LANGUAGES) {
    if (language.speaks instanceof RegExp) {
      if (language.speaks.test(text)) spoken.push(language);
      continue;
    }
    const hits = common.get(language) ?? 0;
    if (hits > most) latin = [];
    if (hits >= most) latin.push(language);
    most = Math.max(most, hits);
  }
  return [...spoken, ...latin];
}

/** How many of a language's common words stand in a text, for those with any. */
function commonWordsIn(text: string): ReadonlyMap<Language, number> {
  const hits = new Map<Language, number>();
  for (const word of text.match(WORD) ?? [])
    for (const language of SPOKEN_WITH.get(word) ?? []) hits.set(language, (hits.get(language) ?? 0) + 1);
  return hits;
}

/** Languages by their common words. */
const SPOKEN_WITH: ReadonlyMap<string, readonly Language[]> = languagesByWord();

function languagesByWord(): Map<string, Language[]> {
  const languages = new Map<string, Language[]>();
  for (const language of LANGUAGES) {
    if (language.speaks instanceof RegExp) continue;
    for (const word of language.speaks) languages.set(word, [...(languages.get(word) ?? []), language]);
  }
  return languages;
}

function mentionsArgument(text: string, parameters: ReadonlySet<string>): boolean {
  return (
    (text.match(/[a-z0-9_.-]{2,60}/g) ?? []).some((word) => parameters.has(word)) ||
    (text.match(WORD) ?? []).some((word) => word.length > 1 && parameters.has(word))
  );
}
