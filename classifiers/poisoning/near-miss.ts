/** The known name that a name is a slip away from, if there is one. A slip leaves the letters the same, but for one left out. */
export function nearMissOf(name: string, known: ReadonlySet<string>): string | undefined {
  const letters = lettersOf(name);
  const index = indexOf(known);
  for (let bit = -1; bit < LETTERS; bit++) {
    const candidates = index.get(bit < 0 ? letters : letters ^ (1 << bit));
    const found = candidates?.find((candidate) => isNearMiss(name, candidate));
    if (found) return found;
  }
  return undefined;
}

const LETTERS = 26;

/** Names that are slips of each other share this, and few others do. A letter left out is no slip here: a server has `list_issue` beside `list_issues`. */
export function slipKey(name: string): string {
  return `${name.length} ${lettersOf(name)}`;
}

const INDEXES = new WeakMap<ReadonlySet<string>, ReadonlyMap<number, readonly string[]>>();

/** Names by their letters. */
function indexOf(known: ReadonlySet<string>): ReadonlyMap<number, readonly string[]> {
  const index = INDEXES.get(known) ?? Map.groupBy(known, lettersOf);
  INDEXES.set(known, index);
  return index;
}

/** Which letters a name holds, a bit each, look-alikes read as the letters that they look like. */
function lettersOf(name: string): number {
  let letters = 0;
  const spelled = name.includes('rn') || name.includes('vv') ? spelledAlike(name) : name;
  for (let index = 0; index < spelled.length; index++) letters |= bitOf(spelled.charCodeAt(index));
  return letters;
}

function bitOf(code: number): number {
  if (code === 105 || code === 49) return 1 << 11; // i and 1 look like l
  if (code === 48) return 1 << 14; // 0 looks like o
  if (code === 51) return 1 << 4; // 3 looks like e
  if (code === 53) return 1 << 18; // 5 looks like s
  return code > 96 && code < 123 ? 1 << (code - 97) : 0;
}

/**
 * Whether a name is a slip away from a known one: two letters swapped, one doubled or left out of a pair, one dropped from the middle of a long word, or a look-alike
 * put in its place (0 for o, 1 for l, rn for m). Any other letter instead makes another word more often than a slip.
 */
export function isNearMiss(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > 1 || name === known || name.length < 5) return false;
  if (spelledAlike(name) === spelledAlike(known)) return true;
  let start = 0;
  while (start < name.length && name[start] === known[start]) start++;
  let end = 0;
  while (end < name.length - start && end < known.length - start && name.at(-1 - end) === known.at(-1 - end)) end++;
  const here = name.slice(start, name.length - end);
  const there = known.slice(start, known.length - end);
  if (here.length === 2 && there.length === 2) return here[0] === there[1] && here[1] === there[0] && /^[a-z]{2}$/.test(here);
  if (start < 2 || end < 1) return false;
  if (here.length === 0 && there.length === 1) return /[a-z]/.test(there) && isLongWord(known, start);
  return here.length === 1 && there.length === 0 && (name[start - 1] === here || name[start + 1] === here) && /[a-z]/.test(here);
}

const SPELT_OTHERWISE = /[0135i|]|rn|vv/;

function spelledAlike(name: string): string {
  if (!SPELT_OTHERWISE.test(name)) return name;
  return name
    .replaceAll('0', 'o')
    .replace(/[1i|]/g, 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('5', 's')
    .replaceAll('3', 'e');
}

/** The word of the known name that the slip is in. */
function isLongWord(known: string, at: number): boolean {
  const from = known.lastIndexOf('_', at) + 1;
  const to = known.indexOf('_', at);
  return (to < 0 ? known.length : to) - from >= 5;
}
