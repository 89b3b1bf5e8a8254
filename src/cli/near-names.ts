/** How many are shown. */
const SHOWN = 3;

/** Names that a person may have meant, nearest first: a slip of a few letters away, or one a part of the other. */
export function nearNames(wanted: string, names: readonly string[]): string[] {
  const lower = wanted.toLowerCase().slice(0, MAX_LENGTH);
  const near = [...new Set(names)].map((name) => ({ name, distance: distanceOf(lower, name.toLowerCase().slice(0, MAX_LENGTH)) }));
  const closest = Math.min(...near.map(({ distance }) => distance));
  return near
    .filter(({ distance }) => distance <= Math.max(2, lower.length / 3) && distance <= closest + 1)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, SHOWN)
    .map(({ name }) => name);
}

/** Names are a stranger's, and the distance costs the product of two lengths. */
const MAX_LENGTH = 80;

function distanceOf(a: string, b: string): number {
  if (a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a))) return 1;
  return editDistance(a, b);
}

/** Letters to insert, take out or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
