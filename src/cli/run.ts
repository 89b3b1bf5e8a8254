import { type Command, CommanderError } from 'commander';
import { visibleText } from '../model/visible-text.ts';
import { assemble } from './assemble.ts';
import { CliError, EXIT, usageError } from './errors.ts';

/** Commands that take a server's command line after `--`. */
const TAKE_COMMAND_LINE = ['scan', 'list', 'explain', 'policy', 'guard'];

/** @returns The exit code; a failure is one line on stderr. */
export async function run(args: readonly string[]): Promise<number> {
  endQuietlyWithoutReader();
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  try {
    refuseCommandLine(args.slice(0, end), args.slice(end + 1));
    const program = await programFor(args[0], args.slice(end + 1));
    await program.parseAsync(args.slice(0, end), { from: 'user' });
    return Number(process.exitCode ?? EXIT.done);
  } catch (error) {
    return exitCodeOf(error);
  }
}

/** One command alone where that is enough: loading all of them takes longer than most servers take to start. */
async function programFor(first: string | undefined, commandLine: readonly string[]): Promise<Command> {
  if (first === 'list') return assemble([(await import('./commands/list.ts')).listCommand(commandLine)]);
  if (first === 'scan') return assemble([(await import('./commands/scan.ts')).scanCommand(commandLine)]);
  if (first === 'policy') return assemble([(await import('./commands/policy.ts')).policyCommand(commandLine)]);
  if (first === 'guard') return assemble([(await import('./commands/guard.ts')).guardCommand(commandLine)]);
  if (first === 'cache') return assemble([(await import('./commands/cache.ts')).cacheCommand()]);
  if (first === '--version' || first === '-V') return assemble([]);
  return (await import('./program.ts')).createProgram(commandLine);
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
