import { readdirSync, readFileSync } from 'node:fs';

const CLOSE_ON_EXEC = 0o2000000;

/**
 * Open files that every program started from here would inherit, beside the standard three: those that this process was itself started with.
 * Node marks its own close-on-exec, and inherited ones only up to the first gap above 15 (uv_disable_stdio_inheritance).
 *
 * @returns Ascending; empty where there is no /proc.
 */
export function inheritedDescriptors(): number[] {
  return descriptors()
    .filter((descriptor) => descriptor > 2 && !closesOnExec(descriptor))
    .sort((a, b) => a - b);
}

function descriptors(): number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number);
  } catch {
    return [];
  }
}

function closesOnExec(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags === undefined || (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) !== 0;
  } catch {
    // Closed since it was listed: the listing itself is one of them.
    return true;
  }
}
