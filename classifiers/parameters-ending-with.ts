import { oncePerTool } from './once-per-tool.ts';
import type { Parameter } from './parameter.ts';
import type { ParsedTool } from './parsed-tool.ts';

/** Kinds are the bits of one number, so that one walk over the parameters answers for all of them. */
const MAX_KINDS = 31;

// Filled while the signals are loaded, and only read afterwards.
const kindsOf = new Map<string, number>();
let kinds = 0;

/**
 * The parameters whose names end as one of these does, in schema order: the cheap test before they are looked at. Most tools have none.
 *
 * @param names - Words or phrases; their last words count.
 */
export function parametersEndingWith(...names: Iterable<string>[]): (parsed: ParsedTool) => readonly Parameter[] {
  if (kinds >= MAX_KINDS) throw new Error(`more than ${MAX_KINDS} kinds of parameters`);
  const kind = 1 << kinds++;
  for (const name of names.flatMap((list) => [...list])) {
    const last = name.slice(name.lastIndexOf(' ') + 1);
    kindsOf.set(last, (kindsOf.get(last) ?? 0) | kind);
  }
  return (parsed) =>
    (kindsIn(parsed) & kind) === 0 ? NONE : parsed.parameters.filter((parameter) => (kindsOfOne(parameter) & kind) !== 0);
}

const NONE: readonly Parameter[] = [];

const kindsIn = oncePerTool(({ parameters }) => {
  let found = 0;
  for (const parameter of parameters) found |= kindsOfOne(parameter);
  return found;
});

function kindsOfOne({ words }: Parameter): number {
  return kindsOf.get(words[words.length - 1] ?? '') ?? 0;
}
