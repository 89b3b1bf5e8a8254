import type { Fault } from '../../src/model/fault.ts';
import { type Axis, rangeText } from './axis.ts';
import { Density } from './density.ts';
import { type AskPage, MAX_RESULTS, type ResultPage, readOtherPages, readPage } from './result-pages.ts';

/**
 * A slice is aimed at this many results: one above the limit costs a request, and so does every started page. From 700 to 950 the searches for 28,600
 * repositories differ by one per cent (`bench/github.ts`); this leaves room for counts that are off.
 */
const AIM = 850;

/** A slice whose answers stay incomplete is cut up while it has more results than this. */
const SMALLEST_CUT = 200;

export interface SlicedSearch<T> {
  readonly ask: AskPage<T>;
  readonly keyOf: (item: T) => string;
  /** Where an item lies on an axis; undefined where the answer does not say. */
  readonly placeOf: (item: T, axis: Axis) => number | undefined;
  /** Kept over the queries of a pass: see {@link Density}. */
  readonly densities: Map<string, Density>;
}

/** What was found in one slice. Slices overlap where one was too full at first. */
export interface Slice<T> {
  readonly items: readonly T[];
  readonly faults: readonly Fault[];
  /** Why the search cannot go on, thrown once the items are taken. */
  readonly failure?: { readonly error: unknown };
}

/** Part of a query's results: a range on the first axis. The others are for when a single value of it holds too many. */
interface Region {
  readonly query: string;
  readonly axis: Axis;
  readonly finer: readonly Axis[];
  readonly from: number;
  readonly to: number;
  /** How many results it has, as far as the answers so far say. */
  readonly count?: number;
}

/**
 * Finds all results of a query, however many: the search gives only the first thousand, so it is asked in ranges. The count of the whole and of each
 * range read give the count of the rest, and what was seen so far says where to cut it.
 *
 * @throws What asking throws; what the slice had given before is yielded first.
 */
export async function* slicedSearch<T>(search: SlicedSearch<T>, query: string, axes: readonly [Axis, ...Axis[]]): AsyncGenerator<Slice<T>> {
  const [axis, ...finer] = axes;
  const open: Region[] = [{ query, axis, finer, from: axis.from, to: axis.to }];
  for (let region = open.pop(); region; region = open.pop()) {
    const part = firstPartOf(region, densityOf(search, region.axis));
    const first = await readPage(search.ask, textOf(part), 1, part.count !== 0);
    learn(search, part, first);
    if (part !== region) open.push(restOf(region, part, first.totalCount));
    if (isTooFull(part, first)) {
      yield first;
      open.push(asTooFull(part, first.totalCount));
      continue;
    }
    const { shiftedTo, ...slice } = await readOtherPages(search.ask, search.keyOf, textOf(part), first);
    for (const item of slice.items) learnPlace(search, part.axis, item);
    yield shiftedTo === undefined && isCutOff(part, first)
      ? { ...slice, faults: [...slice.faults, cutOff(part, first.totalCount)] }
      : slice;
    if (slice.failure) throw slice.failure.error;
    if (shiftedTo !== undefined && isDivisible(part)) open.push(asTooFull(part, shiftedTo));
  }
}

function textOf({ query, axis, from, to }: Region): string {
  return `${query} ${rangeText(axis, from, to)}`;
}

function firstPartOf(region: Region, density: Density): Region {
  const { from, to, count = 0 } = region;
  if (count <= MAX_RESULTS || from === to) return region;
  const parts = Math.ceil(count / AIM);
  return { ...region, to: density.cut(from, to, 1 / parts), count: Math.round(count / parts) };
}

function restOf(region: Region, { to }: Region, count: number): Region {
  return { ...region, from: to + 1, count: Math.max(0, (region.count ?? 0) - count) };
}

function isTooFull(part: Region, { totalCount, incomplete }: ResultPage<unknown>): boolean {
  return isDivisible(part) && (totalCount > MAX_RESULTS || (incomplete && totalCount > SMALLEST_CUT));
}

function isDivisible({ from, to, finer }: Region): boolean {
  return from < to || finer.length > 0;
}

/** The same part, to be cut: on its own axis, or on the next where it is a single value. */
function asTooFull(part: Region, count: number): Region {
  // What is to be cut for another reason than its count is cut in two.
  const known = { ...part, count: Math.max(count, MAX_RESULTS + 1) };
  const [axis, ...finer] = part.finer;
  if (part.from < part.to || !axis) return known;
  return { ...known, query: textOf(part), axis, finer, from: axis.from, to: axis.to };
}

function isCutOff(part: Region, { totalCount }: ResultPage<unknown>): boolean {
  return totalCount > MAX_RESULTS && !isDivisible(part);
}

function cutOff(part: Region, count: number): Fault {
  return {
    code: 'search-cut-off',
    subject: textOf(part),
    message: `The search has ${count} results, gives only the first ${MAX_RESULTS}, and cannot be narrowed any more.`,
    retryable: false,
  };
}

function densityOf<T>({ densities }: SlicedSearch<T>, { qualifier, typical }: Axis): Density {
  const known = densities.get(qualifier) ?? new Density(typical);
  densities.set(qualifier, known);
  return known;
}

function learn<T>(search: SlicedSearch<T>, part: Region, { items, totalCount }: ResultPage<T>): void {
  if (totalCount > MAX_RESULTS) for (const item of items) learnPlace(search, part.axis, item);
}

function learnPlace<T>(search: SlicedSearch<T>, axis: Axis, item: T): void {
  const place = search.placeOf(item, axis);
  if (place !== undefined) densityOf(search, axis).learn(place);
}
