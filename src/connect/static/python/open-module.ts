import type { Run } from './run.ts';
import { execute } from './statements.ts';
import type { Scope } from './value.ts';

/** A module's names, after its statements were gone through; those so far, where it is imported by what it imports. */
export function openModule(path: string, run: Run): Scope | undefined {
  const opened = run.modules.open(path);
  if (opened?.isNew) {
    const { untaken } = run;
    run.untaken = 0;
    run.step(() => execute(opened.scope.file.top, opened.scope, run), false);
    run.untaken = untaken;
  }
  return opened?.scope;
}
