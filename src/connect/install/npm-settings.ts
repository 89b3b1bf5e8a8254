import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Fault } from '../../model/fault.ts';
import { visibleText } from '../../model/visible-text.ts';
import { npmCredentials } from './npm-credentials.ts';
import { readConfigTexts } from './registry-access.ts';

/** How this machine reaches its registries. */
export interface NpmSetup {
  /** npm's own program on the host, `…/npm/bin/npm-cli.js`. */
  readonly cliFile: string;
  /** Command-line options of npm, registries of scopes included: `@scope:registry` to its URL. */
  readonly options: Readonly<Record<string, string>>;
  /** Certificates that the registry or the proxy is checked against. */
  readonly caFile?: string;
  /** Certificates that every Node program here trusts besides its own. */
  readonly extraCaFile?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The caller's .npmrc and the machine's, strongest first; they may hold credentials, and need not be there. */
  readonly configFiles: readonly string[];
  /** Lines of an .npmrc: what npm sends to the registries above. For npm alone, while it asks and fetches; never for a server. */
  readonly credentials?: readonly string[];
}

/** The folder of npm's own files. */
export function npmFolder({ cliFile }: NpmSetup): string {
  return dirname(dirname(cliFile));
}

type NpmFound = { readonly ok: true; readonly setup: NpmSetup } | { readonly ok: false; readonly fault: Fault };

type Environment = Readonly<Record<string, string | undefined>>;

const OPTIONS = ['registry', 'proxy', 'https-proxy', 'noproxy', 'strict-ssl'];
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
/** Characters. */
const MAX_SHOWN_VERSION = 40;
const SCOPE_REGISTRY = /^@[a-z0-9._~-]+:registry$/i;

/** Without these an install fetches whatever addresses a package names, this machine's own included, and starts git for some. */
const NEEDED_OPTIONS = ['allow-remote', 'allow-git'];
/**
 * No value that npm accepts for them. An npm that knows an option drops such a value; one that does not would repeat it, as it would repeat what
 * an .npmrc says. Nothing else makes an older npm as safe: with `replace-registry-host=always` it still asks the registry's host for any path that
 * a package names.
 */
const NO_VALUE = 'assay-asks';

const NpmConfig = z.record(z.string(), z.unknown());
type NpmConfig = z.infer<typeof NpmConfig>;

/** Reads how npm is set up, when it is first needed: starting npm takes longer than a cached install. */
export type NpmSettings = () => Promise<NpmFound>;

/**
 * @param environment - The caller's: npm reads its own settings from it, and its PATH is searched for npm.
 * @param runtime - The Node that runs npm. The npm beside it is asked before those in PATH; the first that can be used counts.
 * @param own - The npm that comes with Assay, for a machine whose own is too old or not there. Asked last: the machine's knows its global settings.
 */
export function readNpmSettings(
  environment: Environment,
  runtime: string = process.execPath,
  own: string | undefined = ownNpm(),
): NpmSettings {
  let found: Promise<NpmFound> | undefined;
  return () => {
    found ??= firstUsable(environment, runtime, own);
    return found;
  };
}

function ownNpm(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('npm/package.json')), 'bin', 'npm-cli.js');
  } catch {
    return undefined;
  }
}

async function firstUsable(environment: Environment, runtime: string, own: string | undefined): Promise<NpmFound> {
  let refused: NpmFound | undefined;
  const files = npmsOf(environment, runtime);
  if (own) files.add(own);
  for (const cliFile of files) {
    const found = await askNpm(cliFile, environment, runtime);
    if (found.ok) return found;
    refused ??= found;
  }
  return refused ?? npmMissing('npm was not found beside the Node that runs this, nor in PATH.');
}

