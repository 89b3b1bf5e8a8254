/** Why a value is not kept. */
export type Misfit = 'too-deep' | 'too-big';

interface Walk {
  readonly maxDepth: number;
  /** What the value's JSON text may still have. */
  bytesLeft: number;
}

/**
 * Whether a parsed value passes a limit. The walk ends at the first one, before any text is made of the value, and allocates next to nothing: the eight
 * megabytes of one frame can hold three million values, and every other server waits meanwhile.
 *
 * @param maxBytes - Of its JSON text in UTF-8, without white space.
 */
export function misfitOf(
  value: unknown,
  { maxDepth, maxBytes }: { readonly maxDepth: number; readonly maxBytes: number },
): Misfit | undefined {
  const walk = { maxDepth, bytesLeft: maxBytes };
  const misfit = visit(value, 1, walk);
  if (misfit) return misfit;
  // Escapes and letters beyond ASCII take more than was counted, six times as much at most, and a number at most 25 characters.
  const counted = maxBytes - walk.bytesLeft;
  if (counted * 25 <= maxBytes) return undefined;
  return Buffer.byteLength(JSON.stringify(value)) > maxBytes ? 'too-big' : undefined;
}

/** Counts the least that a text can have: a character for each value, one for each separator, and those of strings. Goes no deeper than `maxDepth`. */
function visit(value: unknown, depth: number, walk: Walk): Misfit | undefined {
  walk.bytesLeft -= typeof value === 'string' ? value.length + 2 : 1;
  if (walk.bytesLeft < 0) return 'too-big';
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > walk.maxDepth) return 'too-deep';
  return Array.isArray(value) ? visitElements(value, depth, walk) : visitMembers(value, depth, walk);
}

function visitElements(elements: readonly unknown[], depth: number, walk: Walk): Misfit | undefined {
  for (const element of elements) {
    walk.bytesLeft -= 1;
    const misfit = visit(element, depth + 1, walk);
    if (misfit) return misfit;
  }
  return undefined;
}

function visitMembers(members: object, depth: number, walk: Walk): Misfit | undefined {
  for (const [name, value] of Object.entries(members)) {
    walk.bytesLeft -= name.length + 4;
    const misfit = visit(value, depth + 1, walk);
    if (misfit) return misfit;
  }
  return undefined;
}
