import { setImmediate as macrotask } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HostQueues } from '../../src/net/host-queues.ts';
import { MANNERS, type Manners } from '../../src/net/manners.ts';
import { faultOf, never, START, testClock } from './planned-fetch.ts';

const URL_1 = new URL('https://a.example/');
const URL_2 = new URL('https://b.example/');

function openQueues(manners: Partial<Manners> = {}) {
  const clock = testClock();
  const queues = new HostQueues({ ...MANNERS, ...manners }, clock);
  const starts: number[] = [];
  const start = (url = URL_1, work: () => Promise<unknown> = async () => undefined) =>
    queues.run(url, { abort: never }, async () => {
      starts.push(clock.now() - START);
      return await work();
    });
  /** A request of a tenant; what its waits for the host's turn took together. */
  const startOf = async (name: string, { maxWaitMs = 20_000, work = async () => undefined as unknown, abort = never } = {}) => {
    let waitedMs = 0;
    const forTurn = async (turn: () => Promise<void>) => {
      const since = clock.now();
      await turn();
      waitedMs += clock.now() - since;
    };
    await queues.run(URL_1, { abort, maxWaitMs, tenant: { name, forTurn } }, async () => {
      starts.push(clock.now() - START);
      return await work();
    });
    return waitedMs;
  };
  return { clock, queues, starts, start, startOf };
}

describe('the queue of a host', () => {
  it('keeps half a second between the starts of two requests', async () => {
    const { starts, start } = openQueues();
    await Promise.all([start(), start(), start(), start()]);
    expect(starts).toStrictEqual([0, 500, 1_000, 1_500]);
  });

  it('keeps it between requests that come one after the other, counted from the start', async () => {
    const { clock, starts, start } = openQueues();
    await start(URL_1, () => clock.sleep(200));
    await start(URL_1, () => clock.sleep(2_000));
    await start();
    expect(starts).toStrictEqual([0, 500, 2_500]);
  });

  it('has two requests under way at once, and the next when one of them is done', async () => {
    const { starts, start } = openQueues({ spacingMs: 0 });
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const all = [start(URL_1, () => first.promise), start(URL_1, () => second.promise), start()];
    await macrotask();
    expect(starts).toHaveLength(2);
    second.resolve();
    await macrotask();
    expect(starts).toHaveLength(3);
    first.resolve();
    await Promise.all(all);
  });

  it('frees its place when a request fails', async () => {
    const { starts, start } = openQueues({ spacingMs: 0, concurrency: 1 });
    const failing = start(URL_1, () => Promise.reject(new Error('failed')));
    await Promise.all([expect(failing).rejects.toThrow('failed'), start()]);
    expect(starts).toHaveLength(2);
  });

  it('is one for all ports and spellings of a host', async () => {
    const { starts, start } = openQueues();
    await Promise.all(['https://a.example/', 'https://A.example:8443/', 'https://a.example./'].map((url) => start(new URL(url))));
    expect(starts).toStrictEqual([0, 500, 1_000]);
  });

  it('never waits for another host', async () => {
    const { queues, starts, start } = openQueues({ concurrency: 1 });
    queues.hold('a.example', START + 60_000);
    const held = start(URL_1);
    await start(URL_2);
    expect(starts[0]).toBe(0);
    await held;
  });

  it('is as it is configured for the host', async () => {
    const { starts, start } = openQueues({ hosts: { 'a.example': { spacingMs: 3_000, concurrency: 1 } } });
    await Promise.all([start(), start()]);
    expect(starts).toStrictEqual([0, 3_000]);
  });
});

describe('a host that wants to be left alone', () => {
  it('is not waited for by a request that has less time, while others wait', async () => {
    const { clock, queues, starts, start } = openQueues();
    queues.hold('a.example', clock.now() + 60_000);
    const hurried = queues.run(URL_1, { maxWaitMs: 20_000 }, async () => starts.push(-1));
    expect(await hurried.catch(faultOf)).toMatchObject({ code: 'rate-limited', retryable: true });
    await start();
    expect(starts).toStrictEqual([60_000]);
  });

  it('is, by all who wait, who then keep their distance again', async () => {
    const { queues, starts, start } = openQueues();
    queues.hold('a.example', START + 30_000);
    await Promise.all([start(), start(), start()]);
    expect(starts).toStrictEqual([30_000, 30_500, 31_000]);
  });

  it('is also when it says so while others wait for their turn', async () => {
    const { clock, queues, starts, start } = openQueues({ concurrency: 1 });
    const first = start(URL_1, async () => queues.hold('a.example', clock.now() + 10_000));
    await Promise.all([first, start()]);
    expect(starts).toStrictEqual([0, 10_000]);
  });

  it('is also when it says so while others wait for their distance', async () => {
    const { clock, queues, starts, start } = openQueues();
    const first = start(URL_1, async () => {
      for (let n = 0; n < 1_000 && clock.waits.length === 0; n++) await Promise.resolve();
      queues.hold('a.example', clock.now() + 10_000);
    });
    await Promise.all([first, start()]);
    expect(clock.waits[0]).toBe(500);
    expect(starts).toStrictEqual([0, 10_000]);
  });

  it('cannot shorten what it asked for before', async () => {
    const { queues, starts, start } = openQueues();
    queues.hold('a.example', START + 30_000);
    queues.hold('a.example', START + 1_000);
    await start();
    expect(starts).toStrictEqual([30_000]);
  });

  it('is not waited for longer than is waited', async () => {
    const { queues, starts, start } = openQueues({ maxWaitMs: 60_000 });
    queues.hold('a.example', START + 60_001);
    expect(await start().catch(faultOf)).toMatchObject({
      code: 'rate-limited',
      retryable: true,
      message: 'a.example has asked to be left alone until 2026-11-21T00:01:00.001Z.',
    });
    expect(starts).toStrictEqual([]);
  });
});

