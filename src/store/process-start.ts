import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

interface ProcessStat {
  readonly state: string;
  readonly startTicks: string;
}

/** When a process started, in clock ticks since boot; undefined where the system does not say. With the pid it names one process for good. */
export async function startTicksOf(pid: number): Promise<string | undefined> {
  return (await statOf(pid))?.startTicks;
}

/** Whether the process is gone: no such pid, only its zombie, or another process under the same pid. */
export async function hasEnded(pid: number, startTicks: string | null): Promise<boolean> {
  if (!existsSync('/proc/self/stat')) return !answersSignals(pid);
  const stat = await statOf(pid);
  if (!stat || stat.state === 'Z' || stat.state === 'X') return true;
  return startTicks !== null && stat.startTicks !== startTicks;
}

/** proc_pid_stat(5): the state is field 3, the start time field 22; field 2 is the command in parentheses and may hold anything. */
async function statOf(pid: number): Promise<ProcessStat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  return state && startTicks ? { state, startTicks } : undefined;
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
