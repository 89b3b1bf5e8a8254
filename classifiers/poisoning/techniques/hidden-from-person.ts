import { looksForAttacks, withoutQuotations } from '../frames.ts';
import { concealmentIn } from '../lexicon/concealment.ts';
import { ordersIn } from '../lexicon/orders.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';

const CONCEALING = [Stem.tell | Stem.negation, Stem.tell | Stem.person, Stem.stealth];

export const concealment: TextTechnique = {
  id: 'concealment',
  severity: 'high',
  finds: 'an order to keep something from the person, or to do it unnoticed',
  why: 'What a tool does honestly need not be kept from the person it is done for.',
  needs: CONCEALING,
  detect: (passage) => sentenceIn(passage, CONCEALING, (sentence, index, sentences) => conceals(sentence, sentences[index - 1])),
};

function conceals(sentence: Sentence, before: Sentence | undefined): boolean {
  if (sentence.concealment === undefined) return false;
  const text = looksForAttacks(sentence.text) ? withoutQuotations(sentence.text) : sentence.text;
  const kind = concealmentIn(text);
  if (kind === 'from-person' && sentence.opens && /\bwithout (?:notify|alert|warn|email|inform)ing\b/.test(text)) return false;
  if (kind === 'step') return before !== undefined || ordersIn(text).length > 0;
  if (kind === 'stealth') return sentence.role !== 'parameter' || !sentence.isSwitch;
  return kind !== undefined;
}
