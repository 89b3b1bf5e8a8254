import type { Parameter } from '../parameter.ts';
import { phrases } from '../phrases.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

const FLAGS: ReadonlySet<string> = phrases(`
  force, recursive, hard, hard delete, permanent, permanently, cascade, skip confirmation, skip confirm, yes, no verify, skip
  validation, skip checks, ignore errors, force push, force delete, auto approve, bypass, skip trash, delete permanently, purge,
  unsafe, allow destructive, skip safety, force with lease, skip approval`);
const REHEARSALS: ReadonlySet<string> = phrases('dryrun, preview only, preview');

export const forceFlag: Signal = {
  id: 'force-flag',
  finds: 'a switch that skips a safeguard or widens the effect: force, recursive, permanent, a dry run that can be turned off',
  why: 'One more argument turns the ordinary call into the dangerous one.',
  weight: 0.15,
  label: withParameters('Safeguard can be switched off'),
  detect: ({ parameters }, { category }) => (category === 'Read' ? [] : atParameters(forceFlag.id, parameters.filter(isSwitch))),
};

function isSwitch({ words, types, schema }: Parameter): boolean {
  if (types.length > 0 && !types.includes('boolean')) return false;
  const name = words.join(' ');
  return FLAGS.has(name) || (REHEARSALS.has(name) && schema['default'] === true);
}
