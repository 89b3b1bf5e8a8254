import { Command, CommanderError } from 'commander';
import { classifyCommand } from './commands/classify.ts';
import { migrateCommand } from './commands/migrate.ts';
import { nightlyCommand } from './commands/nightly.ts';
import { policyCommand } from './commands/policy.ts';
import { scanCommand } from './commands/scan.ts';
import { statusCommand } from './commands/status.ts';
import { CliError, EXIT } from './errors.ts';
import { packageVersion } from './package-version.ts';

/** @param commandLine - What stood after `--`: a server's command, for the commands that take one. */
export function createProgram(commandLine: readonly string[] = []): Command {
  const program = new Command('assay')
    .description('Lists the tools of MCP servers in a sandbox, judges what every tool may do, and derives a starter policy.')
    .version(packageVersion())
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 findings at or above --fail-on, 2 bad usage, 3 the run failed.\nData goes to stdout, everything else to stderr.',
    )
    .configureHelp({ showGlobalOptions: true });
  const commands = [
    scanCommand(commandLine),
    classifyCommand(),
    policyCommand(commandLine),
    nightlyCommand(),
    statusCommand(),
    migrateCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'assay: ')) })
      .showHelpAfterError(`Try: assay ${command === program ? '' : `${command.name()} `}--help`);
  }
  return program;
}

/** @returns The exit code; a failure is one line on stderr. */
export async function run(args: readonly string[]): Promise<number> {
  endQuietlyWithoutReader();
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  try {
    await createProgram(args.slice(end + 1)).parseAsync(args.slice(0, end), { from: 'user' });
    return Number(process.exitCode ?? EXIT.done);
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** A reader such as `head` that has seen enough is no failure of ours. */
function endQuietlyWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(EXIT.done);
    });
  }
}

function exitCodeOf(error: unknown): number {
  // commander has said what is wrong already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof CliError) return complain(error.message, error.exitCode);
  if (error instanceof Error && error.name === 'StoreError') return complain(error.message, EXIT.failed);
  if (error instanceof Error && error.name === 'AbortError') return complain(`${error.message}; what was finished is kept`, EXIT.failed);
  throw error;
}

function complain(message: string, exitCode: number): number {
  process.stderr.write(`assay: ${message}\n`);
  return exitCode;
}
