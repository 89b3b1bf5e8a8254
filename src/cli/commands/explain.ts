import { statSync } from 'node:fs';
import { Command } from 'commander';
import { openCorrections, openExistingCatalogue } from '../../app.ts';
import { readConfig } from '../../config.ts';
import { launchText } from '../../connect/launch-plan.ts';
import type { Explanation } from '../../model/explanation.ts';
import { readTools } from '../classify-input.ts';
import { CliError, usageError } from '../errors.ts';
import { explainServerView, explainToolView } from '../explain-view.ts';
import { failureLine } from '../failure-line.ts';
import { isAnswered, warningOf } from '../is-answered.ts';
import { jsonText } from '../json-text.ts';
import { nearNames } from '../near-names.ts';
import { readInput } from '../read-input.ts';
import { openScanning, withStatusLine } from '../scanning.ts';
import { outputWidth } from '../table.ts';
import { isScanTarget, plansOf } from '../target.ts';

interface ExplainOptions {
  readonly json?: true;
  readonly unsandboxed?: true;
  readonly allowLoopback?: true;
  readonly server?: string;
}

/** @param commandLine - What stood after `--`. */
export function explainCommand(commandLine: readonly string[]): Command {
  return new Command('explain')
    .description('Say in plain words why a server has its grade, or why a tool is what it is, with the quoted words.')
    .argument(
      '[target]',
      'npm:name[@version], pypi:name, oci:image, mcpb:URL, a .mcpb or .whl file, ./folder or https://host/path to scan it now, a file of tools, the name or id of a catalogued server, or -- command args…',
    )
    .argument('[tool]', 'the tool to explain; without it the server is')
    .option('--json', 'print one JSON object: the server, and everything about its tools')
    .option('--server <name>', 'name of the server, where a file does not say it; an id such as npm:name has its corrections applied')
    .option('--unsandboxed', 'run the server without isolation')
    .option('--allow-loopback', 'call a remote of this machine too, also over http://')
    .addHelpText(
      'after',
      '\nA file is what tools/list answers, an array of tools or JSON Lines of them; it ends with .json or .jsonl, or is - for standard input.\n\nExamples:\n  assay explain npm:portkey-admin-mcp@0.12.0\n  assay explain npm:portkey-admin-mcp@0.12.0 delete_virtual_key\n  assay explain tools.json create_user --server "Our Server"\n  assay explain portkey-admin-mcp create_virtual_key --json\n  assay explain run_query -- node server.js',
    )
    .action(async (target: string | undefined, tool: string | undefined, options: ExplainOptions) => {
      const [server, wanted] = commandLine.length > 0 ? [undefined, onlyTool(target, tool)] : [target, tool];
      const explanation = chosen(await explain(server, commandLine, options), wanted);
      process.stdout.write(`${options.json ? jsonText(explanation) : viewOf(explanation, wanted)}\n`);
    });
}

/** Before a command line there is a tool, and no target. */
function onlyTool(first: string | undefined, second: string | undefined): string | undefined {
  if (second !== undefined) throw usageError('give a target or a command after --, not both');
  return first;
}

function viewOf(explanation: Explanation, wanted: string | undefined): string {
  return wanted === undefined ? explainServerView(explanation, outputWidth()) : explainToolView(explanation, outputWidth());
}

function chosen(explanation: Explanation, wanted: string | undefined): Explanation {
  if (wanted === undefined) return explanation;
  const tools = explanation.tools.filter(({ classification }) => classification.name === wanted);
  if (tools.length > 0) return { ...explanation, tools };
  const near = nearNames(
    wanted,
    explanation.tools.map(({ classification }) => classification.name),
  );
  const hint =
    near.length > 0 ? ` Did you mean ${near.map((name) => JSON.stringify(name)).join(', ')}?` : ' Without a name, explain shows them all.';
  throw usageError(`${explanation.server.name} has no tool named ${JSON.stringify(wanted)}.${hint}`);
}

function explain(target: string | undefined, commandLine: readonly string[], options: ExplainOptions): Promise<Explanation> {
  if (target === undefined || isScanTarget(target)) return scanned(target, commandLine, options);
  return isFile(target) ? fromFile(target, options) : stored(target);
}

function isFile(target: string): boolean {
  return target === '-' || /\.jsonl?$/.test(target) || statSync(target, { throwIfNoEntry: false })?.isFile() === true;
}

async function scanned(target: string | undefined, commandLine: readonly string[], options: ExplainOptions): Promise<Explanation> {
  const [plan] = plansOf(target === undefined ? [] : [target], commandLine, options);
  if (!plan) throw new Error('plansOf gives at least one plan');
  const [{ aliasesOfPlan, scan }, { explainScan }] = await Promise.all([
    import('../../pipeline/scan.ts'),
    import('../../pipeline/explain-server.ts'),
  ]);
  const connection = await openScanning(options);
  const document = await withStatusLine(launchText(plan), () => scan(plan, connection, openCorrections)).finally(connection.close);
  if (!isAnswered(document.enumeration)) throw new CliError(failureLine(document));
  const warning = warningOf(document.enumeration);
  if (warning) process.stderr.write(`assay: ${warning}\n`);
  return explainScan(document, aliasesOfPlan(plan), await openCorrections());
}

async function fromFile(file: string, { server: given }: ExplainOptions): Promise<Explanation> {
  const inputs = await readTools(readInput(file), given ?? '');
  const servers = [...new Set(inputs.map(({ server }) => server))];
  if (servers.length > 1) throw usageError(`${file} holds the tools of ${servers.length} servers; explain takes those of one`);
  const { explainDefinitions } = await import('../../pipeline/explain-server.ts');
  const definitions = inputs.map(({ tool }) => tool);
  return explainDefinitions(definitions, { server: servers[0] || file, target: file, corrections: await openCorrections() });
}

async function stored(name: string): Promise<Explanation> {
  const { explainStored } = await import('../../pipeline/explain-stored.ts');
  const corrections = await openCorrections();
  const store = await openExistingCatalogue(readConfig());
  try {
    const explanation = store && (await explainStored(store, name, corrections));
    if (explanation) return explanation;
  } finally {
    await store?.close();
  }
  throw new CliError(
    `no server ${JSON.stringify(name)} with known tools is in the catalogue. To ask a package directly: assay explain npm:${name}`,
  );
}
