import type { Finding } from '../../src/model/classification.ts';
import type { SecondLook } from '../../src/model/enumeration.ts';
import { excerptOf } from '../excerpt.ts';

/** Tools that are named in the evidence; the message counts all. */
const MAX_NAMED = 10;

/** That a server shows different tools to different clients, or different ones at every look: what was judged is then not what its users get. */
export function cloaking({ client, cause, added, removed, changed }: SecondLook): Finding[] {
  const names = [...changed, ...added, ...removed];
  if (names.length === 0) return [];
  const technique = cause === 'unstable' ? 'unstable-definitions' : 'client-dependent-definitions';
  const differences = [count(changed, 'defined otherwise'), count(added, 'more'), count(removed, 'fewer')].filter(Boolean).join(', ');
  const seen = cause === 'unstable' ? 'Looked at again' : `To a client that calls itself ${excerptOf(client)}`;
  return [
    {
      kind: 'cloaking',
      severity: cause === 'unstable' ? 'medium' : 'high',
      technique,
      message: `${seen}, it shows other tools: ${differences}.`,
      evidence: names.slice(0, MAX_NAMED).map((tool) => ({ by: technique, at: '/name', excerpt: excerptOf(tool), tool })),
    },
  ];
}

function count(names: readonly string[], what: string): string {
  return names.length > 0 ? `${names.length} ${what}` : '';
}
