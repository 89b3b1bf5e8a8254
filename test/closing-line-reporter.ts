import type { Reporter, TestModule } from 'vitest/node';
import { leftovers } from './leftovers.ts';

/**
 * Ends the run with one plain line, `N passed, N failed`, that a script can read. A module that could not be loaded counts as failed, and so does a
 * process that a test left running.
 */
export default class ClosingLineReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): Promise<void> {
    const left = process.platform === 'linux' ? await leftovers(process.pid) : [];
    for (const { pid, command } of left) process.stderr.write(`\nLeft running by a test: process ${pid}: ${command}\n`);
    if (left.length > 0) process.exitCode = 1;
    let passed = 0;
    let failed = unhandledErrors.length + left.length;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  }
}
