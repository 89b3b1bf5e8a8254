/** As many imagined results, spread evenly, as keep a cut sane where hardly any were seen. */
const IMAGINED = 5;

/** Where on an axis results lie, learnt from those that were seen: each query is cut up with what the ones before it found. */
export class Density {
  #places: number[];
  #sorted = false;

  constructor(typical: readonly number[] = []) {
    this.#places = [...typical];
  }

  learn(place: number): void {
    this.#places.push(place);
    this.#sorted = false;
  }

  /**
   * Where to cut a range so that about `share` of its results are before.
   *
   * @returns The last value of the first part: at least `from`, less than `to`.
   */
  cut(from: number, to: number, share: number): number {
    let [low, high] = [from, to - 1];
    const before = this.#countBelow(from);
    const seen = this.#countBelow(to + 1) - before;
    const upTo = (value: number) =>
      (this.#countBelow(value + 1) - before + (IMAGINED * (value + 1 - from)) / (to + 1 - from)) / (seen + IMAGINED);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (upTo(middle) < share) low = middle + 1;
      else high = middle;
    }
    // A crowded value may overshoot by more than leaving it to the next part would fall short.
    return low > from && share - upTo(low - 1) < upTo(low) - share ? low - 1 : low;
  }

  #countBelow(value: number): number {
    if (!this.#sorted) this.#places.sort((a, b) => a - b);
    this.#sorted = true;
    let [low, high] = [0, this.#places.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#places[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
