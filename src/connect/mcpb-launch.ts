import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, posix } from 'node:path';
import type { Artifact } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import type { PrepareContext } from './enumerate.ts';
import { isWithin } from './exposed-folder.ts';
import { statusOfInstallFault } from './install/install-status.ts';
import { installMcpb, MANIFEST_FILE } from './install/mcpb-install.ts';
import { type BundleManifest, readBundleManifest } from './install/mcpb-manifest.ts';
import { type BundleVariables, bundleVariables, filled, filledArguments, filledEnvironment } from './install/mcpb-variables.ts';
import { mountsOfPython, type Python } from './install/pypi-settings.ts';
import { launchText, type McpbPlan } from './launch-plan.ts';
import type { NotPrepared, Preparation } from './prepare.ts';
import { commandOfFile } from './program.ts';
import { SANDBOX_HOME } from './sandbox/layout.ts';
import type { Mount } from './sandbox/sandbox.ts';

const APP_FOLDER = '/app';

/** Unpacks the bundle and finds the program that its manifest names. */
export async function prepareMcpb(plan: McpbPlan, context: PrepareContext): Promise<Preparation> {
  const { limits, abort, http, reach, cacheFolder } = context;
  const got = await installMcpb({
    location: plan.location,
    ...(plan.sha256 && { sha256: plan.sha256 }),
    limits: { timeoutMs: limits.installMs, maxBytes: limits.maxInstallBytes, maxCacheBytes: limits.maxCacheBytes },
    ...(reach && { reach }),
    http,
    cacheFolder,
    abort,
  });
  if (!got.ok) return { ok: false, status: statusOfInstallFault(got.fault), fault: got.fault };
  const { folder, integrity, installMs } = got.bundle;
  const manifest = await readBundleManifest(join(folder, MANIFEST_FILE));
  if (typeof manifest === 'string') {
    const fault = { ...faultOf(plan, 'bad-manifest', 'The manifest of the bundle cannot be read.'), details: manifest };
    return { ok: false, status: 'install-failed', fault, installMs };
  }
  const artifact: Artifact = { registryType: 'mcpb', name: manifest.name, version: manifest.version, integrity };
  const known = { artifact, installMs, codeFolder: folder };
  const command = await commandOf({ plan, context, folder, manifest });
  if ('fault' in command) return { ok: false, ...known, ...command };
  return { ok: true, sandbox: context.sandbox, artifact, installMs, launch: { ...command, text: launchText(plan), codeFolder: folder } };
}

interface Bundle {
  readonly plan: McpbPlan;
  readonly context: PrepareContext;
  readonly folder: string;
  readonly manifest: BundleManifest;
}

interface BundleCommand {
  readonly argv: [string, ...string[]];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
}

/** Only a runtime by its name, or a file of the bundle itself: whatever else a manifest names is not started. */
async function commandOf(bundle: Bundle): Promise<BundleCommand | Pick<NotPrepared, 'status' | 'fault'>> {
  const { plan, context, folder, manifest } = bundle;
  const isOpen = context.sandbox.record.rung === 'none';
  const root = isOpen ? folder : APP_FOLDER;
  const variables = bundleVariables(manifest, root);
  const config = configOf(manifest);
  const program = await programOf(bundle, config.command, { root, variables });
  if ('fault' in program) return program;
  return {
    argv: [...program.argv, ...filledArguments(config.args, variables), ...plan.args],
    cwd: isOpen ? tmpdir() : SANDBOX_HOME,
    environment: { ...filledEnvironment(config.env, variables), ...plan.environment },
    // Unpacked here: files and folders only.
    mounts: [...program.mounts, { source: folder, target: root, writable: false, holdsOnlyFiles: true }],
  };
}

/** What it says for Linux; without any, its entry point is run as its type asks. */
function configOf({ server }: BundleManifest): {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
} {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: how a manifest names its folder.
  const entry = '${__dirname}'.concat('/', server.entry_point);
  const own = server.mcp_config ?? (server.type === 'binary' ? { command: entry } : { command: server.type, args: [entry] });
  const { platform_overrides: overrides, ...usual } = { platform_overrides: undefined, ...own };
  const { command, args = [], env = {} } = { ...usual, ...overrides?.['linux'] };
  return { command, args, env };
}

interface Inside {
  readonly root: string;
  readonly variables: BundleVariables;
}

interface BundleProgram {
  readonly argv: [string, ...string[]];
  readonly mounts: readonly Mount[];
}

async function programOf(bundle: Bundle, command: string, inside: Inside): Promise<BundleProgram | Pick<NotPrepared, 'status' | 'fault'>> {
  const { plan, manifest } = bundle;
  const name = basename(command).replace(/\.exe$/i, '');
  const isBare = !command.includes('/');
  if (isBare && name === 'node') return { argv: ['node'], mounts: [] };
  if (manifest.server.type === 'uv' || (isBare && /^(?:uvx?|npx|npm|pnpm|yarn|bunx?|pipx|docker|podman)$/.test(name))) {
    const message = 'The bundle lets a package manager fetch what it runs, and a server gets no network. Scan that package instead.';
    return refused(plan, 'package-runner', message);
  }
  if (/^python[\d.]*$/.test(name) && (isBare || manifest.server.type === 'python')) return pythonProgram(bundle);
  if (manifest.server.type === 'binary' && isForOthers(manifest)) {
    return refused(plan, 'other-platform', 'The bundle holds a program for other systems than this one.');
  }
  const argv = ownFile(bundle, command, inside);
  if (argv) return { argv, mounts: [] };
  return refused(plan, 'unknown-program', 'The bundle wants to start a program that is neither node, nor python, nor in the bundle.');
}

function isForOthers({ compatibility }: BundleManifest): boolean {
  const { platforms = [] } = compatibility ?? {};
  return platforms.length > 0 && !platforms.includes('linux');
}

/** The dependencies of such a bundle lie in it, where `PYTHONPATH` says. What else this machine's Python has is not seen. */
async function pythonProgram({ plan, context }: Bundle): Promise<BundleProgram | Pick<NotPrepared, 'status' | 'fault'>> {
  const found = await context.python?.();
  if (!found) return refused(plan, 'no-launch-plan', 'Python servers are not started here.');
  if (!found.ok) return { status: 'refused', fault: { ...found.fault, subject: launchText(plan) } };
  const [python] = found.setup.pythons as readonly [Python];
  return { argv: [python.program, '-S', '-s'], mounts: mountsOfPython(python) };
}

/** As it is inside; nothing unless it is a file of the bundle, also when every link is followed. */
function ownFile({ folder }: Bundle, command: string, { root, variables }: Inside): [string, ...string[]] | undefined {
  const text = filled(command, variables);
  if (text === undefined) return undefined;
  const path = posix.resolve(root, text);
  if (!isWithin(path, root) || path === root) return undefined;
  const hostPath = join(folder, posix.relative(root, path));
  try {
    if (!isWithin(realpathSync(hostPath), realpathSync(folder))) return undefined;
  } catch {
    return undefined;
  }
  return commandOfFile(hostPath, path);
}

function refused(plan: McpbPlan, code: string, message: string): { readonly status: 'refused'; readonly fault: Fault } {
  return { status: 'refused', fault: faultOf(plan, code, message) };
}

function faultOf(plan: McpbPlan, code: string, message: string): Fault {
  return { code, subject: launchText(plan), message, retryable: false };
}
