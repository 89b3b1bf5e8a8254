/** The first that `known` lacks: found without a copy, since a hostile set may be large. */
export function firstBeyond(values: ReadonlySet<string>, known: ReadonlySet<string>): string | undefined {
  for (const value of values) if (!known.has(value)) return value;
  return undefined;
}

export function haveCommon(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const value of a) if (b.has(value)) return true;
  return false;
}
