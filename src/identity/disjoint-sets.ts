/** Numbers 0 to n − 1 in sets that are joined one by one. A set is named by its smallest number, so the order of joining leaves no trace. */
export class DisjointSets {
  readonly #parent: number[];

  constructor(size: number) {
    this.#parent = Array.from({ length: size }, (_, index) => index);
  }

  find(item: number): number {
    let root = item;
    while (this.#parent[root] !== root) root = this.#parent[root] as number;
    for (let at = item; at !== root; ) {
      const next = this.#parent[at] as number;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  /** @returns Whether they were apart. */
  join(a: number, b: number): boolean {
    const [first, second] = [this.find(a), this.find(b)].sort((x, y) => x - y) as [number, number];
    this.#parent[second] = first;
    return first !== second;
  }
}