describe('tenants of one host', () => {
  const hanging = () => new Promise<never>(() => {});

  it('keep its distance together with everyone else, in the order in which they came', async () => {
    const { starts, start, startOf } = openQueues();
    await Promise.all([startOf('a'), startOf('b'), start(), startOf('a')]);
    expect(starts).toStrictEqual([0, 500, 1_000, 1_500]);
  });

  it('are not kept from it by others that hang', async () => {
    const { starts, start, startOf } = openQueues({ concurrency: 1 });
    for (let n = 0; n < 10; n++) void startOf(`evil ${n}`, { work: hanging });
    await startOf('good');
    await start();
    expect(starts).toHaveLength(12);
  });

  it('are left alone when they ask for it, and no others', async () => {
    const { queues, starts, start, startOf } = openQueues({ spacingMs: 0 });
    queues.hold('a.example', START + 86_400_000, { name: 'evil' });
    queues.hold('a.example', START + 10_000, { name: 'slow' });
    await Promise.all([startOf('good'), start()]);
    expect(starts).toStrictEqual([0, 0]);
    expect(await startOf('evil').catch(faultOf)).toMatchObject({ code: 'rate-limited', retryable: true });
    expect(await startOf('slow')).toBe(0);
    expect(starts).toStrictEqual([0, 0, 10_000]);
  });

  it('wait for the host, and not longer than they have time', async () => {
    const { queues, starts, startOf } = openQueues();
    queues.hold('a.example', START + 10_000);
    expect(await startOf('a')).toBe(10_000);
    queues.hold('a.example', START + 60_000);
    expect(await startOf('a').catch(faultOf)).toMatchObject({ code: 'not-asked', retryable: true });
    expect(starts).toStrictEqual([10_000]);
  });

  it('are not asked when too many wait before them', async () => {
    const { starts, startOf } = openQueues({ maxTurnMs: 2_000 });
    const all = Array.from({ length: 10 }, (_, n) =>
      startOf(`${n}`).then(
        () => 'asked',
        (error) => faultOf(error).code,
      ),
    );
    expect(await Promise.all(all)).toStrictEqual([...Array(6).fill('asked'), ...Array(4).fill('not-asked')]);
    expect(starts).toHaveLength(6);
  });

  it('that give up leave no gap behind', async () => {
    const { starts, startOf } = openQueues();
    const abort = new AbortController();
    const all = [startOf('a'), startOf('b', { abort: abort.signal }), startOf('c', { abort: abort.signal }), startOf('d')];
    await macrotask();
    abort.abort(new Error('enough'));
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(starts).toStrictEqual([0, 500]);
  });

  it('that were held are forgotten in time', async () => {
    const { clock, queues, start } = openQueues({ maxHosts: 1 });
    for (let n = 0; n < 2_000; n++) queues.hold('a.example', START + 1_000, { name: `${n}` });
    await start(URL_2);
    expect(queues.size).toBe(2);
    await clock.sleep(1_001);
    await start(new URL('https://c.example/'));
    expect(queues.size).toBe(1);
  });
});

describe('stopping', () => {
  it('takes a waiting request out of the queue', async () => {
    const { queues, starts, start } = openQueues({ concurrency: 1 });
    const running = Promise.withResolvers<void>();
    const first = start(URL_1, () => running.promise);
    const abort = new AbortController();
    const waiting = queues.run(URL_1, { abort: abort.signal }, async () => starts.push(-1));
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    running.resolve();
    await first;
    expect(starts).toStrictEqual([0]);
  });
});

describe('many hosts', () => {
  const hosts = Array.from({ length: 1_000 }, (_, n) => new URL(`https://h${n}.example/`));

  it('are asked at once', async () => {
    const { starts, start } = openQueues();
    await Promise.all(hosts.map((url) => start(url)));
    expect(new Set(starts)).toStrictEqual(new Set([0]));
  });

  it('are forgotten when nothing is known of them that still counts', async () => {
    const { clock, queues, start } = openQueues({ maxHosts: 10 });
    queues.hold('held.example', START + 1_200_000);
    for (const url of hosts) {
      await start(url);
      await clock.sleep(600);
    }
    expect(queues.size).toBeLessThanOrEqual(11);
    const held = start(new URL('https://held.example/'));
    await held;
    expect(clock.now()).toBe(START + 1_200_000);
  });

  it('keep their distance however many come between', async () => {
    const { starts, start } = openQueues({ maxHosts: 1 });
    await start(URL_1);
    await Promise.all(hosts.map((url) => start(url)));
    await start(URL_1);
    expect(starts.at(-1)).toBe(500);
  });
});
