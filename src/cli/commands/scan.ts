import { Command, Option } from 'commander';
import { type Connection, openConnection, openCorrections } from '../../app.ts';
import { readConfig, readSettings } from '../../config.ts';
import { type LaunchPlan, launchText } from '../../connect/launch-plan.ts';
import { Severity } from '../../model/classification.ts';
import { isListedSummary } from '../../model/enumeration.ts';
import type { ScanDocument } from '../../model/scan.ts';
import { visibleText } from '../../model/visible-text.ts';
import { scan } from '../../pipeline/scan.ts';
import { CliError, EXIT } from '../errors.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { jsonText } from '../json-text.ts';
import { StatusLine, seconds } from '../progress.ts';
import { scanView } from '../scan-view.ts';
import { outputWidth } from '../table.ts';
import { plansOf } from '../target.ts';

interface ScanOptions {
  readonly json?: true;
  readonly unsandboxed?: true;
  readonly allowLoopback?: true;
  readonly failOn?: Severity;
}

/** @param commandLine - What stood after `--`. */
export function scanCommand(commandLine: readonly string[]): Command {
  return new Command('scan')
    .description('List the tools of servers, classify and print them. Nothing is stored.')
    .argument('[targets...]', 'npm:name[@version], https://host/path, or -- command args…')
    .option('--json', 'print one document per target: server, enumeration, tools')
    .addOption(new Option('--fail-on <severity>', 'exit 1 when a finding is at least this severe').choices(Severity.options))
    .option('--unsandboxed', 'run the servers without isolation; recorded in the result')
    .option('--allow-loopback', 'call remotes of this machine too, also over http://')
    .addHelpText(
      'after',
      '\nExamples:\n  assay scan npm:portkey-admin-mcp@0.12.0\n  assay scan --json npm:ssh-mcp npm:@scope/name\n  assay scan https://mcp.example.com/mcp\n  assay scan --allow-loopback http://127.0.0.1:3000/mcp\n  assay scan -- node server.js',
    )
    .action((targets: string[], options: ScanOptions) => scanTargets(plansOf(targets, commandLine, options), options));
}

async function scanTargets(plans: readonly LaunchPlan[], options: ScanOptions): Promise<void> {
  const corrections = await openCorrections();
  const connection = await openScanning(options);
  const documents: ScanDocument[] = [];
  try {
    for (const plan of plans) {
      const document = await withStatusLine(launchText(plan), () => scan(plan, connection, corrections));
      if (options.json) process.stdout.write(`${jsonText(document)}\n`);
      else if (isListedSummary(document.enumeration)) process.stdout.write(`${scanView(document, outputWidth())}\n`);
      documents.push(document);
    }
  } finally {
    await connection.close();
  }
  const failed = documents.filter(({ enumeration }) => !isListedSummary(enumeration));
  if (failed.length > 0) throw new CliError(failed.map(failureLine).join('\nassay: '));
  if (options.failOn && worstFinding(documents) >= Severity.options.indexOf(options.failOn)) process.exitCode = EXIT.findings;
}

/** What one scan needs of this machine. */
export function openScanning({ unsandboxed, allowLoopback }: Pick<ScanOptions, 'unsandboxed' | 'allowLoopback'>): Promise<Connection> {
  const config = readConfig();
  const settings = readSettings(config.settingsFile);
  return openConnection(config, {
    unsandboxed,
    settings: { ...settings, allowLoopback: allowLoopback ?? settings.allowLoopback },
    abort: abortOnInterrupt(),
  });
}

/** Begins a line of a server's own words: never white space alone, after which a CI system would read `::error::` as its command. */
const DETAIL = '  | ';

/** What went wrong in one line, and the end of what the server said about it below. */
export function failureLine({ server, enumeration }: ScanDocument): string {
  const fault = 'fault' in enumeration ? enumeration.fault : undefined;
  const line = visibleText(`${server.target} was not listed (${enumeration.status}): ${fault?.message ?? ''}`);
  // Where the package is known to be wrong, what npm said adds nothing; where a server was started, what it said is the clue.
  const isClue = enumeration.attempts.length > 0 || fault?.code === 'install-failed';
  const details = isClue ? visibleText(fault?.details ?? '', { multiline: true }).trim() : '';
  return details === '' ? line : `${line}\n${details.replaceAll(/^/gm, DETAIL)}`;
}

/** Shows on a terminal that something goes on, and for how long. */
export async function withStatusLine<Result>(target: string, work: () => Promise<Result>): Promise<Result> {
  const line = new StatusLine();
  const startedAt = performance.now();
  const draw = () => line.show(`${target}: installing and starting, ${seconds(performance.now() - startedAt)}`);
  draw();
  const timer = setInterval(draw, 500);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    line.clear();
  }
}

/** Position of the worst finding's severity, -1 when there is none. */
function worstFinding(documents: readonly ScanDocument[]): number {
  const findings = documents.flatMap(({ server, tools }) => [
    ...(server.findings ?? []),
    ...tools.flatMap(({ classification }) => classification.findings),
  ]);
  return Math.max(-1, ...findings.map(({ severity }) => Severity.options.indexOf(severity)));
}
