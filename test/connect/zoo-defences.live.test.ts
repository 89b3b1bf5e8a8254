import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import type { EnumerationLimits } from '../../src/connect/limits.ts';
import type { SandboxLimits } from '../../src/connect/sandbox/sandbox.ts';
import { STRONGEST } from './rungs.ts';
import { survivorsOf } from './sandbox-harness.ts';
import { LIMITS, lookAtZoo, zooContext, zooPlan } from './zoo-look.ts';

interface SwitchedOff {
  /** Script in test/zoo, and its arguments. */
  readonly server: string;
  /** Other limits than the usual ones here, with which it is looked at first. */
  readonly on?: Partial<EnumerationLimits> & { readonly box?: Partial<SandboxLimits> };
  /** The limit that is raised until it defends nothing, beside the others, which keep this machine well. */
  readonly off: Partial<EnumerationLimits> & { readonly box?: Partial<SandboxLimits> };
  /** Status, fault and tools with the limit, and without it. */
  readonly withIt: string;
  readonly without: string;
}

const NO_END_MS = 600_000;
/** Memory of one process: what Node needs to start, and a little. */
const ONE_PROCESS = { dataBytes: 900 * 2 ** 20 };

/** What each limit is for: with it raised, the same server gets further. `test/zoo/without-defence.ts` has the defences that are no limits. */
const TABLE: readonly SwitchedOff[] = [
  { server: 'pages-new-cursor.js', off: { maxPages: 5_000 }, withIt: 'partial too-many-pages 5', without: 'partial too-many-tools 200' },
  { server: 'too-many-tools.js', off: { maxTools: 20_000 }, withIt: 'partial too-many-tools 200', without: 'complete 10000' },
  { server: 'content.js long-description', off: { maxToolBytes: 2 ** 21 }, withIt: 'complete 0', without: 'complete get_story' },
  {
    server: 'endless-line.js',
    off: { maxFrameBytes: 2 ** 23 },
    withIt: 'protocol-error frame-too-big',
    without: 'protocol-error session-too-big',
  },
  {
    server: 'protocol.js million-tools',
    off: { maxFrameBytes: 2 ** 25, maxSessionBytes: 2 ** 25 },
    withIt: 'protocol-error frame-too-big',
    without: 'partial too-many-tools 200',
  },
  { server: 'endless-lines.js', off: { maxSessionBytes: 2 ** 34 }, withIt: 'protocol-error session-too-big', without: 'timeout no-answer' },
  { server: 'hangs.js', off: { attemptMs: NO_END_MS, serverMs: NO_END_MS }, withIt: 'timeout no-answer', without: 'still waiting' },
  { server: 'drips.js', off: { attemptMs: NO_END_MS, serverMs: NO_END_MS }, withIt: 'timeout no-answer', without: 'still waiting' },
  {
    server: 'busy-loop.js',
    on: { attemptMs: 30_000, box: { cpuSeconds: 1 } },
    off: { attemptMs: 4_000, box: { cpuSeconds: 600 } },
    withIt: 'crashed exited',
    without: 'timeout no-answer',
  },
  {
    server: 'fills-memory.js',
    off: { box: { memoryBytes: 2 ** 40, ...ONE_PROCESS } },
    withIt: 'crashed memory-limit',
    without: 'crashed exited',
  },
  { server: 'spreads-memory.js', off: { box: { memoryBytes: 2 ** 40 } }, withIt: 'crashed memory-limit', without: 'timeout no-answer' },
  { server: 'fills-disk.js 20', off: { box: { fileBytes: 2 ** 27 } }, withIt: 'complete written_some', without: 'complete written_all' },
  { server: 'forks.js 100', off: { box: { processes: 400 } }, withIt: 'complete started_some', without: 'complete started_all' },
];

const BASE: EnumerationLimits = {
  ...LIMITS,
  attemptMs: 4_000,
  maxAttempts: 1,
  maxToolBytes: 2 ** 16,
  sandbox: { ...LIMITS.sandbox, fileBytes: 2 ** 24 },
};

describe('what a limit is for', { concurrent: true }, () => {
  it.each(TABLE)('$server: $withIt, and without it $without', async ({ server, on = {}, off, withIt, without }) => {
    expect(await outcomeOf(server, limitsWith(on))).toBe(withIt);
    expect(await outcomeOf(server, limitsWith(off))).toBe(without);
  });
});

function limitsWith({ box, ...changed }: SwitchedOff['off']): EnumerationLimits {
  return { ...BASE, ...changed, sandbox: { ...BASE.sandbox, ...box } };
}

/** Ended by us when even the longest limit here has passed. */
async function outcomeOf(server: string, limits: EnumerationLimits): Promise<string> {
  const abort = AbortSignal.timeout(limits.attemptMs === NO_END_MS ? 5_000 : NO_END_MS);
  try {
    const enumeration = await lookAtZoo(STRONGEST, server, { limits, abort });
    const tools = 'tools' in enumeration ? enumeration.tools.map(({ name }) => name) : [];
    const count = tools[0]?.includes('_') && tools.length === 1 ? tools[0] : String(tools.length);
    const code = 'fault' in enumeration ? ` ${enumeration.fault.code}` : '';
    return `${enumeration.status}${code}${'tools' in enumeration ? ` ${count}` : ''}`;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return 'still waiting';
    throw error;
  }
}

describe('what the sandbox is for: without it', () => {
  const marker = () => `marker-${randomUUID()}`;

  it('a server that looks around finds the secrets, the files and the services of the host', async () => {
    process.env['ZOO_SECRET'] = 'secret-of-the-scanner';
    const service = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const address = service.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const server = `looks-around.js ${Buffer.from('secret-of-the-scanner').toString('base64')} ${port}`;
    const outcomes = new Map<string, readonly string[]>();
    for (const rung of [STRONGEST, 'none'] as const) {
      const { context, close } = await zooContext(rung);
      const enumeration = await enumerate(zooPlan(server, marker()), context).finally(close);
      outcomes.set(rung, 'tools' in enumeration ? enumeration.tools.map(({ name }) => name) : []);
    }
    service.close();
    expect(outcomes.get(STRONGEST)).toEqual(['looked_around']);
    expect(outcomes.get('none')).toContain('service_of_the_host');
    // Its parent was started with the environment of whoever started the tests, which is what /proc shows.
    expect(outcomes.get('none')?.length).toBeGreaterThan(2);
  });

  it('what a server leaves behind lives on', async () => {
    const mark = marker();
    const { context, close } = await zooContext('none');
    await enumerate(zooPlan('leaves-child.js answers', mark), context).finally(close);
    expect(await survivorsOf(mark)).toHaveLength(1);
  });
});
