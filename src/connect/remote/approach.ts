import type { Auth } from '../../model/enumeration.ts';
import type { Transport } from '../../model/registry-entry.ts';
import type { RemotePlan } from '../launch-plan.ts';
import { knowsNoHandshake } from './newest-revision.ts';
import { OwnTime } from './own-time.ts';
import { rpcErrorOf } from './refusal.ts';
import { type Connect, connectOnce, type RemoteContext, type RemoteTried, transportOf } from './remote-attempt.ts';

/** Streamable HTTP, SSE and the newest revision: there is nothing else to try. */
const MAX_CONNECTIONS = 3;
/** Less is not worth a connection. */
const LEAST_USEFUL_MS = 1_000;

/** How a remote was found to answer. */
export interface Approach {
  /** Every connection, in order; at least one. */
  readonly tries: readonly RemoteTried[];
  readonly best: RemoteTried;
  readonly transport?: Transport;
  readonly auth?: Auth;
}

/**
 * Connects in the ways that a remote's answers call for, until one lists.
 *
 * @param url - Of the plan, which a person or a registry wrote.
 */
export async function approach(plan: RemotePlan, url: URL, context: RemoteContext): Promise<Approach> {
  const { limits } = context;
  const time = new OwnTime();
  // By its whole URL: a path may be shared as well as a host.
  const visit = { ...context, time, tenant: { name: url.href, forTurn: (turn: () => Promise<void>) => time.without(turn) } };
  const tries: RemoteTried[] = [];
  let connect: Connect | undefined = { rung: 'bare', manner: firstManner(plan, url), url, subject: plan.url };
  while (connect && tries.length < MAX_CONNECTIONS) {
    const leftMs = limits.serverMs - time.ms;
    if (tries.length > 0 && leftMs < LEAST_USEFUL_MS) break;
    const tried: RemoteTried = await connectOnce(connect, Math.min(limits.connectionMs, leftMs), visit);
    tries.push(tried);
    connect = nextConnect(connect, tries, tried);
  }
  return seenIn(tries, plan);
}

function firstManner({ transport }: RemotePlan, { pathname }: URL): Connect['manner'] {
  return transport === 'sse' || pathname.endsWith('/sse') ? 'sse' : 'streamable-http';
}

/** Never after a login, a limit, an error of the host or silence: another way in is none of what those ask for. */
function nextConnect(connect: Connect, tries: readonly RemoteTried[], tried: RemoteTried): Connect | undefined {
  if ('listing' in tried.result || tried.auth) return undefined;
  const { manner, refusal } = tried;
  const error = tried.rpcError ?? rpcErrorOf(refusal);
  const status = refusal?.kind === 'status' ? refusal.status : undefined;
  const isTried = (other: Connect['manner']) => tries.some((earlier) => earlier.manner === other);
  if (manner === 'streamable-http' && knowsNoHandshake(error)) return { ...connect, rung: 'newest-revision', manner: 'newest' };
  if (manner === 'streamable-http' && !isTried('sse') && (status === 400 || status === 404 || status === 405)) {
    return { ...connect, rung: 'sse-fallback', manner: 'sse' };
  }
  if (manner === 'sse' && !isTried('streamable-http') && (status === 404 || status === 405)) {
    return { ...connect, rung: 'streamable-fallback', manner: 'streamable-http' };
  }
  return undefined;
}

function seenIn(tries: readonly RemoteTried[], { declaresAuth }: RemotePlan): Approach {
  const best = bestOf(tries);
  if ('listing' in best.result) {
    return { tries, best, transport: transportOf(best), auth: { posture: declaresAuth ? 'list-open' : 'open' } };
  }
  return { tries, best, ...(best.auth && { auth: best.auth }) };
}

/** The one that listed, else one that asks for a login, else the last that was not simply the wrong door, else the first. */
function bestOf(tries: readonly RemoteTried[]): RemoteTried {
  const [first] = tries;
  if (!first) throw new Error('no connection was tried');
  const listed = tries.find(({ result }) => 'listing' in result);
  const asking = tries.find(({ auth }) => auth);
  return listed ?? asking ?? tries.findLast(({ refusal }) => refusal?.kind !== 'status') ?? first;
}
