import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registryCrawler } from '../../crawlers/official-registry.ts';
import { type Fault, FaultError } from '../../src/model/fault.ts';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';
import { fakeHttp, START } from './doubles/fake-http.ts';
import { REGISTRY_URL, type RegistryDouble, type RegistryDoubleOptions, registryDouble } from './doubles/registry-double.ts';
import type { Row } from './doubles/registry-listing.ts';

const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const MIB = 1024 * 1024;

beforeEach(() => void vi.setSystemTime(START));
afterEach(() => void vi.useRealTimers());

async function crawl(double: RegistryDouble) {
  const read = {
    entries: [] as RegistryEntry[],
    faults: [] as Fault[],
    watermark: undefined as string | undefined,
    error: undefined as unknown,
  };
  const crawler = registryCrawler({ id: 'registry', title: 'The registry', homepage: REGISTRY_URL, baseUrl: REGISTRY_URL, proven: true });
  const context = {
    http: fakeHttp(double.fetch),
    abort: new AbortController().signal,
    now: () => new Date(),
    known: async () => new Map(),
  };
  try {
    for await (const discovery of crawler.crawl(context)) {
      if (discovery.kind === 'entry') read.entries.push(discovery.entry);
      if (discovery.kind === 'fault') read.faults.push(discovery.fault);
      if (discovery.kind === 'watermark') read.watermark = discovery.watermark;
    }
  } catch (error) {
    read.error = error;
  }
  return read;
}

function row(n: number, server: object = {}): Row {
  const official = { status: 'active', publishedAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z', isLatest: true };
  return { server: { name: `com.example/server-${1_000 + n}`, version: '1.0.0', ...server }, _meta: { [OFFICIAL]: official } };
}

const rowsOf = (count: number, serverOf: (n: number) => object = () => ({})) =>
  Array.from({ length: count }, (_, n) => row(n, serverOf(n)));
const idsOf = (rows: readonly Row[]) => rows.map(({ server }) => server.name);
const idsIn = (entries: readonly RegistryEntry[]) => entries.map(({ id }) => id);
const limitsOf = ({ requests }: RegistryDouble) => requests.map(({ url }) => Number(new URL(url).searchParams.get('limit')));

/** A row that only text can say: what JSON.stringify would not get to the end of. */
function withElement(element: string, answer = 1): RegistryDoubleOptions {
  return { edit: (page, n) => (n === answer ? { ...page, servers: [...page.servers, element] } : page) };
}

describe('one row of a later page costs no other', () => {
  const rows = rowsOf(250);
  const named = (rest: string) => `{"server":{"name":"com.example/bad",${rest}}}`;

  it.each<[string, string]>([
    ['nested deeper than a row may be', named(`"version":"1","_meta":${'{"a":'.repeat(64)}1${'}'.repeat(64)}`)],
    ['nested ten thousand deep', named(`"version":"1","_meta":${'['.repeat(10_000)}${']'.repeat(10_000)}`)],
    ['with a version nested deep', named(`"version":${'['.repeat(10_000)}${']'.repeat(10_000)}`)],
    ['with a version that cannot be made text', named('"version":{"toString":1,"valueOf":1}')],
  ])('%s', async (_, element) => {
    const { entries, faults, error, watermark } = await crawl(registryDouble(rows, withElement(element)));
    expect(error).toBeUndefined();
    expect(idsIn(entries)).toStrictEqual(idsOf(rows));
    expect(faults).toMatchObject([{ code: 'entry-unreadable', subject: expect.stringContaining('com.example/bad@') }]);
    expect(watermark).toBe('2026-01-01T00:00:00Z');
  });

  it('nested deep, on a page that comes broken at first', async () => {
    const double = registryDouble(rows, withElement(named(`"version":"1","_meta":${'['.repeat(100)}${']'.repeat(100)}`), 2));
    double.quirkOnListRequest(1, { truncateAt: 500 });
    const { entries, faults, error } = await crawl(double);
    expect([idsIn(entries), faults.length, error]).toStrictEqual([idsOf(rows), 1, undefined]);
  });

  it('nested less deep than a row may be, though the page then is deeper', async () => {
    const element = named(`"version":"1","_meta":${'{"a":'.repeat(61)}1${'}'.repeat(61)}`);
    const { entries, faults } = await crawl(registryDouble(rows, withElement(element)));
    expect([entries.length, faults]).toStrictEqual([251, []]);
  });
});

describe('rows that are too big together', () => {
  it('are read in smaller pages, and what follows in whole ones again', async () => {
    const rows = rowsOf(400, (n) => (n >= 150 && n < 160 ? { note: 'x'.repeat(2 * MIB) } : {}));
    const double = registryDouble(rows);
    const { entries, faults, error } = await crawl(double);
    expect(error).toBeUndefined();
    expect(idsIn(entries)).toStrictEqual(idsOf(rows));
    expect(faults.map(({ subject }) => subject)).toStrictEqual(idsOf(rows.slice(150, 160)).map((name) => `${name}@1.0.0`));
    expect(limitsOf(double)).toStrictEqual([100, 100, 50, 100, 50, 25, 12, 6, 12, 24, 48, 96, 100]);
  });

  it('on the first page are, too', async () => {
    const rows = rowsOf(10, () => ({ note: 'x'.repeat(2 * MIB) }));
    const { entries, error } = await crawl(registryDouble(rows));
    expect([idsIn(entries), error]).toStrictEqual([idsOf(rows), undefined]);
  });

  it('a single one that is too big ends the pass, which says so', async () => {
    const rows = rowsOf(160, (n) => (n === 150 ? { note: 'x'.repeat(17 * MIB) } : {}));
    const double = registryDouble(rows);
    const { entries, error, watermark } = await crawl(double);
    expect(idsIn(entries)).toStrictEqual(idsOf(rows.slice(0, 150)));
    expect(error).toBeInstanceOf(FaultError);
    expect((error as FaultError).fault).toMatchObject({
      code: 'page-too-big',
      message: expect.stringContaining('The row after "com.example/server-1149:1.0.0" is too big'),
    });
    expect(watermark).toBeUndefined();
    expect(double.requests.length).toBeLessThan(20);
  });
});

describe('what is read of a row is bounded', () => {
  const npm = (variables: readonly object[]) => ({ packages: [{ registryType: 'npm', identifier: 'x', environmentVariables: variables }] });
  const variables = (count: number, length: number) =>
    npm(Array.from({ length: count }, (_, n) => ({ name: `V${n}`, description: 'y'.repeat(length) })));

  it('one that says more about its server is passed over', async () => {
    const rows = rowsOf(3, (n) => (n === 1 ? variables(100, 3_900) : {}));
    const { entries, faults } = await crawl(registryDouble(rows));
    expect(idsIn(entries)).toStrictEqual(idsOf([rows[0] as Row, rows[2] as Row]));
    expect(faults).toMatchObject([{ code: 'entry-too-big', subject: 'com.example/server-1001@1.0.0', retryable: false }]);
  });

  it('one that says less is kept whole', async () => {
    const { entries, faults } = await crawl(registryDouble(rowsOf(1, () => variables(60, 3_900))));
    expect(entries[0]?.packages[0]?.environmentVariables).toHaveLength(60);
    expect(faults).toStrictEqual([]);
  });
});
