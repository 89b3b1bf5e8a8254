import type { SandboxLimits } from './sandbox.ts';

/** Arguments of prlimit. It runs inside, where the process count is the sandbox's own and not shared by every sandbox of one user. */
export function limitArguments(limits: SandboxLimits): string[] {
  return [
    `--data=${limits.dataBytes}`,
    `--nproc=${limits.processes}`,
    `--nofile=${limits.openFiles}`,
    `--fsize=${limits.fileBytes}`,
    `--cpu=${limits.cpuSeconds}`,
    '--core=0',
    '--',
  ];
}
