import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { registryCrawler } from '../../crawlers/official-registry.ts';
import { systemClock } from '../../src/net/clock.ts';
import { createHttp } from '../../src/net/create-http.ts';
import { openNetwork } from '../../src/net/open-network.ts';

const SCRIPT = fileURLToPath(new URL('doubles/registry-double.ts', import.meta.url));
const DUMP = fileURLToPath(new URL('../fixtures/crawlers/official-registry/latest-2026-03-06.json.gz', import.meta.url));

const stops: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

async function served(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  stops.push(async () => {
    const exit = once(child, 'exit');
    child.kill();
    await exit;
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return line as string;
}

async function crawl(baseUrl: string, since?: string) {
  const crawler = registryCrawler({ id: 'double', title: 'Double', homepage: baseUrl, baseUrl, proven: true });
  const network = openNetwork({ allowLoopback: true });
  stops.push(() => network.close());
  const http = createHttp({
    fetch: network.fetch,
    userAgent: 'assay/test (+https://assay.example)',
    clock: systemClock,
    manners: { spacingMs: 0 },
    allowLoopback: true,
  });
  const seen = { entries: 0, watermark: undefined as string | undefined };
  const context = { http, abort: new AbortController().signal, now: () => new Date(), known: async () => new Map(), since };
  for await (const discovery of crawler.crawl(context)) {
    if (discovery.kind === 'entry') seen.entries += 1;
    if (discovery.kind === 'watermark') seen.watermark = discovery.watermark;
  }
  return seen;
}

describe('the official registry in a process of its own', () => {
  it('is crawled over a real connection, and a day later for its changes', async () => {
    const url = await served('--grow', '600', '2000', DUMP);
    const first = await crawl(url);
    expect(first.entries).toBe(2_000);
    const day = await (await fetch(`${url}/double/next-day?seed=3`, { method: 'POST' })).json();
    expect(day).toMatchObject({ rows: 2_740 });
    const second = await crawl(url, first.watermark);
    expect(second.entries).toBeGreaterThanOrEqual(740);
    expect(second.entries).toBeLessThan(800);
    expect(await (await fetch(`${url}/double/stats`)).json()).toMatchObject({ requests: 21 + 8, rows: 2_740 });
  });

  it('serves dumps as they are', async () => {
    expect((await crawl(await served('--rows', DUMP))).entries).toBe(2_861);
  });
});
