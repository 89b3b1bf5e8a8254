/** Letters of a word that are looked at: `conversation` and `conversations` are one stem, `convert` another. */
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

/** More slots than words, several times over. */
const SLOTS = 1 << 14;

/** Kinds of words by the hash of their stems. */
export class WordTable {
  readonly #kinds = new Int32Array(SLOTS);
  readonly #hashes = new Int32Array(SLOTS);

  /** @param letters - Letters of a word that count; a word with an asterisk counts by its first five in any case, and longer ones with two by their first seven. */
  constructor(lists: readonly (readonly [bits: number, words: string])[], letters: number) {
    for (const [bits, words] of lists)
      for (const word of words.split(/[^\p{L}\p{M}\p{N}*]+/u)) if (word !== '') this.#add(word, bits, letters);
  }

  #add(word: string, bits: number, letters: number): void {
    const isStem = word.endsWith('*');
    const stem = !isStem ? letters : word.endsWith('**') ? STEM_LETTERS : SHORT_STEM;
    let hash = SEED;
    for (let index = 0; index < Math.min(word.length, stem); index++) hash = mixed(hash, word.charCodeAt(index));
    if (isStem) hash = mixed(hash, STAR);
    const slot = this.#slotOf(hash);
    this.#hashes[slot] = hash;
    this.#kinds[slot] = (this.#kinds[slot] ?? 0) | bits;
  }

  /** Its own, or the first free one. */
  #slotOf(hash: number): number {
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    while (this.#kinds[slot] !== 0 && this.#hashes[slot] !== hash) slot = (slot + 1) & (SLOTS - 1);
    return slot;
  }

  kindsOf(hash: number): number {
    return this.#kinds[this.#slotOf(hash)] ?? 0;
  }

  /** Kinds of a stem written with asterisks. */
  kindsOfStem(hash: number): number {
    return this.kindsOf(mixed(hash, STAR));
  }
}
