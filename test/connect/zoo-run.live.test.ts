import { expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import { STRONGEST } from './rungs.ts';
import { survivorsOf } from './sandbox-harness.ts';
import { LIMITS, SHORT, zooContext, zooPlan } from './zoo-look.ts';

const SERVERS = 200;
const CONCURRENCY = 4;
/** Twenty seconds on a machine with nothing else to do. */
const MOST_MS = 400_000;
/** By which the second hundred may take more memory of ours than the first: what fifty hostile servers may write is twice as much. */
const MAX_GROWTH_BYTES = 100 * 2 ** 20;

const GOOD: readonly (readonly [string, string])[] = [
  ['works.js', 'complete 2'],
  ['banner.js', 'complete 1'],
  ['empty-cursor.js', 'complete 2'],
  ['asks-client.js', 'complete 1'],
  ['protocol.js odd-bytes', 'complete 1'],
  ['asks-environment.js', 'complete 1'],
];
const HOSTILE: readonly (readonly [string, string])[] = [
  ['hangs.js', 'timeout no-answer'],
  ['endless-line.js', 'protocol-error frame-too-big'],
  ['leaves-child.js exits', 'crashed exited'],
  ['endless-lines.js', 'protocol-error session-too-big'],
  ['fills-memory.js', 'crashed memory-limit'],
  ['wrong-answer.js', 'protocol-error bad-answer'],
  ['pages-same-cursor.js', 'partial 2 page-loop'],
  ['forks.js 100', 'complete 1'],
  ['too-many-tools.js', 'partial 200 too-many-tools'],
  ['fork-bomb.js', 'timeout no-answer'],
  ['deep-nesting.js', 'complete 1'],
  ['downloads-itself.js', 'needs-network network-unreachable'],
  ['pages-new-cursor.js', 'partial 5 too-many-pages'],
  ['leaves-child.js answers', 'complete 1'],
  ['exits-silently.js', 'crashed exited'],
  ['protocol.js million-tools', 'protocol-error frame-too-big'],
  ['content.js slow-texts', 'complete 9'],
  ['protocol.js wrong-ids', 'complete 1'],
  ['floods-stderr.js', 'complete 1'],
  ['deep-id.js', 'complete 1'],
];

/** Every second one is hostile. */
const PLANS = Array.from({ length: SERVERS }, (_, n) => {
  const kind = n % 2 === 0 ? GOOD : HOSTILE;
  return kind[(n >> 1) % kind.length] ?? GOOD[0];
}).filter((plan) => plan !== undefined);

it(
  `a run over ${SERVERS} servers, half of them hostile, ends with the right status for each and leaves nothing`,
  async () => {
    const marker = `marker-${crypto.randomUUID()}`;
    const { context, close } = await zooContext(STRONGEST);
    const outcomes: string[] = [];
    let next = 0;
    const most = { early: 0, late: 0 };
    const watch = setInterval(() => {
      const part = next < SERVERS / 2 ? 'early' : 'late';
      most[part] = Math.max(most[part], process.memoryUsage().rss);
    }, 50);
    async function work(): Promise<void> {
      for (let n = next++; n < PLANS.length; n = next++) {
        const [server, outcome] = PLANS[n] ?? ['', ''];
        const limits = outcome.startsWith('timeout') ? SHORT : { ...LIMITS, maxAttempts: 2 };
        const enumeration = await enumerate(zooPlan(server, marker), { ...context, limits });
        const parts = [
          enumeration.status,
          'tools' in enumeration ? enumeration.tools.length : '',
          'fault' in enumeration ? enumeration.fault.code : '',
        ];
        outcomes[n] = `${server}: ${parts.filter((part) => part !== '').join(' ')}`;
      }
    }
    await Promise.all(Array.from({ length: CONCURRENCY }, work)).finally(close);
    clearInterval(watch);
    expect(outcomes).toEqual(PLANS.map(([server, outcome]) => `${server}: ${outcome}`));
    expect(await survivorsOf(marker)).toEqual([]);
    expect(most.late - most.early).toBeLessThan(MAX_GROWTH_BYTES);
  },
  MOST_MS,
);
