import type { ParsedTool } from '../../classifiers/parsed-tool.ts';
import { sentencesIn } from '../../classifiers/sentence.ts';
import { singular } from '../../classifiers/singular.ts';

/** Read of a description: its first sentence, or this many words of it. */
const MAX_SENTENCE = 30;
const MAX_PAIRS = 8;
const MAX_PARAMETERS = 40;
const MAX_SPELLED = 60;

/**
 * What a tool says, as features of a linear model: words of its name, which stand first and last, pieces of the name of three to five letters, words and
 * pairs of words of the first sentence, names of the parameters and the words in them.
 */
export function spokenFeatures({ ownWords, description, parameters }: ParsedTool): string[] {
  const sentence = firstSentence(description);
  const names = parameters.filter(({ depth }) => depth === 0).slice(0, MAX_PARAMETERS);
  return [
    ...new Set([
      ...ownWords.map((word) => `name ${singular(word)}`),
      `name first ${ownWords[0] ?? ''}`,
      `name last ${ownWords.at(-1) ?? ''}`,
      ...piecesOf(ownWords.join('_')).map((piece) => `name piece ${piece}`),
      ...sentence.map((word) => `sentence ${singular(word)}`),
      `sentence first ${sentence[0] ?? ''}`,
      ...sentence.slice(1, MAX_PAIRS).map((word, index) => `sentence pair ${sentence[index]} ${word}`),
      ...names.map(({ words }) => `parameter ${words.join(' ')}`),
      ...names.flatMap(({ words }) => words.map((word) => `parameter word ${singular(word)}`)),
      `parameters ${Math.min(6, Math.ceil(parameters.length / 3))}`,
    ]),
  ];
}

function firstSentence(description: string): string[] {
  const words: string[] = [];
  for (const sentence of sentencesIn(description.slice(0, 600), 0)) {
    words.push(...sentence.map(({ text }) => text).filter((text) => /^[a-z]/.test(text)));
    if (words.length > 2) break;
  }
  return words.slice(0, MAX_SENTENCE);
}

function piecesOf(name: string): string[] {
  const spelled = `^${name.slice(0, MAX_SPELLED)}$`;
  return [3, 4, 5].flatMap((length) =>
    Array.from({ length: Math.max(0, spelled.length - length + 1) }, (_, at) => spelled.slice(at, at + length)),
  );
}
