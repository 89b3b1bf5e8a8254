import { Concept, THINGS } from './lexicon/concepts.ts';
import { Stem } from './lexicon/stems.ts';
import type { Scan } from './stems.ts';

/** Whether any sentence of a text is about enough to be adverse. Bits only: nearly every text of an honest tool ends here. */
export function mayBeAdverse({ sentences }: Scan, isAside: boolean): boolean {
  for (let index = 0; index < sentences.length; index++) {
    const { concepts, kinds } = sentences[index] ?? NOTHING;
    if (addsUp(concepts, kinds, isAside || maySilence((sentences[index + 1] ?? NOTHING).concepts))) return true;
  }
  return false;
}

const NOTHING = { concepts: 0, kinds: 0 };

/** Something worth stealing, handed over, and at least one thing more that honest texts seldom say with it. */
export function addsUp(about: number, stems: number, isWorse: boolean): boolean {
  if ((about & THINGS) === 0 && (stems & Stem.place) === 0) return false;
  if ((about & (Concept.carry | Concept.whole)) === 0) return false;
  return isWorse || (about & WORSE) !== 0 || (stems & (Stem.address | Stem.quoted | Stem.foreign)) !== 0 || maySilence(about);
}

const WORSE = Concept.whole | Concept.model | Concept.hide | Concept.saved | Concept.other | Concept.outward | Concept.bind;

export function maySilence(about: number): boolean {
  return (about & Concept.hide) !== 0 || ((about & Concept.negation) !== 0 && (about & (Concept.tell | Concept.ask)) !== 0);
}
