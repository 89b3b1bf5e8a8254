import { type HostRung, openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';

const ALL = ['bubblewrap', 'util-linux'] as const satisfies readonly HostRung[];

const opened = await Promise.all(ALL.map(async (rung) => ({ rung, sandbox: await openSandbox({ only: rung }) })));

/** Every rung, for `describe.skipIf`: one that does not work here shows as skipped, by name. Under `ASSAY_REQUIRE_RUNGS=1` it fails the tests. */
export const RUNGS = opened.map(({ rung, sandbox }) => ({ rung, isHere: sandbox.ok }));

/** The strongest rung of this machine, for tests of what is the same on all. */
export const STRONGEST: HostRung = strongest();

if (process.env['ASSAY_REQUIRE_RUNGS'] === '1') requireAll();

function requireAll(): void {
  const missing = opened.flatMap(({ sandbox }) => (sandbox.ok ? [] : [sandbox.fault.message]));
  if (missing.length > 0) throw new Error(`ASSAY_REQUIRE_RUNGS is set, and not every rung of the sandbox works here. ${missing.join(' ')}`);
}

function strongest(): HostRung {
  const found = opened.find(({ sandbox }) => sandbox.ok);
  if (!found) throw new Error('No sandbox works on this machine, so servers cannot be tested. Install bubblewrap or util-linux.');
  return found.rung;
}
