import { chown, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { SANDBOX_UID } from '../sandbox/layout.ts';
import type { Mount, Sandbox } from '../sandbox/sandbox.ts';
import { type InstallLimits, type RunOutcome, runBounded } from './bounded-run.ts';
import { credentialsFor } from './npm-credentials.ts';
import { type NpmSetup, npmFolder } from './npm-settings.ts';

export interface NpmCommand {
  /** What is installed or asked for: only credentials that it needs itself are given. */
  readonly packageName: string;
  /** npm's own arguments, the subcommand first. */
  readonly args: readonly string[];
  /** Host folder that becomes the working folder inside, the only one it may write beside npm's cache. */
  readonly appFolder: string;
  readonly cacheFolder: string;
  readonly sandbox: Sandbox;
  readonly setup: NpmSetup;
  readonly limits: InstallLimits;
  readonly abort: AbortSignal;
}

const APP = '/app';
const CACHE = '/cache';
const NPM = '/opt/npm';
const USER_CONFIG = '/opt/npmrc';
const CA_FILE = '/opt/ca/npm.pem';
const EXTRA_CA_FILE = '/opt/ca/node.pem';

/** Runs npm in the sandbox, with the network. What it may do to this machine the sandbox decides; what it fetches and runs, its options. */
export async function runNpm(command: NpmCommand): Promise<RunOutcome> {
  const userConfig = await writeUserConfig(command);
  const { sandbox, setup, args, appFolder, cacheFolder, limits, abort } = command;
  const running = runBounded({
    argv: ['node', cliInside(setup), ...args, ...setupArguments(setup), ...userConfig.args, `--cache=${CACHE}`],
    env: { ...setup.environment, ...(setup.extraCaFile && { NODE_EXTRA_CA_CERTS: EXTRA_CA_FILE }) },
    cwd: APP,
    mounts: [...mountsOf(command), ...userConfig.mounts],
    folders: [appFolder, cacheFolder],
    sandbox,
    limits,
    abort,
  });
  return running.finally(userConfig.remove);
}

interface UserConfig {
  readonly args: readonly string[];
  readonly mounts: readonly Mount[];
  readonly remove: () => Promise<void>;
}

/** The credentials, beside the folders that npm writes to and read by nobody else. They go as soon as npm has ended. */
async function writeUserConfig({ packageName, setup, cacheFolder, sandbox }: NpmCommand): Promise<UserConfig> {
  const credentials = credentialsFor(packageName, setup.credentials ?? [], setup.options);
  if (credentials.length === 0) return { args: [], mounts: [], remove: async () => {} };
  const source = join(dirname(cacheFolder), 'npmrc');
  await writeFile(source, `${credentials.join('\n')}\n`, { mode: 0o600 });
  if (sandbox.record.rung !== 'none' && process.geteuid?.() === 0) await chown(source, SANDBOX_UID, SANDBOX_UID);
  return {
    args: [`--userconfig=${USER_CONFIG}`],
    mounts: [{ source, target: USER_CONFIG, writable: false }],
    remove: () => rm(source, { force: true }),
  };
}

function mountsOf({ appFolder, cacheFolder, setup }: NpmCommand): Mount[] {
  const readable = [
    { source: setup.caFile, target: CA_FILE },
    { source: setup.extraCaFile, target: EXTRA_CA_FILE },
    { source: isSystemFile(setup.cliFile) ? undefined : npmFolder(setup), target: NPM },
  ];
  return [
    { source: appFolder, target: APP, writable: true },
    { source: cacheFolder, target: CACHE, writable: true },
    ...readable.flatMap(({ source, target }) => (source ? [{ source, target, writable: false }] : [])),
  ];
}

/** npm of the system stays where it is: Debian's takes its dependencies from folders beside its own. */
function cliInside(setup: NpmSetup): string {
  return isSystemFile(setup.cliFile) ? setup.cliFile : join(NPM, relative(npmFolder(setup), setup.cliFile));
}

function isSystemFile(path: string): boolean {
  return path.startsWith('/usr/');
}

function setupArguments({ options, caFile }: NpmSetup): string[] {
  const given = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  return [...given, ...(caFile ? [`--cafile=${CA_FILE}`] : [])];
}
