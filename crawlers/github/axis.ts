/** A whole number that results can be ranged by, with a qualifier of the search. Both ends of a range are in it. */
export interface Axis {
  readonly qualifier: string;
  readonly from: number;
  /** The last value there is: a range that reaches it is written open. */
  readonly to: number;
  readonly textOf: (value: number) => string;
  /** Where typical results lie, where that is known before any is seen. */
  readonly typical?: readonly number[];
}

const MS = 1_000;
const textOfSecond = (second: number) => new Date(second * MS).toISOString().replace('.000Z', 'Z');

/** GitHub's first repository is of 2007; the topics are older than the protocol (`mcp` was a tool for modding Minecraft). */
const FIRST_REPOSITORY = Date.parse('2007-10-01T00:00:00Z') / MS;

/** By second, the finest that GitHub tells times apart. */
export function createdAxis(until: Date): Axis {
  return { qualifier: 'created', from: FIRST_REPOSITORY, to: secondOf(until), textOf: textOfSecond };
}

export function pushedAxis(since: Date, until: Date): Axis {
  return { qualifier: 'pushed', from: secondOf(since), to: Math.max(secondOf(until), secondOf(since)), textOf: textOfSecond };
}

/** Tells apart what was created in the same second. Most repositories have hardly any. */
export const STARS: Axis = {
  qualifier: 'stars',
  from: 0,
  to: 10_000_000,
  textOf: String,
  typical: [0, 0, 0, 0, 1, 1, 2, 3, 5, 10, 30, 200],
};

/** In bytes; larger files are not searched. https://docs.github.com/rest/search/search#search-code */
export const SIZE: Axis = {
  qualifier: 'size',
  from: 0,
  to: 384 * 1024,
  textOf: String,
  // Deciles of what 2,861 servers of the official registry published (March 2026), as indented JSON.
  typical: evenlyBetween([227, 467, 526, 554, 582, 661, 768, 835, 993, 1_344, 4_000], 10),
};

/** As many values from each quantile to the next. */
function evenlyBetween(quantiles: readonly number[], count: number): number[] {
  return quantiles.slice(1).flatMap((to, n) => {
    const from = quantiles[n] ?? to;
    return Array.from({ length: count }, (_, step) => Math.round(from + ((to - from) * step) / count));
  });
}

function secondOf(date: Date): number {
  return Math.floor(date.getTime() / MS);
}

/** `created:A..B`, open at the end of the axis, where later results may still come. */
export function rangeText({ qualifier, to: last, textOf }: Axis, from: number, to: number): string {
  return `${qualifier}:${textOf(from)}..${to >= last ? '*' : textOf(to)}`;
}
