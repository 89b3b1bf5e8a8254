import type { Fault } from '../model/fault.ts';
import type { Package, Remote } from '../model/registry-entry.ts';
import type { Server, ServerPackage } from '../model/server.ts';
import type { LaunchPlan } from './launch-plan.ts';
import { planOfPackage, type StartablePlan } from './plan-of-package.ts';
import { REFUSED_KINDS } from './refused-kinds.ts';
import { planOfRemote } from './remote-plan.ts';

/** Tried before a remote: what they list is the same for everyone, and can be listed again. Cheapest first. */
const BEFORE_REMOTES: readonly Package['registryType'][] = ['npm', 'pypi', 'mcpb'];
/** An image is hundreds of megabytes, and its engine is not everywhere. */
const AFTER_REMOTES: readonly Package['registryType'][] = ['oci'];

/**
 * How to reach a catalogued server, or why it cannot be reached: a package that speaks over stdio, npm before PyPI before bundles; else the first
 * remote whose URL is complete, streamable HTTP before SSE; else an image; else a package that has yet to show that it is the server's.
 */
export function planOfServer(server: Server): { readonly plan: LaunchPlan } | { readonly fault: Fault } {
  const confirmed = server.packages.filter(({ unconfirmed }) => !unconfirmed);
  const early = firstPlan(confirmed, BEFORE_REMOTES);
  if (early) return { plan: early };
  const incomplete: { remote: Remote; missing: readonly string[] }[] = [];
  for (const remote of byTransport(server.remotes)) {
    const reading = planOfRemote(remote);
    if (reading && 'plan' in reading) return reading;
    if (reading) incomplete.push({ remote, missing: reading.missing });
  }
  const late = firstPlan(confirmed, AFTER_REMOTES) ?? claimedPlan(server);
  if (late) return { plan: late };
  const [first] = incomplete;
  return { fault: first ? needsInput(server, first.remote, first.missing) : noLaunchPlan(server) };
}

function firstPlan(packages: readonly ServerPackage[], kinds: readonly Package['registryType'][]): StartablePlan | undefined {
  for (const kind of kinds) {
    for (const offer of packages.filter(({ registryType }) => registryType === kind)) {
      const plan = planOfPackage(offer);
      if (plan) return plan;
    }
  }
  return undefined;
}

/** Those of an index say where their code is; an image or a bundle says nothing that could be compared. */
function claimedPlan({ packages, repositoryUrl }: Server): LaunchPlan | undefined {
  if (repositoryUrl === undefined) return undefined;
  const plan = firstPlan(
    packages.filter(({ unconfirmed }) => unconfirmed),
    ['npm', 'pypi'],
  );
  return plan && (plan.kind === 'npm' || plan.kind === 'pypi') ? { ...plan, mustNameRepository: repositoryUrl } : undefined;
}

function byTransport(remotes: readonly Remote[]): Remote[] {
  return [...remotes.filter(({ type }) => type === 'streamable-http'), ...remotes.filter(({ type }) => type === 'sse')];
}

function needsInput(server: Server, { url }: Remote, missing: readonly string[]): Fault {
  return {
    code: 'needs-input',
    subject: server.id,
    message: `Its remote ${url} wants a value for ${missing.join(', ')} that only its users have.`,
    retryable: false,
  };
}

function noLaunchPlan(server: Server): Fault {
  const offers = [...server.packages.map(offerOf), ...server.remotes.map(({ type, url }) => `${type} remote ${url}`)];
  const reasons = new Set(server.packages.flatMap(({ registryType }) => REFUSED_KINDS[registryType] ?? []));
  const message = `Nothing that it offers can be started or called: ${offers.join(', ') || 'neither a package nor a remote'}.`;
  return { code: 'no-launch-plan', subject: server.id, message: [message, ...reasons].join(' '), retryable: false };
}

function offerOf(offer: ServerPackage): string {
  const { registryType, identifier, transport, registryBaseUrl, unconfirmed } = offer;
  const over = transport && transport.type !== 'stdio' ? ` over ${transport.type}, which is not started yet` : '';
  const from = registryBaseUrl !== undefined ? ` from ${registryBaseUrl}` : '';
  return `${registryType} package ${identifier}${from}${over}${unconfirmed ? ', which only files of a repository name' : ''}`;
}
