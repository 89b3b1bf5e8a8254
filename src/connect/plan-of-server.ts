import type { Fault } from '../model/fault.ts';
import type { Package, Remote } from '../model/registry-entry.ts';
import type { Server } from '../model/server.ts';
import type { LaunchPlan, NpmPlan } from './launch-plan.ts';
import { packageArguments, packageEnvironment } from './package-settings.ts';
import { planOfRemote } from './remote-plan.ts';

/**
 * How to reach a catalogued server, or why it cannot be reached: the first npm package that speaks over stdio, else the first remote whose URL is
 * complete, streamable HTTP before SSE, else a package that has yet to show that it is the server's.
 */
export function planOfServer(server: Server): { readonly plan: LaunchPlan } | { readonly fault: Fault } {
  const startable = server.packages.filter(isStartable);
  const npm = startable.find(({ unconfirmed }) => !unconfirmed);
  if (npm) return { plan: planOfPackage(npm) };
  const incomplete: { remote: Remote; missing: readonly string[] }[] = [];
  for (const remote of byTransport(server.remotes)) {
    const reading = planOfRemote(remote);
    if (reading && 'plan' in reading) return reading;
    if (reading) incomplete.push({ remote, missing: reading.missing });
  }
  const [claimed] = startable;
  if (claimed && server.repositoryUrl) return { plan: { ...planOfPackage(claimed), mustNameRepository: server.repositoryUrl } };
  const [first] = incomplete;
  return { fault: first ? needsInput(server, first.remote, first.missing) : noLaunchPlan(server) };
}

function isStartable(offer: Package): boolean {
  const { registryType, transport } = offer;
  return registryType === 'npm' && (transport === undefined || transport.type === 'stdio') && !isFromElsewhere(offer);
}

/** What the public registry and its mirrors are called; the registries of code hosts and companies are called otherwise. */
const PUBLIC_REGISTRY = /^registry\.(?:npm|yarn)[a-z]*\.[a-z]+$/;

/** A package of another registry: under its name the registry that installs come from may have a stranger's. */
function isFromElsewhere({ registryBaseUrl }: Package): boolean {
  return registryBaseUrl !== undefined && !PUBLIC_REGISTRY.test(URL.parse(registryBaseUrl)?.hostname ?? '');
}

function planOfPackage(npm: Package): NpmPlan {
  const environment = packageEnvironment(npm);
  const plan: NpmPlan = { kind: 'npm', name: npm.identifier, version: npm.version, args: packageArguments(npm) };
  return Object.keys(environment).length > 0 ? { ...plan, environment } : plan;
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
  return {
    code: 'no-launch-plan',
    subject: server.id,
    message: `Only npm packages over stdio and remotes can be reached so far; this server offers ${offers.join(', ') || 'neither a package nor a remote'}.`,
    retryable: false,
  };
}

function offerOf(offer: Package): string {
  const { registryType, identifier, transport, registryBaseUrl } = offer;
  const over = transport && transport.type !== 'stdio' ? ` over ${transport.type}` : '';
  const from = registryType === 'npm' && isFromElsewhere(offer) ? ` from ${registryBaseUrl}` : '';
  return `${registryType} package ${identifier}${over}${from}`;
}
