import type { Fault } from '../../model/fault.ts';
import { CACHE_UNUSABLE } from '../cache-folder.ts';

const OF_THE_MACHINE: ReadonlySet<string> = new Set([CACHE_UNUSABLE, 'cache-full', 'disk-full', 'needs-python']);

/** What this machine lacks was not the package's failure. */
export function statusOfInstallFault({ code }: Fault): 'refused' | 'install-failed' {
  return OF_THE_MACHINE.has(code) ? 'refused' : 'install-failed';
}
