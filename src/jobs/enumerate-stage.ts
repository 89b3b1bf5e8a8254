import type { Crawler } from '../../crawlers/crawler.ts';
import type { Fault } from '../model/fault.ts';
import type { Server } from '../model/server.ts';
import type { LastLook } from '../pipeline/due.ts';
import { enumerateServer, isServerDue } from '../pipeline/enumerate-server.ts';
import { isHostFault } from '../pipeline/host-faults.ts';
import { lookOrder } from '../pipeline/look-order.ts';
import type { RunContext } from '../pipeline/run-context.ts';
import { lastEnumerations } from '../store/enumerations.ts';
import { serversToLookAt } from '../store/servers.ts';
import { type NightlyOptions, type NightlyParts, type Progress, perServer } from './stage.ts';

export async function enumerateStage(context: RunContext, parts: NightlyParts, options: NightlyOptions, progress: Progress): Promise<void> {
  const last = await lastEnumerations(context.store);
  const { due, notDue } = await serversDue(context, last, options.crawlers);
  const items = lookOrder(due).slice(0, options.limit);
  const step = ({ server }: (typeof items)[number], abort: AbortSignal) =>
    enumerateServer(context, { ...parts.connection, abort, ...reachOf(server, options) }, server, last.get(server.id));
  const { report, faults } = await perServer({ stage: 'enumerate', items, step }, context, parts, options, progress);
  progress.stages.push({ ...report, skipped: report.skipped + notDue, postponed: due.length - items.length });
  progress.couldNotLook = report.done === 0 && faults.length > 0 && faults.every(saysOfThisHost);
}

/** Addresses of one's own are for servers that only one's own sources list: anybody else could name one to have it asked. */
function reachOf({ sources }: Server, { ownSources }: NightlyOptions): { readonly reach?: 'public' } {
  return sources.every((source) => ownSources.includes(source)) ? {} : { reach: 'public' };
}

/** A host that is busy with its other servers says nothing of this machine. */
function saysOfThisHost(fault: Fault): boolean {
  return isHostFault(fault) && fault.code !== 'not-asked';
}

/** Of the servers that one of the asked sources lists. */
async function serversDue({ store, now }: RunContext, last: ReadonlyMap<string, LastLook>, crawlers: readonly Crawler[]) {
  const asked = new Set(crawlers.map(({ id }) => id));
  const all = (await serversToLookAt(store)).filter(({ server }) => server.sources.some((source) => asked.has(source)));
  const due = all
    .filter(({ server }) => isServerDue(server, last.get(server.id), now()))
    .map((candidate) => ({ ...candidate, id: candidate.server.id, lookedAt: last.has(candidate.server.id) }));
  return { due, notDue: all.length - due.length };
}
