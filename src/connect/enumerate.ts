import type { Enumeration } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import type { Http } from '../net/http.ts';
import { type Tried, tryOnce } from './attempt.ts';
import { prepareCommand } from './command-launch.ts';
import type { EngineSettings } from './container-engine.ts';
import type { NpmSettings } from './install/npm-install.ts';
import type { PythonSettings } from './install/pypi-settings.ts';
import { climb } from './ladder.ts';
import { type LaunchPlan, launchText, type ProgramPlan, type RemotePlan } from './launch-plan.ts';
import type { EnumerationLimits } from './limits.ts';
import { prepareNpm } from './npm-launch.ts';
import type { NotPrepared, Preparation, Prepared } from './prepare.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { secondLook } from './second-look.ts';
import type { ClientInfo } from './session.ts';
import { noSource, notStarted, onlyRead, type ReadingMode, readFolder, withReading } from './static/with-reading.ts';

export interface EnumerateContext {
  /** For remotes and downloads: the only way out. */
  readonly http: Http;
  /** Keeps a remote to public addresses, whatever else `http` may reach. */
  readonly reach?: 'public';
  /** For all others. A remote is called without one. */
  readonly sandbox: { readonly ok: true; readonly sandbox: Sandbox } | { readonly ok: false; readonly fault: Fault };
  readonly cacheFolder: string;
  readonly npm: NpmSettings;
  /** Without it no Python package is started. */
  readonly python?: PythonSettings;
  /** Without it no image is started. */
  readonly engine?: EngineSettings;
  readonly limits: EnumerationLimits;
  /** Absent: `when-needed`. */
  readonly reading?: ReadingMode;
  /** Look for the widest list too, after the default one. */
  readonly widen?: boolean;
  /** Look again under this client's name, to see whether it is shown other tools. */
  readonly secondClient?: string;
  /** Called when a server is starting and there is nothing to do but to wait for it: the time to load what its answer needs. */
  readonly onStarted?: () => void;
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
  if (context.reading === 'only' && (plan.kind === 'remote' || plan.kind === 'oci')) return failed(plan, noSource(launchText(plan)));
  if (plan.kind === 'remote') return callRemote(plan, context);
  if (plan.kind === 'folder') return readFolder(plan);
  return startProgram(plan, context);
}

async function startProgram(plan: ProgramPlan, context: EnumerateContext): Promise<Enumeration> {
  const { sandbox } = context;
  if (!sandbox.ok) return failed(plan, { status: 'refused', fault: sandbox.fault });
  const preparation = await prepare(plan, { ...context, sandbox: sandbox.sandbox });
  if (!preparation.ok) {
    context.abort.throwIfAborted();
    return withReading(failed(plan, preparation), preparation.codeFolder, context.reading);
  }
  const { launch, artifact, installMs } = preparation;
  const ownCode = launch.isCodeForeign ? undefined : launch.codeFolder;
  try {
    context.abort.throwIfAborted();
    if (context.reading !== 'only') return await withReading(await list(preparation, context), ownCode, context.reading);
    return await onlyRead(failed(plan, { ...notStarted(launch.text), artifact, installMs }), ownCode);
  } finally {
    await preparation.release?.();
  }
}

/** What is loaded here, most looks do not need. */
async function prepare(plan: ProgramPlan, context: PrepareContext): Promise<Preparation> {
  switch (plan.kind) {
    case 'npm':
      return prepareNpm(plan, context);
    case 'command':
      return prepareCommand(plan, context);
    case 'pypi':
      return (await import('./pypi-launch.ts')).preparePypi(plan, context);
    case 'mcpb':
      return (await import('./mcpb-launch.ts')).prepareMcpb(plan, context);
    case 'oci':
      return (await import('./oci-launch.ts')).prepareOci(plan, context);
  }
}

async function list(
  { launch, sandbox, artifact, installMs }: Prepared,
  { limits, widen, secondClient, onStarted, abort }: EnumerateContext,
): Promise<Enumeration> {
  const startedAt = performance.now();
  const { tries, best, start, widest } = await climb(launch, { sandbox, limits, widen, onStarted, abort });
  const look = (client: ClientInfo | undefined) => tryOnce(launch, start, limits.attemptMs, { sandbox, limits, abort, client });
  const seen = await secondLook(best, secondClient, look);
  const circumstances = {
    launch: launch.text,
    sandbox: sandbox.record,
    attempts: tries.map(({ attempt }) => attempt),
    durationMs: Math.round(performance.now() - startedAt),
    ...(artifact && { artifact }),
    installMs,
  };
  const outcome = outcomeOf(best);
  const listed = { transport: 'stdio' as const, ...(widest && { widest }), ...seen };
  return { ...circumstances, ...('tools' in outcome && listed), ...outcome };
}

async function callRemote(plan: RemotePlan, context: EnumerateContext): Promise<Enumeration> {
  const url = URL.parse(plan.url);
  if (!url) return failed(plan, { status: 'refused', fault: badUrl(plan) });
  const startedAt = performance.now();
  // The protocol's SDK costs 150 ms to load, which a server that is started as a program does not need.
  const { approach } = await import('./remote/approach.ts');
  const { tries, best, transport, auth } = await approach(plan, url, context);
  const look = async (client: ClientInfo | undefined) => (await approach(plan, url, { ...context, ...(client && { client }) })).best;
  const outcome = outcomeOf(best);
  const seen = await secondLook(best, context.secondClient, look);
  return {
    launch: launchText(plan),
    ...(transport && { transport }),
    ...(auth && { auth }),
    attempts: tries.map(({ attempt }) => attempt),
    durationMs: Math.round(performance.now() - startedAt),
    installMs: 0,
    ...('tools' in outcome && seen),
    ...outcome,
  };
}

function badUrl({ url }: RemotePlan): Fault {
  return { code: 'bad-url', subject: url, message: 'Its address is not a URL.', retryable: false };
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
