import { Command, CommanderError } from 'commander';
import { visibleText } from '../model/visible-text.ts';
import { packageVersion } from '../package-version.ts';
import { classifyCommand } from './commands/classify.ts';
import { explainCommand } from './commands/explain.ts';
import { identityCommand } from './commands/identity.ts';
import { migrateCommand } from './commands/migrate.ts';
import { nightlyCommand } from './commands/nightly.ts';
import { policyCommand } from './commands/policy.ts';
import { scanCommand } from './commands/scan.ts';
import { statusCommand } from './commands/status.ts';
import { CliError, EXIT, usageError } from './errors.ts';

const EXIT_CODES = 'Exit codes: 0 done, 1 findings at or above --fail-on, 2 bad usage, 3 the run failed.';

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
    explainCommand(commandLine),
    policyCommand(commandLine),
    nightlyCommand(),
    identityCommand(),
    statusCommand(),
    migrateCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'assay: ')) })
      .addHelpText('after', command === program ? '' : `\n${EXIT_CODES}`)
      .showHelpAfterError(`Try: assay ${command === program ? '' : `${command.name()} `}--help`);
  }
  return program;
}

/** Commands that take a server's command line after `--`. */
const TAKE_COMMAND_LINE = ['scan', 'explain', 'policy'];

/** @returns The exit code; a failure is one line on stderr. */
export async function run(args: readonly string[]): Promise<number> {
  endQuietlyWithoutReader();
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  try {
    refuseCommandLine(args.slice(0, end), args.slice(end + 1));
    await createProgram(args.slice(end + 1)).parseAsync(args.slice(0, end), { from: 'user' });
    return Number(process.exitCode ?? EXIT.done);
  } catch (error) {
    return exitCodeOf(error);
  }
}

function refuseCommandLine(args: readonly string[], commandLine: readonly string[]): void {
  if (commandLine.length === 0 || TAKE_COMMAND_LINE.includes(args[0] ?? '')) return;
  throw usageError(`only ${TAKE_COMMAND_LINE.slice(0, -1).join(', ')} and ${TAKE_COMMAND_LINE.at(-1)} take a command after --`);
}

/** A reader such as `head` that has seen enough is no failure of ours: the command goes on to its own exit code, its output unread. */
function endQuietlyWithoutReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

function exitCodeOf(error: unknown): number {
  // commander has said what is wrong already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof CliError) return complain(error.message, error.exitCode);
  if (!(error instanceof Error)) throw error;
  if (error.name === 'AbortError') return complain(error.message, EXIT.failed);
  if (error.name === 'SettingsError') return complain(error.message, EXIT.usage);
  if (EXPECTED_NAMES.includes(error.name) || 'syscall' in error) return complain(error.message, EXIT.failed);
  complain(`${error.message} (a bug; please report it with the lines below)`, EXIT.failed);
  process.stderr.write(`${error.stack}\n`);
  return EXIT.failed;
}

/** Errors whose message says what happened, to what, and what to do. Named and not imported: their modules load the database. */
const EXPECTED_NAMES = ['StoreError', 'HostError', 'CorrectionsError'];

function complain(message: string, exitCode: number): number {
  process.stderr.write(`assay: ${visibleText(message, { multiline: true })}\n`);
  return exitCode;
}
