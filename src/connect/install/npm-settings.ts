import { execFile } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Fault } from '../../model/fault.ts';

/** How this machine reaches its registry. Credentials are not part of it: a stranger's package is never installed with one. */
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
}

type NpmFound = { readonly ok: true; readonly setup: NpmSetup } | { readonly ok: false; readonly fault: Fault };

type Environment = Readonly<Record<string, string | undefined>>;

const OPTIONS = ['registry', 'proxy', 'https-proxy', 'noproxy', 'strict-ssl'];
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
const SCOPE_REGISTRY = /^@[a-z0-9._~-]+:registry$/i;

const NpmConfig = z.record(z.string(), z.unknown());

/** Reads how npm is set up, when it is first needed: starting npm takes longer than a cached install. */
export type NpmSettings = () => Promise<NpmFound>;

/** @param environment - The caller's: npm reads its own settings from it, and its PATH is searched for npm. */
export function readNpmSettings(environment: Environment): NpmSettings {
  let found: Promise<NpmFound> | undefined;
  return () => {
    found ??= askNpm(environment);
    return found;
  };
}

/** Outside the sandbox and as the caller. */
async function askNpm(environment: Environment): Promise<NpmFound> {
  const cliFile = findNpm(environment);
  if (!cliFile) return npmMissing('npm was not found beside the Node that runs this, nor in PATH.');
  try {
    // Not in the working folder: a stranger's checkout may hold an .npmrc.
    const options = { env: { ...environment }, cwd: '/', timeout: 20_000, maxBuffer: 2 ** 22 };
    const { stdout } = await promisify(execFile)(process.execPath, [cliFile, 'config', 'ls', '--long', '--json'], options);
    return { ok: true, setup: toSetup(cliFile, NpmConfig.parse(JSON.parse(stdout)), environment) };
  } catch (cause) {
    return npmMissing(`npm could not say how it is set up: ${cause instanceof Error ? cause.message.slice(0, 500) : cause}.`);
  }
}

function toSetup(cliFile: string, config: z.infer<typeof NpmConfig>, environment: Environment): NpmSetup {
  const names = Object.keys(config).filter((name) => OPTIONS.includes(name) || SCOPE_REGISTRY.test(name));
  const caFile = config['cafile'];
  const extraCaFile = environment['NODE_EXTRA_CA_CERTS'];
  return {
    cliFile,
    options: Object.fromEntries(names.flatMap((name) => optionValue(config[name]).map((value) => [name, value]))),
    ...(typeof caFile === 'string' && caFile && { caFile }),
    ...(extraCaFile && { extraCaFile }),
    environment: Object.fromEntries(PROXY_VARIABLES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []))),
  };
}

/** `noproxy` is a list, and a list of one empty text when unset. */
function optionValue(value: unknown): string[] {
  const text = Array.isArray(value) ? value.join() : String(value ?? '');
  return text ? [text] : [];
}

function findNpm(environment: Environment): string | undefined {
  const folders = [dirname(process.execPath), ...(environment['PATH'] ?? '').split(delimiter).filter(Boolean)];
  const candidates = [environment['npm_execpath'] ?? '', ...folders.map((folder) => join(folder, 'npm'))];
  return candidates.map(resolved).find((path) => path !== undefined && basename(path) === 'npm-cli.js');
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
