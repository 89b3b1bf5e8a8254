import { describe, expect, it } from 'vitest';
import { wordKnownAs } from '../../classifiers/known-words.ts';
import { FORMS } from '../../classifiers/vocabulary.ts';
import { identifierWords, readSentence, type Word } from '../../classifiers/words.ts';

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  readSentence(text, 0, words);
  return words;
}

describe('known words', () => {
  const forms = [...FORMS.keys()];

  it('every verb form is found in a text, in whichever case', () => {
    const lost = forms.filter((form) => {
      const { verb, inflection, roles } = wordKnownAs(form);
      return ![form, form.toUpperCase()].every((written) => {
        const [word] = wordsOf(`${written} x`);
        return word?.text === form && word.verb === verb && word.inflection === inflection && word.roles === roles;
      });
    });
    // `schließen` in capitals is another word.
    expect(lost.filter((form) => !form.includes('ß'))).toEqual([]);
  });

  it.each([
    ['a word with a letter less', 'delet the page'],
    ['a word with a letter more', 'deletee the page'],
    ['a word with an accent', 'deleté the page'],
    ['a word longer than any', `${'delete'.repeat(50)} the page`],
  ])('%s is none of them', (_what, text) => {
    expect(wordsOf(text)[0]?.verb).toBeUndefined();
  });

  it.each([
    ['deletes the page', 'deletes the page'],
    ["It’s the user's page", 'it the user page'],
    ['Version 2.5 of naïve Ärger', 'version 2.5 of naïve ärger'],
    ['Sign in to API_KEY', 'login to api_key'],
    ['ends with a.', 'ends with a'],
  ])('%s', (text, words) => {
    expect(
      wordsOf(text)
        .map((word) => word.text)
        .join(' '),
    ).toBe(words);
  });

  it.each([
    ['DELETE_Über_page', ['delete', 'über', 'page']],
    ['signIn', ['login']],
    ['zzqx9_Logs', ['zzqx9', 'logs']],
  ])('splits %s', (identifier, words) => {
    expect(identifierWords(identifier)).toEqual(words);
  });
});
