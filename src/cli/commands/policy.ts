import { Command, Option } from 'commander';
import { openCorrections, openExistingCatalogue } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { launchText } from '../../connect/launch-plan.ts';
import type { Classification } from '../../model/classification.ts';
import { isListedSummary } from '../../model/enumeration.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { visibleText } from '../../model/visible-text.ts';
import { CliError, usageError } from '../errors.ts';
import { jsonText } from '../json-text.ts';
import { isScanTarget, plansOf } from '../target.ts';
import { failureLine, openScanning, withStatusLine } from './scan.ts';

interface PolicyOptions {
  readonly json?: true;
  readonly unsandboxed?: true;
  readonly allowLoopback?: true;
  readonly tool?: string;
  readonly listFormats?: true;
}

/** Ids of the forms a policy can be printed in. */
const FORMATS = ['json'];
const PROFILES = ['standard'];

/** @param commandLine - What stood after `--`. */
export function policyCommand(commandLine: readonly string[]): Command {
  return new Command('policy')
    .description('Print the starter policy of a server: of a target scanned now, or of a server in the catalogue.')
    .argument(
      '[server]',
      'npm:name[@version] or https://host/path to scan it now, the name or id of a catalogued server, or -- command args…',
    )
    .option('--json', 'print the policy document on one line')
    .option('--tool <name>', 'only the rule of this tool')
    .addOption(new Option('--profile <name>', 'which defaults').choices(PROFILES).default('standard'))
    .addOption(new Option('--format <id>', 'which form: json is the published policy document').choices(FORMATS).default('json'))
    .option('--list-formats', 'print the ids of the forms')
    .option('--unsandboxed', 'run the server without isolation')
    .option('--allow-loopback', 'call a remote of this machine too, also over http://')
    .addHelpText(
      'after',
      '\nExamples:\n  assay policy npm:portkey-admin-mcp@0.12.0 > policy.json\n  assay policy portkey-admin-mcp\n  assay policy npm:ssh-mcp --tool exec',
    )
    .action((server: string | undefined, options: PolicyOptions) => printPolicy(server, commandLine, options));
}

async function printPolicy(server: string | undefined, commandLine: readonly string[], options: PolicyOptions): Promise<void> {
  if (options.listFormats) {
    process.stdout.write(options.json ? `${JSON.stringify(FORMATS)}\n` : `${FORMATS.join('\n')}\n`);
    return;
  }
  if (server !== undefined && commandLine.length > 0) throw usageError('give a server or a command after --, not both');
  const stored = server !== undefined && !isScanTarget(server);
  const judged = stored ? await storedTools(server) : await scannedTools(server, commandLine, options);
  const chosen = options.tool === undefined ? judged : judged.filter(({ name }) => name === options.tool);
  if (options.tool !== undefined && chosen.length === 0) throw new CliError(`the server has no tool named ${JSON.stringify(options.tool)}`);
  const { starterPolicy } = await import('../../policy/starter-policy.ts');
  const { document, unnamed } = starterPolicy(chosen);
  for (const name of unnamed)
    process.stderr.write(`assay: no rule can name the tool ${visibleText(JSON.stringify(name))}: it stays denied\n`);
  process.stdout.write(`${format(document, options)}\n`);
}

function format(document: PolicyDocument, { json }: PolicyOptions): string {
  return jsonText(document, json ? undefined : 2);
}

type Judged = Pick<Classification, 'name' | 'category'>;

async function scannedTools(server: string | undefined, commandLine: readonly string[], options: PolicyOptions): Promise<Judged[]> {
  const [plan] = plansOf(server === undefined ? [] : [server], commandLine, options);
  if (!plan) throw new Error('plansOf gives at least one plan');
  const { scan } = await import('../../pipeline/scan.ts');
  const corrections = await openCorrections();
  const connection = await openScanning(options);
  const document = await withStatusLine(launchText(plan), () => scan(plan, connection, corrections)).finally(connection.close);
  const { enumeration } = document;
  if (!isListedSummary(enumeration)) throw new CliError(failureLine(document));
  if (enumeration.status === 'partial') {
    process.stderr.write(`assay: the policy covers part of the server: ${visibleText(enumeration.fault.message)}\n`);
  }
  return document.tools.map(({ classification }) => classification);
}

async function storedTools(name: string): Promise<Judged[]> {
  const { categoriesOf } = await import('../../pipeline/categories-of.ts');
  const corrections = await openCorrections();
  const store = await openExistingCatalogue(readConfig());
  try {
    const categories = store && (await categoriesOf(store, name, corrections));
    if (categories) return categories;
  } finally {
    await store?.close();
  }
  throw new CliError(
    `no server ${JSON.stringify(name)} with known tools is in the catalogue. To ask a package directly: assay policy npm:${name}`,
  );
}
