import { type EnumerateContext, enumerate } from '../connect/enumerate.ts';
import { launchText } from '../connect/launch-plan.ts';
import { planOfServer } from '../connect/plan-of-server.ts';
import { type Enumeration, isListed, type KnownTool, knownTools } from '../model/enumeration.ts';
import type { Server } from '../model/server.ts';
import { ToolDefinition } from '../model/tool.ts';
import { type HashedTool, recordEnumeration } from '../store/enumerations.ts';
import { storableJson } from '../store/storable-json.ts';
import { contentHash } from './content-hash.ts';
import { isDue, type LastLook } from './due.ts';
import { isHostFault } from './host-faults.ts';
import type { RunContext, StepOutcome } from './run-context.ts';

/**
 * Server → enumeration and tools, unless it was looked at recently enough. What goes wrong with the server is stored beside the last good listing;
 * what goes wrong with this host is only a fault of the run.
 */
export async function enumerateServer(
  context: RunContext,
  connection: EnumerateContext,
  server: Server,
  last: LastLook | undefined,
): Promise<StepOutcome> {
  const launchKey = launchKeyOf(server);
  const startedAt = context.now();
  if (!isDue(last, launchKey, startedAt)) return { kind: 'skipped' };
  const enumeration = await lookAt(server, connection);
  if (!isListed(enumeration) && isHostFault(enumeration.fault)) {
    return { kind: 'failed', fault: { ...enumeration.fault, subject: server.id } };
  }
  const tools = knownTools(enumeration).map(toStoredTool);
  await recordEnumeration(context.store, { serverId: server.id, runId: context.runId, launchKey, startedAt, enumeration, tools });
  return isListed(enumeration) ? { kind: 'done' } : { kind: 'failed', fault: enumeration.fault };
}

/** Whether it is to be looked at now. */
export function isServerDue(server: Server, last: LastLook | undefined, now: Date): boolean {
  return isDue(last, launchKeyOf(server), now);
}

/** What would be started, version included: another key means that the last look was at something else. */
function launchKeyOf(server: Server): string {
  const launch = planOfServer(server);
  return 'plan' in launch ? launchText(launch.plan) : launch.fault.code;
}

async function lookAt(server: Server, connection: EnumerateContext): Promise<Enumeration> {
  const launch = planOfServer(server);
  if ('plan' in launch) return enumerate(launch.plan, connection);
  return { status: 'refused', fault: launch.fault, launch: server.id, attempts: [], installMs: 0, durationMs: 0 };
}

function toStoredTool({ definition, widest }: KnownTool): HashedTool {
  const storable = ToolDefinition.parse(storableJson(definition));
  return { hash: contentHash(storable), definition: storable, widest };
}
