import { Command, Option } from 'commander';
import { openCorrections } from '../../app.ts';
import { type LaunchPlan, launchText } from '../../connect/launch-plan.ts';
import { Severity } from '../../model/classification.ts';
import { provenanceOf } from '../../model/enumeration.ts';
import type { ScanDocument } from '../../model/scan.ts';
import { scan } from '../../pipeline/scan.ts';
import { CliError, EXIT } from '../errors.ts';
import { failureLine } from '../failure-line.ts';
import { isAnswered } from '../is-answered.ts';
import { jsonText } from '../json-text.ts';
import { TARGETS } from '../package-target.ts';
import { scanView } from '../scan-view.ts';
import { openScanning, withStatusLine } from '../scanning.ts';
import { outputWidth } from '../table.ts';
import { plansOf } from '../target.ts';

/** What the most widespread client of all calls itself. */
const SECOND_CLIENT = 'claude-ai';

interface ScanOptions {
  readonly json?: true;
  readonly unsandboxed?: true;
  readonly allowLoopback?: true;
  readonly static?: true;
  readonly withSource?: true;
  readonly widest?: true;
  readonly secondLook?: true;
  readonly secondClient?: string;
  readonly failOn?: Severity;
}

/** @param commandLine - What stood after `--`. */
export function scanCommand(commandLine: readonly string[]): Command {
  return new Command('scan')
    .description('List the tools of servers, classify and print them. Nothing is stored.')
    .argument('[targets...]', TARGETS)
    .option('--json', 'print one document per target: server, enumeration, tools')
    .addOption(new Option('--fail-on <severity>', 'exit 1 when a finding is at least this severe').choices(Severity.options))
    .option('--static', 'start nothing: read the tools from the source')
    .option('--with-source', 'read the source of what was listed too, and say what only stands there')
    .option('--widest', 'look for the longest list too, with the toolsets, modes and credentials that a server can do without')
    .option('--second-look', `look again as another client (${SECOND_CLIENT}), and say what it is shown that Assay is not`)
    .option('--second-client <name>', 'look again as this client')
    .option('--unsandboxed', 'run the servers without isolation; recorded in the result')
    .option('--allow-loopback', 'call remotes of this machine too, also over http://')
    .addHelpText(
      'after',
      '\nExamples:\n  assay scan npm:portkey-admin-mcp@0.12.0\n  assay scan --json npm:ssh-mcp npm:@scope/name\n  assay scan pypi:name@1.2.3 oci:ghcr.io/owner/name:1.2.3\n  assay scan ./bundle.mcpb mcpb:https://example.com/bundle.mcpb ./name-1.2.3-py3-none-any.whl\n  assay scan https://mcp.example.com/mcp\n  assay scan --allow-loopback http://127.0.0.1:3000/mcp\n  assay scan --static ./my-server npm:ssh-mcp\n  assay scan --widest --second-look npm:ssh-mcp\n  assay scan -- node server.js',
    )
    .action((targets: string[], options: ScanOptions) => scanTargets(plansOf(targets, commandLine, options), options));
}

async function scanTargets(plans: readonly LaunchPlan[], options: ScanOptions): Promise<void> {
  const reading = options.static ? 'only' : options.withSource ? 'always' : 'when-needed';
  const { widest, secondLook, secondClient = secondLook && SECOND_CLIENT } = options;
  const looks = { reading, widen: widest, ...(secondClient && { secondClient }) } as const;
  const connection = await openScanning(options);
  const documents: ScanDocument[] = [];
  try {
    for (const plan of plans) {
      const document = await withStatusLine(launchText(plan), () => scan(plan, { ...connection, ...looks }, openCorrections));
      if (options.json) process.stdout.write(`${jsonText(document)}\n`);
      else if (provenanceOf(document.enumeration)) process.stdout.write(`${scanView(document, outputWidth())}\n`);
      documents.push(document);
    }
  } finally {
    await connection.close();
  }
  const failed = documents.filter(({ enumeration }) => !isAnswered(enumeration));
  if (failed.length > 0) throw new CliError(failed.map(failureLine).join('\nassay: '));
  if (options.failOn && worstFinding(documents) >= Severity.options.indexOf(options.failOn)) process.exitCode = EXIT.findings;
}

/** Position of the worst finding's severity, -1 when there is none. */
function worstFinding(documents: readonly ScanDocument[]): number {
  const findings = documents.flatMap(({ server, tools }) => [
    ...(server.findings ?? []),
    ...tools.flatMap(({ classification }) => classification.findings),
  ]);
  return Math.max(-1, ...findings.map(({ severity }) => Severity.options.indexOf(severity)));
}
