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
  if (!LATIN.test(text)) return true;
  if ((concepts & Concept.drop) !== 0 || maySilence(concepts)) return true;
  return (concepts & Concept.carry) !== 0 && ((concepts & THINGS) !== 0 || text.includes('.') || text.includes('/'));
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
  const words = text.match(WORD) ?? [];
  let most = 2;
  let latin: Language[] = [];
  const spoken: Language[] = [];
  for (const language of LANGUAGES) {
    const { speaks } = language;
    if (speaks instanceof RegExp) {
      if (speaks.test(text)) spoken.push(language);
      continue;
    }
    const hits = words.reduce((count, word) => count + (speaks.has(word) ? 1 : 0), 0);
    if (hits > most) latin = [];
    if (hits >= most) latin.push(language);
    most = Math.max(most, hits);
  }
  return [...spoken, ...latin];
}

function mentionsArgument(text: string, parameters: ReadonlySet<string>): boolean {
  return (
    (text.match(/[a-z0-9_.-]{2,60}/g) ?? []).some((word) => parameters.has(word)) ||
    (text.match(WORD) ?? []).some((word) => word.length > 1 && parameters.has(word))
  );
}
