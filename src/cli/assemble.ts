import { Command } from 'commander';
import { packageVersion } from '../package-version.ts';

const EXIT_CODES = 'Exit codes: 0 done, 1 findings at or above --fail-on, 2 bad usage, 3 the run failed.';

/** The program with these of its commands. */
export function assemble(commands: readonly Command[]): Command {
  const program = new Command('assay')
    .description('Lists the tools of MCP servers in a sandbox, judges what every tool may do, and derives a starter policy.')
    .version(packageVersion())
    .addHelpText('after', `\n${EXIT_CODES}\nData goes to stdout, everything else to stderr.`)
    .configureHelp({ showGlobalOptions: true });
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...program.commands.flatMap((added) => [added, ...added.commands])]) {
    const words = pathOf(command);
    command
      .exitOverride()
      .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'assay: ')) })
      .addHelpText('after', command === program ? '' : `\n${EXIT_CODES}`)
      .showHelpAfterError(`Try: ${words} --help`);
  }
  return program;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
