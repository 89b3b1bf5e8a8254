import type { Fault } from '../model/fault.ts';

/** Faults of the machine that looks, not of the server looked at. */
const HOST_FAULTS: ReadonlySet<string> = new Set([
  'no-sandbox',
  'npm-missing',
  'npm-too-old',
  'python-missing',
  'pip-missing',
  'engine-missing',
  'registry-unreachable',
  'cache-unusable',
  'network-down',
  // Of the run: the host of a remote was busy with its neighbours, or wants to be left alone.
  'not-asked',
]);

/** Whether nothing was learned about the server. Such a look is not kept: the server is looked at again by the next run. */
export function isHostFault({ code }: Fault): boolean {
  return HOST_FAULTS.has(code);
}
