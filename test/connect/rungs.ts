import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import type { SandboxRung } from '../../src/model/enumeration.ts';

const ALL = ['bubblewrap', 'util-linux'] as const satisfies readonly SandboxRung[];

const opened = await Promise.all(ALL.map(async (rung) => ({ rung, isHere: (await openSandbox({ only: rung })).ok })));

/** Every rung, for `describe.skipIf`: one that is not installed here shows as skipped, by name. */
export const RUNGS: readonly { readonly rung: SandboxRung; readonly isHere: boolean }[] = opened;

/** The strongest rung of this machine, for tests of what is the same on all. */
export const STRONGEST: SandboxRung = strongest();

function strongest(): SandboxRung {
  const found = opened.find(({ isHere }) => isHere);
  if (!found) throw new Error('No sandbox works on this machine, so servers cannot be tested. Install bubblewrap or util-linux.');
  return found.rung;
}
