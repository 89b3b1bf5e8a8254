import { describe, expect, it } from 'vitest';
import { NO_CORRECTIONS } from '../../src/model/correction.ts';
import { scan } from '../../src/pipeline/scan.ts';
// @ts-expect-error a plain script, which runs in the sandbox as it is
import { WAYS } from '../zoo/protocol.js';
import { STRONGEST } from './rungs.ts';
import { expectCase, LIMITS, SHORT, type ZooCase, zooContext, zooPlan } from './zoo-look.ts';

/** As they are: the sizes are what these are about. */
const BIG = { ...LIMITS, maxFrameBytes: 2 ** 23, maxSessionBytes: 2 ** 25 };

/** Of each way to speak the protocol oddly what comes of it. */
const CASES: readonly (Omit<ZooCase, 'server'> & { readonly way: string })[] = [
  { way: 'line-of-100-megabytes', status: 'protocol-error', code: 'frame-too-big', limits: BIG },
  { way: 'million-tools', status: 'protocol-error', code: 'frame-too-big', limits: BIG },
  { way: 'odd-bytes', status: 'complete', tools: ['first'], faults: [] },
  { way: 'not-utf-8', status: 'complete', tools: ['first'], faults: [] },
  { way: 'wrong-ids', status: 'complete', tools: ['first'], faults: [] },
  { way: 'notification-flood', status: 'complete', tools: ['asked-1-times'] },
  { way: 'asks-for-sampling', status: 'complete', tools: ['-32601_-32601_-32601_-32601_ok'] },
  { way: 'dangerous-second-page', status: 'complete', tools: ['get_note', 'wipe_disk'] },
  { way: 'list-that-changes', status: 'complete', tools: ['list-1'] },
  { way: 'tools-not-announced', status: 'complete', tools: ['first'] },
  { way: 'tools-announced-without-any', status: 'complete', tools: [] },
  { way: 'version-unknown', status: 'complete', tools: ['first'] },
  { way: 'version-of-the-future', status: 'complete', tools: ['first'] },
  { way: 'version-a-number', status: 'complete', tools: ['first'] },
  { way: 'version-missing', status: 'complete', tools: ['first'] },
  { way: 'version-endless', status: 'complete', tools: ['first'], faults: ['server-info-cut'] },
  { way: 'version-refused', status: 'protocol-error', code: 'answered-error' },
  { way: 'instructions-of-5-megabytes', status: 'complete', tools: ['first'], faults: ['instructions-cut'], limits: BIG },
  { way: 'endless-names', status: 'complete', tools: ['first'], faults: ['server-info-cut'], limits: BIG },
  { way: 'greets-with-nothing', status: 'protocol-error', code: 'bad-answer' },
  { way: 'batch-answer', status: 'timeout', code: 'no-answer', limits: SHORT },
  { way: 'wrong-jsonrpc', status: 'complete', tools: ['first'] },
  { way: 'answer-and-error', status: 'complete', tools: ['first'] },
  { way: 'ends-in-the-middle', status: 'complete', tools: ['first'] },
];

it('every way has its case', () => {
  expect(CASES.map(({ way }) => way)).toEqual(Object.keys(WAYS));
});

// The same on every rung: it is read outside.
describe('a server with', { concurrent: true }, () => {
  it.each(CASES)('$way is $status', async ({ way, ...expected }) => {
    await expectCase(STRONGEST, { server: `protocol.js ${way}`, ...expected });
  });
});

it('text in several encodings arrives as it was meant, and what is no text as replacement characters', async () => {
  const odd = await expectCase(STRONGEST, { server: 'protocol.js odd-bytes', status: 'complete' });
  expect(odd).toHaveProperty('tools.0.description', 'Größe: 大きい 🙂');
  const wrong = await expectCase(STRONGEST, { server: 'protocol.js not-utf-8', status: 'complete' });
  expect(wrong).toHaveProperty('tools.0.description', '\uFFFD\uFFFD\uFFFD');
});

describe('a scan of a server', () => {
  it('judges what is on its second page', async () => {
    const { tools } = await scanned('protocol.js dangerous-second-page');
    expect(tools.map(({ classification: { name, access } }) => `${name}: ${access}`)).toEqual(['get_note: Read', 'wipe_disk: Admin']);
  });

  it('finds what its instructions of 5 megabytes begin with', async () => {
    const { server, enumeration } = await scanned('protocol.js instructions-of-5-megabytes');
    expect(server.findings?.map(({ kind }) => kind)).toContain('poisoning');
    expect(enumeration).toMatchObject({ faults: [{ code: 'instructions-cut' }] });
    expect(Buffer.byteLength(JSON.stringify(enumeration))).toBeLessThan(100_000);
  });
});

async function scanned(server: string) {
  const { context, close } = await zooContext(STRONGEST, { limits: BIG });
  return scan(zooPlan(server, 'zoo'), context, async () => NO_CORRECTIONS).finally(close);
}
