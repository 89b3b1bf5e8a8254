import type { Run } from './run.ts';
import { constant, type ListValue, list, UNKNOWN, type Value } from './value.ts';

/** What a loop goes through, one by one; where that is not known, one unknown. */
export function iterated(value: Value, run: Run): ListValue {
  if (value.kind === 'list') run.spend(value.items.length / 8);
  switch (value.kind) {
    case 'list':
      // A copy: the loop's body may add to it.
      return run.isExhausted ? list([], false) : list([...value.items], value.isWhole);
    case 'dict':
      return list([...value.entries.keys()].map(constant), value.isWhole);
    case 'class': {
      const members = [...value.members.values()].filter(({ kind }) => kind === 'member');
      return members.length > 0 ? list(members) : list([UNKNOWN], false);
    }
    default:
      return list([UNKNOWN], false);
  }
}
