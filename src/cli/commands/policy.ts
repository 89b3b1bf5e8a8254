import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { type AccessPolicy, Profile } from '../../model/access-policy.ts';
import { POLICY_FORMATS } from '../../policy/formats/index.ts';
import type { PolicyFormat } from '../../policy/formats/policy-format.ts';
import type { PolicyBasis } from '../../policy/make-policy.ts';
import type { ArgumentRules } from '../../policy/narrow-arguments.ts';
import { CliError, usageError } from '../errors.ts';
import { nearNames } from '../near-names.ts';
import { type BasisOptions, policyBasisOf } from '../policy-basis.ts';
import { formatList, noteLines, problemLines, safeText } from '../policy-view.ts';

interface PolicyOptions extends BasisOptions {
  readonly json?: true;
  readonly tool?: string;
  readonly profile: Profile;
  readonly format: string;
  readonly arguments: ArgumentRules;
  readonly set?: readonly string[];
  readonly out?: string;
  readonly listFormats?: true;
}

const ARGUMENT_RULES: readonly ArgumentRules[] = ['none', 'safe', 'all'];
const FORMAT_IDS = POLICY_FORMATS.map(({ id }) => id);

/** @param commandLine - What stood after `--`. */
export function policyCommand(commandLine: readonly string[]): Command {
  return new Command('policy')
    .description('Print the starter policy of a server: which of its tools clients may call, how often, and what needs approval.')
    .argument(
      '[server]',
      'npm:name[@version], https://host/path or a folder to scan it now; the name or id of a catalogued server; or -- command args…',
    )
    .addOption(new Option('--profile <name>', 'how strict').choices(Profile.options).default('standard'))
    .addOption(new Option('--format <id>', 'which form; json is the published policy document').choices(FORMAT_IDS).default('json'))
    .addOption(
      new Option('--arguments <which>', 'rules for arguments: safe ones, all with placeholders, or none')
        .choices(ARGUMENT_RULES)
        .default('safe'),
    )
    .option('--set <name=value>', 'fill in a placeholder; lists are separated by commas; may be repeated', collected)
    .option('--tool <name>', 'only the rule of this tool')
    .option('--feed <folder>', 'look the server up in this published feed, and nowhere else')
    .option('--out <file>', 'write it to a new file')
    .option('--json', 'print a form that is JSON on one line; with --list-formats, the ids as JSON')
    .option('--list-formats', 'print the forms: id, file, title, and what checks them')
    .option('--unsandboxed', 'run the server without isolation')
    .option('--allow-loopback', 'call a remote of this machine too, also over http://')
    .addHelpText('after', HELP)
    .action((server: string | undefined, options: PolicyOptions) => printPolicy(server, commandLine, options));
}

const HELP = `
A package, URL, folder or command is scanned now. A name or id is looked up in the feed under site/feed, then in the database.

Profiles:
  standard   reads freely, writes 30 a minute, executes 10 a minute; approval for money, permissions, and reads that give secrets; destruction hidden
  strict     reads 60 a minute, writes with approval; all else denied or hidden
  read-only  reads; all else hidden

Examples:
  assay policy npm:portkey-admin-mcp@0.12.0 > policy.json
  assay policy npm:ssh-mcp --profile strict --format assay --out assay-policy.json
  assay policy portkey-admin-mcp --tool create_virtual_key
  assay policy npm:@modelcontextprotocol/server-filesystem --format assay --arguments all --set PATH_ROOT=/home/me/notes
  assay policy npm:ssh-mcp --feed /srv/www/feed`;

function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

async function printPolicy(server: string | undefined, commandLine: readonly string[], options: PolicyOptions): Promise<void> {
  if (options.listFormats) {
    process.stdout.write(
      options.json ? `${JSON.stringify(FORMAT_IDS)}\n` : formatList(await Promise.all(POLICY_FORMATS.map((entry) => entry.load()))),
    );
    return;
  }
  const values = valuesOf(options.set);
  const format = await formatOf(options.format);
  const basis = withTool(await policyBasisOf(server, commandLine, options), options.tool);
  const { makePolicy } = await import('../../policy/make-policy.ts');
  const policy = await filled(makePolicy(basis, options), values, options);
  const lowered = format.lower(policy);
  process.stderr.write(noteLines(format.id, lowered.notes));
  await put(safeText(format.write(lowered), options.json ?? false), options.out);
}

async function formatOf(id: string): Promise<PolicyFormat> {
  const found = POLICY_FORMATS.find((entry) => entry.id === id);
  if (!found) throw new Error(`--format takes listed ids only, not ${id}`);
  return found.load();
}

function valuesOf(given: readonly string[] = []): Map<string, string> {
  const pairs = given.map((text): [string, string] => {
    const [, name, value] = /^([A-Z][A-Z0-9_]{0,63})=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw usageError(`--set ${JSON.stringify(text)} is not of the form NAME=value, such as MAX_AMOUNT=100`);
    return [name, value];
  });
  return new Map(pairs);
}

function withTool(basis: PolicyBasis, wanted: string | undefined): PolicyBasis {
  if (wanted === undefined) return basis;
  const tools = basis.tools.filter(({ definition }) => definition.name === wanted);
  if (tools.length > 0) return { ...basis, tools };
  const near = nearNames(
    wanted,
    basis.tools.map(({ definition }) => definition.name),
  );
  const hint = near.length > 0 ? `. Did you mean ${near.map((name) => JSON.stringify(name)).join(', ')}?` : '';
  throw new CliError(`the server has no tool named ${JSON.stringify(wanted)}${hint}`);
}

/** Only the form of the model itself can hold what is still open. */
async function filled(policy: AccessPolicy, values: ReadonlyMap<string, string>, { format }: PolicyOptions): Promise<AccessPolicy> {
  if (values.size === 0 && (format === 'assay' || policy.placeholders.length === 0)) return policy;
  const { fillPlaceholders } = await import('../../policy/fill-placeholders.ts');
  const read = fillPlaceholders(policy, values);
  if ('problems' in read) throw usageError(problemLines(read.problems));
  return read.policy;
}

/** A file that is there may hold other settings too: nothing is overwritten. */
async function put(text: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw usageError(`${file} is there already, and nothing is overwritten. Name another file, or print the policy and merge it by hand`);
  }
}
