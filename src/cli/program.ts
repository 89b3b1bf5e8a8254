import type { Command } from 'commander';
import { assemble } from './assemble.ts';
import { cacheCommand } from './commands/cache.ts';
import { classifyCommand } from './commands/classify.ts';
import { explainCommand } from './commands/explain.ts';
import { guardCommand } from './commands/guard.ts';
import { identityCommand } from './commands/identity.ts';
import { listCommand } from './commands/list.ts';
import { migrateCommand } from './commands/migrate.ts';
import { nightlyCommand } from './commands/nightly.ts';
import { policyCommand } from './commands/policy.ts';
import { scanCommand } from './commands/scan.ts';
import { statusCommand } from './commands/status.ts';

/**
 * The whole program, in the order that its help shows.
 *
 * @param commandLine - What stood after `--`: a server's command, for the commands that take one.
 */
export function createProgram(commandLine: readonly string[] = []): Command {
  return assemble([
    scanCommand(commandLine),
    listCommand(commandLine),
    classifyCommand(),
    explainCommand(commandLine),
    policyCommand(commandLine),
    guardCommand(commandLine),
    nightlyCommand(),
    identityCommand(),
    statusCommand(),
    cacheCommand(),
    migrateCommand(),
  ]);
}
