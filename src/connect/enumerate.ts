import type { Enumeration } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import type { Http } from '../net/http.ts';
import type { Tried } from './attempt.ts';
import { prepareCommand } from './command-launch.ts';
import type { NpmSettings } from './install/npm-install.ts';
import { bestOf, climb } from './ladder.ts';
import { type LaunchPlan, launchText, type RemotePlan } from './launch-plan.ts';
import type { EnumerationLimits } from './limits.ts';
import { prepareNpm } from './npm-launch.ts';
import type { NotPrepared, Preparation, Prepared } from './prepare.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export interface EnumerateContext {
  /** For remotes and downloads: the only way out. */
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

/** What preparing a plan needs: a context whose sandbox works. */
export type PrepareContext = Omit<EnumerateContext, 'sandbox'> & { readonly sandbox: Sandbox };

/**
 * Lists a server's tools without calling any of them.
 *
 * @returns Never rejects for what the server, its package or the host does; see {@link Enumeration}.
 * @throws what `abort` was given, after every process is gone.
 */
export async function enumerate(plan: LaunchPlan, context: EnumerateContext): Promise<Enumeration> {
  context.abort.throwIfAborted();
  if (plan.kind === 'remote') return callRemote(plan, context);
  return startProgram(plan, context);
}

async function startProgram(plan: Exclude<LaunchPlan, RemotePlan>, context: EnumerateContext): Promise<Enumeration> {
  const { sandbox } = context;
  if (!sandbox.ok) return failed(plan, { status: 'refused', fault: sandbox.fault });
  const preparation = await prepare(plan, { ...context, sandbox: sandbox.sandbox });
  context.abort.throwIfAborted();
  if (!preparation.ok) return failed(plan, preparation);
  try {
    return await list(preparation, context);
  } finally {
    await preparation.release?.();
  }
}

function prepare(plan: Exclude<LaunchPlan, RemotePlan>, context: PrepareContext): Promise<Preparation> {
  switch (plan.kind) {
    case 'npm':
      return prepareNpm(plan, context);
    case 'command':
      return prepareCommand(plan, context);
    default:
      return Promise.resolve(notYet(plan));
  }
}

function notYet(plan: LaunchPlan): Preparation {
  return {
    ok: false,
    status: 'refused',
    fault: { code: 'no-launch-plan', subject: launchText(plan), message: 'It cannot be started.', retryable: false },
  };
}

async function list({ launch, sandbox, artifact, installMs }: Prepared, { limits, abort }: EnumerateContext): Promise<Enumeration> {
  const startedAt = performance.now();
  const tries = await climb(launch, { sandbox, limits, abort });
  const circumstances = {
    launch: launch.text,
    sandbox: sandbox.record,
    attempts: tries.map(({ attempt }) => attempt),
    durationMs: Math.round(performance.now() - startedAt),
    ...(artifact && { artifact }),
    installMs,
  };
  const outcome = resultOf(tries);
  return { ...circumstances, ...('tools' in outcome && { transport: 'stdio' as const }), ...outcome };
}

async function callRemote(plan: RemotePlan, context: EnumerateContext): Promise<Enumeration> {
  const url = URL.parse(plan.url);
  if (!url) return failed(plan, { status: 'refused', fault: badUrl(plan) });
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

function failed(plan: LaunchPlan, { status, fault, artifact, installMs = 0 }: NotPrepared): Enumeration {
  return { status, fault, launch: launchText(plan), attempts: [], durationMs: 0, installMs, ...(artifact && { artifact }) };
}
