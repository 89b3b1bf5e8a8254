import type { Fault } from '../../src/model/fault.ts';

/** GitHub gives no more of one search, and 422 for the page after. */
export const MAX_RESULTS = 1_000;
export const PAGE_SIZE = 100;
const MAX_PAGES = MAX_RESULTS / PAGE_SIZE;

/** A search that ran out of time on GitHub's side is asked again so often. */
const MAX_INCOMPLETE = 3;

/** Results that moved between pages while they were read are looked for in so many readings of the pages. */
const MAX_ROUNDS = 2;

export interface ResultPage<T> {
  /** Right within a few per cent. */
  readonly totalCount: number;
  /** The search ran out of time: results may be missing. */
  readonly incomplete: boolean;
  readonly items: readonly T[];
  readonly faults: readonly Fault[];
  /** Of the answer, readable or not. */
  readonly size: number;
  readonly hasNext: boolean;
}

export type AskPage<T> = (query: string, page: number) => Promise<ResultPage<T>>;

interface Pages<T> {
  readonly items: readonly T[];
  readonly faults: readonly Fault[];
  /** The results have become more than a search gives: how many there are now. */
  readonly shiftedTo?: number;
  readonly failure?: { readonly error: unknown };
}

/**
 * @param maySurprise - Whether an empty answer would be one: a search that has results sometimes says that it has none (bjesus/teatime#7), so it is
 * asked again.
 */
export async function readPage<T>(ask: AskPage<T>, query: string, page: number, maySurprise: boolean): Promise<ResultPage<T>> {
  const answer = await completePage(ask, query, page);
  return answer.totalCount === 0 && maySurprise ? completePage(ask, query, page) : answer;
}

/** The page, asked for again while it is incomplete; if it stays so, the fullest that came. */
async function completePage<T>(ask: AskPage<T>, query: string, page: number): Promise<ResultPage<T>> {
  let fullest = await ask(query, page);
  for (let tries = 1; fullest.incomplete && tries < MAX_INCOMPLETE; tries++) {
    const again = await ask(query, page);
    if (!again.incomplete || again.size > fullest.size) fullest = again;
  }
  return fullest;
}

/**
 * All results of a search that has no more than it gives. The order is not stable while stars change: a result that moves between pages is seen twice
 * and pushes another where it is not seen at all. So a doublet, and a count that went down, mean that the pages are read once more.
 */
export async function readOtherPages<T>(
  ask: AskPage<T>,
  keyOf: (item: T) => string,
  query: string,
  first: ResultPage<T>,
): Promise<Pages<T>> {
  const round = new Round(keyOf, query);
  try {
    let shifted = await round.read(ask, first);
    for (let rounds = 1; shifted && rounds < MAX_ROUNDS && round.shiftedTo === undefined; rounds++) {
      shifted = await round.read(ask, await readPage(ask, query, 1, true));
    }
    return round.result();
  } catch (error) {
    return { ...round.result(), failure: { error } };
  }
}

/** Collects the results of one search over as many readings of its pages as it takes. */
class Round<T> {
  readonly #found = new Map<string, T>();
  readonly #faults = new Map<string, Fault>();
  readonly #keyOf: (item: T) => string;
  readonly #query: string;
  shiftedTo: number | undefined;

  constructor(keyOf: (item: T) => string, query: string) {
    this.#keyOf = keyOf;
    this.#query = query;
  }

  /** @returns Whether results moved meanwhile. */
  async read(ask: AskPage<T>, first: ResultPage<T>): Promise<boolean> {
    const seen = new Set<string>();
    let shifted = this.#add(first, seen);
    let [last, number] = [first, 1];
    for (; isFollowed(last, number); number++) {
      const next = await readPage(ask, this.#query, number + 1, true);
      shifted = this.#add(next, seen) || next.totalCount < last.totalCount || shifted;
      last = next;
    }
    // Ten full pages: nobody can say whether there would be an eleventh.
    if (first.totalCount <= MAX_RESULTS && (last.totalCount > MAX_RESULTS || (number === MAX_PAGES && last.size === PAGE_SIZE))) {
      this.shiftedTo = Math.max(last.totalCount, MAX_RESULTS);
    }
    return shifted;
  }

  result(): Pages<T> {
    const found = { items: [...this.#found.values()], faults: [...this.#faults.values()] };
    return this.shiftedTo === undefined ? found : { ...found, shiftedTo: this.shiftedTo };
  }

  #add({ items, faults, incomplete }: ResultPage<T>, seen: Set<string>): boolean {
    let doublet = false;
    for (const item of items) {
      const key = this.#keyOf(item);
      doublet ||= seen.has(key);
      seen.add(key);
      this.#found.set(key, item);
    }
    for (const fault of faults) this.#faults.set(fault.subject, fault);
    if (incomplete) this.#faults.set(this.#query, incompleteFault(this.#query));
    return doublet;
  }
}

function isFollowed({ size, totalCount, hasNext }: ResultPage<unknown>, number: number): boolean {
  return size > 0 && number < MAX_PAGES && (hasNext || number * PAGE_SIZE < totalCount);
}

function incompleteFault(query: string): Fault {
  return {
    code: 'search-incomplete',
    subject: query,
    message: `The search ran out of time on GitHub's side ${MAX_INCOMPLETE} times in a row: results may be missing.`,
    retryable: true,
  };
}