/** Outside the sandbox and as the caller. */
async function askNpm(cliFile: string, environment: Environment, runtime: string): Promise<NpmFound> {
  try {
    // Not in the working folder: a stranger's checkout may hold an .npmrc.
    const options = { env: { ...environment }, cwd: '/', timeout: 20_000, maxBuffer: 2 ** 22 };
    const probes = NEEDED_OPTIONS.map((name) => `--${name}=${NO_VALUE}`);
    const { stdout } = await promisify(execFile)(runtime, [cliFile, 'config', 'ls', '--long', '--json', ...probes], options);
    const config = NpmConfig.parse(JSON.parse(stdout));
    if (isTooOld(config)) return npmTooOld(config);
    return { ok: true, setup: await withCredentials(toSetup(cliFile, config, environment), environment) };
  } catch (cause) {
    // What npm said is left out: it names files and addresses of this machine, and a fault is published.
    return npmMissing(`npm could not say how it is set up (${reasonOf(cause)}); \`npm config ls --long\` shows why.`);
  }
}

function isTooOld(config: NpmConfig): boolean {
  return NEEDED_OPTIONS.some((name) => config[name] === undefined || config[name] === NO_VALUE);
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Error && 'killed' in cause && cause.killed) return 'it took too long';
  return cause instanceof Error && 'code' in cause ? `it failed with ${cause.code}` : 'its answer cannot be read';
}

function toSetup(cliFile: string, config: NpmConfig, environment: Environment): NpmSetup {
  const names = Object.keys(config).filter((name) => OPTIONS.includes(name) || SCOPE_REGISTRY.test(name));
  const caFile = config['cafile'];
  const extraCaFile = environment['NODE_EXTRA_CA_CERTS'];
  return {
    cliFile,
    options: Object.fromEntries(names.flatMap((name) => optionValue(config[name]).map((value) => [name, value]))),
    ...(typeof caFile === 'string' && caFile && { caFile }),
    ...(extraCaFile && { extraCaFile }),
    environment: Object.fromEntries(PROXY_VARIABLES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []))),
    configFiles: ['userconfig', 'globalconfig'].map((name) => config[name]).filter((file) => typeof file === 'string'),
  };
}

/** npm does not show them, so they are read where it reads them. */
async function withCredentials(setup: NpmSetup, environment: Environment): Promise<NpmSetup> {
  const registries = Object.entries(setup.options).flatMap(([name, value]) => (/(?:^|:)registry$/i.test(name) ? [value] : []));
  const credentials = npmCredentials(registries, await readConfigTexts(setup.configFiles), environment);
  return credentials.length > 0 ? { ...setup, credentials } : setup;
}

/** `noproxy` is a list, and a list of one empty text when unset. */
function optionValue(value: unknown): string[] {
  const text = Array.isArray(value) ? value.join() : String(value ?? '');
  return text ? [text] : [];
}

function npmsOf(environment: Environment, runtime: string): Set<string> {
  const folders = [dirname(runtime), ...(environment['PATH'] ?? '').split(delimiter).filter(Boolean)];
  const candidates = [environment['npm_execpath'] ?? '', ...folders.map((folder) => join(folder, 'npm'))];
  const files = candidates.map(resolved).filter((path) => path !== undefined);
  return new Set(files.filter((path) => basename(path) === 'npm-cli.js'));
}

function resolved(path: string): string | undefined {
  try {
    return path ? realpathSync(path) : undefined;
  } catch {
    return undefined;
  }
}

function npmMissing(message: string): NpmFound {
  const fix = 'Install npm (it comes with Node; `apt-get install npm`) and make sure `npm --version` works.';
  return { ok: false, fault: { code: 'npm-missing', subject: 'npm', message: `${message} ${fix}`, retryable: false } };
}

function npmTooOld(config: NpmConfig): NpmFound {
  const version = visibleText(String(config['npm-version'] ?? 'of unknown version').slice(0, MAX_SHOWN_VERSION));
  const options = NEEDED_OPTIONS.map((name) => `--${name}`).join(' and ');
  const message = `npm ${version} does not know ${options}, so a package could make it fetch from anywhere. A newer one is needed: \`npm install -g npm@latest\`.`;
  return { ok: false, fault: { code: 'npm-too-old', subject: 'npm', message, retryable: false } };
}
