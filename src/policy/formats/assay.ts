import type { PolicyFormat } from './policy-format.ts';
import { readAccessPolicy } from './read-access-policy.ts';

/** The model itself: it says everything, so nothing is lowered. */
export const assay: PolicyFormat = {
  id: 'assay',
  title: 'Assay: the whole policy with its reasons, for assay guard',
  fileName: 'assay-policy.json',
  documentation: 'docs/policy.md',
  lower: (policy) => ({ policy, notes: [] }),
  write: ({ policy }) => `${JSON.stringify(policy, null, 2)}\n`,
  check(text) {
    const read = readAccessPolicy(text);
    return 'problems' in read ? read.problems : [];
  },
};
