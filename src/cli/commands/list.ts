import { Command } from 'commander';
import { enumerate } from '../../connect/enumerate.ts';
import { type LaunchPlan, launchText } from '../../connect/launch-plan.ts';
import { CliError } from '../errors.ts';
import { TARGETS } from '../package-target.ts';
import { openScanning, type ScanningOptions, withStatusLine } from '../scanning.ts';
import { plansOf } from '../target.ts';

interface ListOptions extends ScanningOptions {
  readonly json?: true;
}

/** @param commandLine - What stood after `--`. */
export function listCommand(commandLine: readonly string[]): Command {
  return new Command('list')
    .description('List the tools of servers as they define them. Quicker than scan: nothing is judged, and nothing is stored.')
    .argument('[targets...]', TARGETS)
    .option('--json', 'print one document per target: server, enumeration, tools')
    .option('--unsandboxed', 'run the servers without isolation; recorded in the result')
    .option('--allow-loopback', 'call remotes of this machine too, also over http://')
    .addHelpText(
      'after',
      '\nExamples:\n  assay list npm:portkey-admin-mcp@0.12.0\n  assay list --json npm:ssh-mcp https://mcp.example.com/mcp\n  assay list -- node server.js',
    )
    .action((targets: string[], options: ListOptions) => listTargets(plansOf(targets, commandLine, options), options));
}

async function listTargets(plans: readonly LaunchPlan[], options: ListOptions): Promise<void> {
  const connection = await openScanning(options);
  // Loaded while a server starts.
  const views = () => import('../list-view.ts');
  const failures: string[] = [];
  try {
    for (const plan of plans) {
      const target = launchText(plan);
      const onStarted = () => void views().catch(() => {});
      const enumeration = await withStatusLine(target, () => enumerate(plan, { ...connection, onStarted }));
      const { printList, failureOf } = await views();
      printList({ target, enumeration }, options);
      failures.push(...failureOf({ target, enumeration }));
    }
  } finally {
    await connection.close();
  }
  if (failures.length > 0) throw new CliError(failures.join('\nassay: '));
}
