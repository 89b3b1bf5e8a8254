import { z } from 'zod';
import { Category } from './classification.ts';
import { ToolDefinition } from './tool.ts';

const Text = z.string().trim().min(1);

/** A reviewed human change of one classification: a file in `corrections/`. */
export const Correction = z
  .strictObject({
    /** An id of the server, or of one of its packages, as the catalogue names it: `npm:@scope/name`. */
    server: z.string().regex(/^[a-z]+:\S+$/, 'Invalid input: expected an id of a server or of a package, such as npm:@scope/name'),
    tool: z.string().min(1),
    /** What it should be. */
    category: Category,
    why: Text,
    shownBy: Text,
    /** The day it was shown. */
    date: z.iso.date(),
    /** The tool as it was then. */
    definition: ToolDefinition,
  })
  .refine(({ tool, definition }) => definition.name === tool, {
    path: ['definition', 'name'],
    message: 'Invalid input: expected the name of the tool',
  });
export type Correction = z.infer<typeof Correction>;

/** All corrections: by server, then by tool. */
export type Corrections = ReadonlyMap<string, ReadonlyMap<string, Correction>>;

export const NO_CORRECTIONS: Corrections = new Map();

/** Corrections by what they correct. Of several for one tool of one server the last is kept. */
export function correctionsOf(corrections: Iterable<Correction>): Corrections {
  const byServer = new Map<string, Map<string, Correction>>();
  for (const correction of corrections) {
    const ofServer = byServer.get(correction.server) ?? new Map<string, Correction>();
    byServer.set(correction.server, ofServer.set(correction.tool, correction));
  }
  return byServer;
}

/**
 * The corrections of one server by tool. Where two of its names have one for the same tool, the newer counts.
 *
 * @param names - Everything that resolves to it: its id and its aliases.
 */
export function correctionsOfServer(corrections: Corrections, names: readonly string[]): ReadonlyMap<string, Correction> {
  const found = new Map<string, Correction>();
  if (corrections.size === 0) return found;
  for (const name of [...new Set(names)].sort()) {
    for (const [tool, correction] of corrections.get(name) ?? []) {
      const known = found.get(tool);
      if (!known || known.date < correction.date) found.set(tool, correction);
    }
  }
  return found;
}
