/** Letters of a word that are looked at for its kinds: `conversation` and `conversations` are one stem, `convert` another. */
export const STEM_LETTERS = 7;
/** Letters of a stem written with an asterisk. */
export const SHORT_STEM = 5;
/** Letters of a word taken whole: hardly any is longer. */
export const WORD_LETTERS = 14;
const STAR = 42;
const MULTIPLIER = 0x01000193;
export const SEED = 0x811c9dc5 | 0;

/** The hash of a word, a letter at a time. */
export function mixed(hash: number, code: number): number {
  return Math.imul(hash ^ code, MULTIPLIER);
}

/** The hash of a stem written with an asterisk. */
export function starred(hash: number): number {
  return mixed(hash, STAR);
}

/** More slots than words, several times over. */
const SLOTS = 1 << 14;
/** Most words are not in the table: as many bits as tell, in a list so short that it stays at hand. */
const FILTER_BITS = 1 << 16;

/** Words with bits of one sort. */
export type WordLists = readonly (readonly [bits: number, words: string])[];

/** Kinds, concepts and cues of words by the hash of as many of their letters as count. */
export class WordTable {
  readonly #filter = new Int32Array(FILTER_BITS / 32);
  readonly #hashes = new Int32Array(SLOTS);
  /** Where a slot is not 0, it holds a word. */
  readonly #isTaken = new Uint8Array(SLOTS);
  readonly #kinds = new Int32Array(SLOTS);
  readonly #concepts = new Int32Array(SLOTS);
  readonly #cues = new Int32Array(SLOTS);

  /**
   * A word with an asterisk counts by its first five letters in any case, one with two by its first seven.
   *
   * @param kinds - Words of which the first seven letters count; so with cues.
   * @param concepts - Words of which the first fourteen count.
   */
  constructor(kinds: WordLists, cues: WordLists, concepts: WordLists) {
    for (const [list, bits] of [
      [this.#kinds, kinds],
      [this.#cues, cues],
      [this.#concepts, concepts],
    ] as const)
      for (const [bit, words] of bits)
        for (const word of separate(words)) this.#add(list, word, bit, list === this.#concepts ? WORD_LETTERS : STEM_LETTERS);
  }

  #add(list: Int32Array, word: string, bits: number, letters: number): void {
    const isStem = word.endsWith('*');
    const stem = !isStem ? letters : word.endsWith('**') ? STEM_LETTERS : SHORT_STEM;
    let hash = SEED;
    for (let index = 0; index < Math.min(word.length, stem); index++) hash = mixed(hash, word.charCodeAt(index));
    if (isStem) hash = starred(hash);
    const bit = hash ^ (hash >>> 15);
    this.#filter[(bit & (FILTER_BITS - 1)) >>> 5] = (this.#filter[(bit & (FILTER_BITS - 1)) >>> 5] ?? 0) | (1 << bit);
    const slot = this.#slotFor(hash);
    this.#isTaken[slot] = 1;
    this.#hashes[slot] = hash;
    list[slot] = (list[slot] ?? 0) | bits;
  }

  /** Its own, or the first free one. The first of all stays free. */
  #slotFor(hash: number): number {
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1) || 1;
    while (this.#isTaken[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & (SLOTS - 1) || 1;
    return slot;
  }

  /** Where a word is; 0 where it is not known. */
  slotOf(hash: number): number {
    const bit = hash ^ (hash >>> 15);
    if (((this.#filter[(bit & (FILTER_BITS - 1)) >>> 5] ?? 0) & (1 << bit)) === 0) return 0;
    const slot = this.#slotFor(hash);
    return this.#isTaken[slot] === 0 ? 0 : slot;
  }

  kindsAt(slot: number): number {
    return this.#kinds[slot] ?? 0;
  }

  cuesAt(slot: number): number {
    return this.#cues[slot] ?? 0;
  }

  conceptsAt(slot: number): number {
    return this.#concepts[slot] ?? 0;
  }
}

function separate(words: string): string[] {
  return words.split(/[^\p{L}\p{M}\p{N}*]+/u).filter((word) => word !== '');
}
