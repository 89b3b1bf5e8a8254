import { readFileSync, readlinkSync } from 'node:fs';
import { type Engine, runEngine } from '../container-engine.ts';

/** Older than any look: left by a run of another machine or of before a restart. */
const STALE_AFTER_MS = 3_600_000;
const LIST_TIMEOUT_MS = 20_000;
const LABEL = 'mcp-assay.owner';
/** Machine and process namespace, process and its start, milliseconds since 1970. */
const OWNER = /^([\w-]{1,80}):(\d{1,10}):(\d{1,20}):(\d{1,16})$/;

/** Who started a container, so that a later run can tell whether it is still there. */
export function ownerLabel(): string {
  return `${machine()}:${process.pid}:${startOf(process.pid) ?? 0}:${Date.now()}`;
}

/** Removes containers whose run is gone. Never rejects: what cannot be removed is tried again by the next run. */
export async function sweepContainers(engine: Engine): Promise<void> {
  const format = `{{.ID}} {{.Label "${LABEL}"}}`;
  const listed = await runEngine(engine, ['ps', '--all', '--filter', `label=${LABEL}`, '--format', format], { timeoutMs: LIST_TIMEOUT_MS });
  if (listed.kind !== 'done') return;
  const orphans = listed.stdout.split('\n').flatMap((line) => {
    const [id = '', owner = ''] = line.trim().split(' ');
    return /^[\da-f]{6,64}$/.test(id) && isGone(owner) ? [id] : [];
  });
  if (orphans.length > 0) await runEngine(engine, ['rm', '-f', ...orphans], { timeoutMs: LIST_TIMEOUT_MS });
}

/** A process of another machine, or of another process namespace, cannot be looked at: only its age tells. */
function isGone(owner: string): boolean {
  const [, of, pid, start, since] = OWNER.exec(owner) ?? [];
  if (of === undefined) return false;
  if (of !== machine()) return Date.now() - Number(since) > STALE_AFTER_MS;
  return startOf(Number(pid)) !== start;
}

function machine(): string {
  const boot = readText('/proc/sys/kernel/random/boot_id').trim();
  return `${boot}-${/\d+/.exec(linkText('/proc/self/ns/pid'))?.[0] ?? '0'}`;
}

/** Field 22 of proc_pid_stat(5), clock ticks since boot: a number given to another process starts later. */
function startOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function linkText(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
