import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../../config.ts';
import type { Upstream, UpstreamEvents } from '../../guard/upstream.ts';
import { visibleText } from '../../model/visible-text.ts';
import { CliError, usageError } from '../errors.ts';
import { abortOnInterrupt } from '../interrupt.ts';

interface GuardCommandOptions {
  readonly policy: string;
  readonly upstream?: URL;
  readonly header?: Readonly<Record<string, string>>;
  readonly grant: string;
  readonly set?: ReadonlyMap<string, string>;
  readonly approvalTimeout: number;
  readonly state?: string;
  readonly observe?: true;
}

/** @param commandLine - What stood after `--`. */
export function guardCommand(commandLine: readonly string[]): Command {
  return (
    new Command('guard')
      .description('Stand between a client and a server, and let pass what a policy allows. Speaks MCP on stdin and stdout.')
      .requiredOption('--policy <file>', 'the policy, in the form assay or json; read again when it changes')
      .option('--upstream <url>', 'a server behind a URL (streamable HTTP), instead of a command after --', upstreamUrl)
      .option(
        '--header <header>',
        "sent to --upstream, 'Name: value'; $NAME in braces is taken from the environment; may be repeated",
        header,
      )
      .option('--grant <name>', 'who calls; limits are counted for each by itself', 'default')
      .option('--set <name=value>', 'fill in a placeholder; lists are separated by commas; may be repeated', pair)
      // Clients of the SDK give a call up after 60 s.
      .addOption(new Option('--approval-timeout <seconds>', 'then an approval counts as refused').default(50).argParser(seconds))
      .option('--state <folder>', 'counters and audit log; by default one for each policy file and server')
      .option('--observe', 'write down what would be denied, and deny nothing')
      .addHelpText('after', HELP)
      .action((options: GuardCommandOptions) => guard(commandLine, options))
  );
}

const HELP = `
A call that is denied is answered with the reason, as a result of the tool. What needs approval is asked of the person through the client, where
the client can (elicitation), else denied. Everything else passes unchanged.

Examples:
  assay policy npm:@modelcontextprotocol/server-memory --format assay --out memory.json
  assay guard --policy memory.json -- npx -y @modelcontextprotocol/server-memory
  assay guard --policy remote.json --upstream https://mcp.example.com/mcp --header 'Authorization: Bearer \${TOKEN}'`;

async function guard(commandLine: readonly string[], options: GuardCommandOptions): Promise<void> {
  const { policy, upstream, grant } = options;
  if (commandLine.length > 0 === (upstream !== undefined)) {
    throw usageError('name one server: a command after --, or --upstream https://host/path');
  }
  const { environment } = readConfig();
  const [{ runGuard }, { PolicyFileError }] = await Promise.all([import('../../guard/run-guard.ts'), import('../../guard/policy-file.ts')]);
  const why = await runGuard({
    policyFile: resolve(policy),
    values: options.set ?? new Map(),
    grant,
    observe: options.observe ?? false,
    approvalMs: options.approvalTimeout * 1_000,
    stateFolder: options.state ?? stateFolderOf(environment, [placeOf(policy), upstream?.href ?? commandLine]),
    start: upstream ? remote(upstream, options.header ?? {}) : local(commandLine, environment),
    input: process.stdin,
    output: process.stdout,
    say: (message) => void process.stderr.write(`assay guard: ${visibleText(message, { multiline: true })}\n`),
    abort: abortOnInterrupt(),
  }).catch((error: unknown) => {
    throw error instanceof PolicyFileError ? new CliError(`${policy} cannot be decided by:\n${error.message}`) : error;
  });
  if (why !== undefined) throw new CliError(why);
}

type Start = (events: UpstreamEvents) => Promise<Upstream>;

function local(commandLine: readonly string[], environment: NodeJS.ProcessEnv): Start {
  return async (events) => (await import('../../guard/upstream.ts')).startProcess(commandLine, environment, events);
}

function remote(url: URL, headers: Readonly<Record<string, string>>): Start {
  return async (events) => (await import('../../guard/http-upstream.ts')).connectHttp(url, headers, events);
}

/** By where the policy really is: two ways to write its place are one guard. A file that is not there is told later, with its name. */
function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

function stateFolderOf(environment: NodeJS.ProcessEnv, identity: readonly unknown[]): string {
  const key = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
  const base = process.platform === 'win32' ? environment['LOCALAPPDATA'] : environment['XDG_STATE_HOME'];
  return join(base || join(homedir(), '.local', 'state'), 'assay', 'guard', key);
}

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

function upstreamUrl(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname))) return url;
  throw new InvalidArgumentError('It has to be https://host/path, or http:// on this machine.');
}

function header(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]{1,200}):\s{0,9}(.{0,16000})$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("It has to be 'Name: value'.");
  const { environment } = readConfig();
  const filled = value.replaceAll(/\$\{(\w{1,200})\}/g, (_, variable: string) => {
    const found = environment[variable];
    if (found === undefined) throw new InvalidArgumentError(`The environment has no ${variable}.`);
    return found;
  });
  return { ...before, [name]: filled };
}

function pair(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [, name, value] = /^([A-Z][A-Z0-9_]{0,63})=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('It has to be NAME=value, such as MAX_AMOUNT=100.');
  return new Map([...before, [name, value]]);
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError('It has to be a whole number of seconds, at most 86400.');
}
