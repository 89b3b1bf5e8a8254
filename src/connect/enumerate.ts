import type { Enumeration } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import type { Http } from '../net/http.ts';
import type { Tried } from './attempt.ts';
import { CACHE_UNUSABLE } from './cache-folder.ts';
import { commandLaunch } from './command-launch.ts';
import { type Installed, installNpm, type NpmSettings } from './install/npm-install.ts';
import { bestOf, climb } from './ladder.ts';
import type { Launch } from './launch.ts';
import { type LaunchPlan, launchText, type RemotePlan } from './launch-plan.ts';
import type { EnumerationLimits } from './limits.ts';
import { namesRepository } from './names-repository.ts';
import { npmLaunch } from './npm-launch.ts';
import { openedMounts } from './opened-mounts.ts';
import type { FailedStatus } from './outcome.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export interface EnumerateContext {
  /** For remotes: the only way out. */
  readonly http: Http;
  /** Keeps a remote to public addresses, whatever else `http` may reach. */
  readonly reach?: 'public';
  /** For all others. A remote is called without one. */
  readonly sandbox: { readonly ok: true; readonly sandbox: Sandbox } | { readonly ok: false; readonly fault: Fault };
  readonly cacheFolder: string;
  readonly npm: NpmSettings;
  readonly limits: EnumerationLimits;
  readonly abort: AbortSignal;
}

/**
 * Lists a server's tools without calling any of them.
 *
 * @returns Never rejects for what the server, its package or the host does; see {@link Enumeration}.
 * @throws what `abort` was given, after every process is gone.
 */
export async function enumerate(plan: LaunchPlan, context: EnumerateContext): Promise<Enumeration> {
  context.abort.throwIfAborted();
  return plan.kind === 'remote' ? callRemote(plan, context) : startProgram(plan, context);
}

async function startProgram(plan: Exclude<LaunchPlan, RemotePlan>, context: EnumerateContext): Promise<Enumeration> {
  const { sandbox } = context;
  if (!sandbox.ok) return failed('refused', sandbox.fault, { launch: launchText(plan), installMs: 0 });
  if (plan.kind === 'npm') return enumeratePackage(plan, sandbox.sandbox, context);
  const launched = commandLaunch(plan, sandbox.sandbox);
  if (!launched.ok) return failed('refused', launched.fault, { launch: launchText(plan), installMs: 0 });
  return listCommand(launched.launch, sandbox.sandbox, context);
}

async function listCommand(launch: Launch, sandbox: Sandbox, context: EnumerateContext): Promise<Enumeration> {
  const opened = await openedMounts(launch.mounts, { sandbox, cacheFolder: context.cacheFolder, subject: launch.text });
  if (!opened.ok) return failed('refused', opened.fault, { launch: launch.text, installMs: 0 });
  try {
    return await list({ ...launch, mounts: opened.mounts }, sandbox, context);
  } finally {
    await opened.remove();
  }
}

async function enumeratePackage(
  plan: Extract<LaunchPlan, { kind: 'npm' }>,
  sandbox: Sandbox,
  context: EnumerateContext,
): Promise<Enumeration> {
  const { limits, cacheFolder, npm, abort } = context;
  const install = await installNpm({
    name: plan.name,
    ...(plan.version && { version: plan.version }),
    sandbox,
    cacheFolder,
    npm,
    limits: { timeoutMs: limits.installMs, maxBytes: limits.maxInstallBytes },
    abort,
  });
  abort.throwIfAborted();
  if (!install.ok) return notInstalled(plan, install.fault);
  const { mustNameRepository } = plan;
  if (mustNameRepository !== undefined && !(await namesRepository(install.installed, mustNameRepository))) {
    return failed('refused', notItsOwn(plan.name, mustNameRepository), { launch: launchText(plan), ...ofInstall(install.installed) });
  }
  const launched = npmLaunch(plan, install.installed, sandbox);
  if (!launched.ok) return failed('install-failed', launched.fault, { launch: launchText(plan), ...ofInstall(install.installed) });
  return list(launched.launch, sandbox, context, install.installed);
}

function notItsOwn(name: string, repositoryUrl: string): Fault {
  return {
    code: 'package-not-confirmed',
    subject: `npm:${name}`,
    message: `Files of ${repositoryUrl} name this package, but the package does not name that repository: it may be a stranger's, and was not started.`,
    retryable: false,
  };
}

/** Without a cache folder nothing was tried. */
function notInstalled(plan: LaunchPlan, fault: Fault): Enumeration {
  const status = fault.code === CACHE_UNUSABLE ? 'refused' : 'install-failed';
  return failed(status, fault, { launch: launchText(plan), installMs: 0 });
}

async function list(launch: Launch, sandbox: Sandbox, { limits, abort }: EnumerateContext, installed?: Installed): Promise<Enumeration> {
  const startedAt = performance.now();
  const tries = await climb(launch, { sandbox, limits, abort });
  const circumstances = {
    launch: launch.text,
    sandbox: sandbox.record,
    attempts: tries.map(({ attempt }) => attempt),
    durationMs: Math.round(performance.now() - startedAt),
    ...ofInstall(installed),
  };
  const outcome = resultOf(tries);
  return { ...circumstances, ...('tools' in outcome && { transport: 'stdio' as const }), ...outcome };
}

async function callRemote(plan: RemotePlan, context: EnumerateContext): Promise<Enumeration> {
  const url = URL.parse(plan.url);
  if (!url) return failed('refused', badUrl(plan), { launch: launchText(plan), installMs: 0 });
  const startedAt = performance.now();
  // The protocol's SDK costs 150 ms to load, which a server that is started as a program does not need.
  const { approach } = await import('./remote/approach.ts');
  const { tries, best, transport, auth } = await approach(plan, url, context);
  return {
    launch: launchText(plan),
    ...(transport && { transport }),
    ...(auth && { auth }),
    attempts: tries.map(({ attempt }) => attempt),
    durationMs: Math.round(performance.now() - startedAt),
    installMs: 0,
    ...outcomeOf(best),
  };
}

function badUrl({ url }: RemotePlan): Fault {
  return { code: 'bad-url', subject: url, message: 'Its address is not a URL.', retryable: false };
}

function resultOf(tries: readonly Tried[]) {
  const best = bestOf(tries);
  if (!best) throw new Error('the ladder made no start');
  return outcomeOf(best);
}

function outcomeOf({ result }: Tried) {
  if ('status' in result) return result;
  const listing = {
    ...result.listing,
    tools: [...result.listing.tools],
    answer: [...result.listing.answer],
    faults: [...result.listing.faults],
  };
  if (result.fault) return { status: 'partial' as const, fault: result.fault, ...listing };
  return { status: 'complete' as const, ...listing };
}

function ofInstall(installed: Installed | undefined) {
  if (!installed) return { installMs: 0 };
  return { artifact: installed.artifact, installMs: installed.cached ? 0 : installed.installMs };
}

function failed(status: FailedStatus, fault: Fault, circumstances: { launch: string; installMs: number }): Enumeration {
  return { status, fault, attempts: [], durationMs: 0, ...circumstances };
}
