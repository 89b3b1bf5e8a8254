import { isDeepStrictEqual } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RegistrySettings, registryCrawler } from '../../crawlers/official-registry.ts';
import type { Fault } from '../../src/model/fault.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { RegistryEntry } from '../../src/model/registry-entry.ts';
import { fakeHttp } from './doubles/fake-http.ts';
import { REGISTRY_URL, readRows, registryDouble } from './doubles/registry-double.ts';
import type { Row } from './doubles/registry-listing.ts';

const FIXTURES = new URL('../fixtures/crawlers/official-registry/', import.meta.url).pathname;
const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const PUBLISHER = 'io.modelcontextprotocol.registry/publisher-provided';
const SETTINGS: RegistrySettings = {
  id: 'official-registry',
  title: 'Official registry',
  homepage: REGISTRY_URL,
  baseUrl: REGISTRY_URL,
  proven: true,
};

afterEach(() => void vi.useRealTimers());

/** What comes of rows, whatever they are. */
async function crawl(elements: readonly unknown[], settings: Partial<RegistrySettings> = {}) {
  const double = registryDouble([], { edit: () => ({ servers: elements.map((element) => JSON.stringify(element)) }) });
  const read = { entries: [] as RegistryEntry[], faults: [] as Fault[] };
  const context = {
    http: fakeHttp(double.fetch),
    abort: new AbortController().signal,
    now: () => new Date(),
    known: async () => new Map(),
  };
  for await (const discovery of registryCrawler({ ...SETTINGS, ...settings }).crawl(context)) {
    if (discovery.kind === 'entry') read.entries.push(discovery.entry);
    if (discovery.kind === 'fault') read.faults.push(discovery.fault);
  }
  return read;
}

function row(server: object, official: object = { status: 'active' }): Row {
  return { server: { name: 'com.example/server', version: '1.0.0', ...server }, _meta: { [OFFICIAL]: official as JsonObject } };
}

/** What the model should have of a row, put together from the row itself. Exact where the row keeps to the schema. */
function expectedOf({ server, _meta }: Row): Omit<RegistryEntry, 'raw'> {
  const { name, version, title, description, websiteUrl, icons, repository, packages, remotes } = server as unknown as RegistryEntry;
  const { status, statusMessage, publishedAt, updatedAt } = _meta[OFFICIAL] as unknown as NonNullable<RegistryEntry['release']>;
  return JSON.parse(
    JSON.stringify({
      source: SETTINGS.id,
      id: name,
      ...{ name, version, title, description, websiteUrl, icons },
      registryName: { name, proven: true },
      repository: repository?.url ? repository : undefined,
      packages: packages ?? [],
      remotes: remotes ?? [],
      release: { status, statusMessage, publishedAt, updatedAt },
    }),
  );
}

/** The rows whose entry is not what the row says. */
async function misread(rows: readonly Row[]): Promise<{ misread: string[]; faults: Fault[]; entries: number }> {
  const { entries, faults } = await crawl(rows);
  const incomplete = new Set(faults.map(({ subject }) => subject));
  const wrong = rows.flatMap((one, index) => {
    const { raw: _, ...entry } = entries[index] ?? { raw: {} };
    const key = `${one.server.name}@${one.server.version}`;
    return incomplete.has(key) || isDeepStrictEqual(entry, expectedOf(one)) ? [] : [key];
  });
  return { misread: wrong, faults, entries: entries.length };
}

describe('every field of real rows is read', () => {
  it('of the sample that has every shape seen', async () => {
    const rows = readRows(`${FIXTURES}sample.json.gz`);
    const { entries, faults } = await crawl(rows);
    expect(faults).toStrictEqual([]);
    expect(entries.map(({ raw: _, ...entry }) => entry)).toStrictEqual(rows.map(expectedOf));
    for (const entry of entries) expect(RegistryEntry.parse(entry)).toStrictEqual(entry);
  });

  it.each([
    ['latest-2026-03-06', 2_861, ['io.github.Antonytm/mcp-sitecore-server@1.3.2', 'io.github.alright-alright/persis@0.2.3']],
    ['all-versions-2025-12-11', 2_613, undefined],
    ['all-versions-2025-12-18', 2_794, undefined],
  ])('of the dump %s but for variables and headers without a name', async (dump, count, unnamedIn) => {
    const result = await misread(readRows(`${FIXTURES}${dump}.json.gz`));
    expect(result).toMatchObject({ misread: [], entries: count });
    expect(
      result.faults.filter(({ message }) => !/\/(environmentVariables|headers)\/\d+ was left out: name: ""/.test(message)),
    ).toStrictEqual([]);
    if (unnamedIn) expect([...new Set(result.faults.map(({ subject }) => subject))]).toStrictEqual(unnamedIn);
  });

  it('and nothing else of one with a fault is lost', async () => {
    const [broken] = readRows(`${FIXTURES}latest-2026-03-06.json.gz`).filter(
      ({ server }) => server.name === 'io.github.alright-alright/persis',
    );
    const { entries } = await crawl([broken]);
    const expected = expectedOf(broken as Row);
    expected.remotes[0]?.headers?.shift();
    expect(entries).toMatchObject([expected]);
  });
});

describe('a row and its registry', () => {
  it('deprecated and deleted versions arrive as what they are', async () => {
    const rows = readRows(`${FIXTURES}history-with-status.composed.json.gz`);
    const { entries } = await crawl(rows);
    const statusOf = ({ name, version, release }: RegistryEntry) =>
      `${name}@${version} ${release?.status}: ${release?.statusMessage ?? '-'}`;
    expect(entries.filter(({ release }) => release?.status !== 'active').map(statusOf)).toStrictEqual([
      'com.example/all-versions-deleted@0.1.0 deleted: -',
      'com.example/all-versions-deleted@0.2.0 deleted: -',
      'com.example/deleted@1.0.0 deleted: Spam',
      'com.example/deprecated-no-message@1.0.0 deprecated: -',
      'com.example/deprecated-with-message@1.0.0 deprecated: Renamed; use com.example/successor',
      'com.example/deprecated-with-message@2.0.0 deprecated: Renamed; use com.example/successor',
      'com.example/latest-version-deleted@1.1.0 deleted: Published by mistake',
      'com.example/old-version-deleted@1.0.0 deleted: Security issue',
    ]);
  });

  it('which version is latest is not kept, everything else of the row is', async () => {
    const given = row(
      { title: 'A', _meta: { [PUBLISHER]: { build: { id: 7, readme: 'kept' } } } },
      { status: 'active', isLatest: true, note: 'kept' },
    );
    const { entries } = await crawl([given, { ...given, _meta: { [OFFICIAL]: { status: 'active', isLatest: false, note: 'kept' } } }]);
    expect(entries[0]?.raw).toStrictEqual({ server: given.server, _meta: { [OFFICIAL]: { status: 'active', note: 'kept' } } });
    expect(entries[1]).toStrictEqual(entries[0]);
  });

  it.each<[string, object]>([
    ['without metadata', { server: { name: 'com.example/server', version: '1.0.0' } }],
    [
      'with metadata of its own',
      { server: { name: 'com.example/server', version: '1.0.0' }, _meta: { 'com.example/other': { status: 'deleted' } } },
    ],
    ['with null metadata', { server: { name: 'com.example/server', version: '1.0.0' }, _meta: null }],
  ])('a row %s is active and has no dates', async (_, element) => {
    const { entries, faults } = await crawl([element]);
    expect(entries[0]?.release).toStrictEqual({ status: 'active' });
    expect(faults).toStrictEqual([]);
  });

  it('a status or a date that is none is left out with a fault', async () => {
    const { entries, faults } = await crawl([row({}, { status: 'asleep', publishedAt: 'yesterday', updatedAt: '2026-01-01T00:00:00Z' })]);
    expect(entries[0]?.release).toStrictEqual({ status: 'active', updatedAt: '2026-01-01T00:00:00Z' });
    expect(faults.map(({ code, message }) => [code, message.split(' was')[0]])).toStrictEqual([
      ['entry-part-unreadable', '/_meta/io.modelcontextprotocol.registry~1official/status'],
      ['entry-part-unreadable', '/_meta/io.modelcontextprotocol.registry~1official/publishedAt'],
    ]);
  });

  it.each([
    ['io.github.someone/server', true, { name: 'io.github.someone/server', proven: true }],
    ['io.github.someone/server', false, { name: 'io.github.someone/server', proven: false }],
    ['acme-org/server', false, undefined],
    ['server', true, undefined],
    ['com.example/a/b', true, undefined],
  ])('the name %s in a registry where names are proven: %s', async (name, proven, registryName) => {
    const { entries } = await crawl([row({ name })], { proven });
    expect(entries).toMatchObject([{ id: name, name }]);
    expect(entries[0]?.registryName).toStrictEqual(registryName);
  });
});

describe("what GitHub's registry adds", () => {
  const facts = {
    displayName: 'Example',
    license: 'Apache License 2.0',
    nameWithOwner: 'acme-org/server',
    stargazerCount: 82_059,
    pushedAt: '2025-10-20T23:07:42Z',
    opengraphImageUrl: 'https://images.example/changes-with-every-push',
    readme: '# Example',
    topics: ['mcp'],
  };
  const given = row({
    name: 'acme-org/server',
    repository: { url: 'https://github.com/acme-org/server', source: 'github', id: '7' },
    _meta: { [PUBLISHER]: { github: facts } },
  });

  it('is read where the operator says it, and what drifts is not kept', async () => {
    const { entries, faults } = await crawl([given], { proven: false, operatorFacts: true });
    expect(faults).toStrictEqual([]);
    expect(entries).toMatchObject([
      { title: 'Example', activity: { stars: 82_059, pushedAt: '2025-10-20T23:07:42Z' }, repository: { id: '7', license: 'Apache-2.0' } },
    ]);
    const { displayName, license, nameWithOwner, topics } = facts;
    expect(entries[0]?.raw).toMatchObject({
      server: { _meta: { [PUBLISHER]: { github: { displayName, license, nameWithOwner, topics } } } },
    });
    expect(JSON.stringify(entries[0]?.raw)).not.toMatch(/readme|stargazerCount|pushedAt|opengraph/);
  });

  it('is a publisher’s word elsewhere, and not believed', async () => {
    const { entries } = await crawl([given]);
    expect(entries[0]).not.toHaveProperty('activity');
    expect(entries[0]).not.toHaveProperty('title');
    expect(entries[0]?.repository).not.toHaveProperty('license');
  });

  it('costs nothing when it is something else', async () => {
    const odd = row({ _meta: { [PUBLISHER]: { github: { stargazerCount: -1, pushedAt: 'now', license: 7 } } } });
    const { entries, faults } = await crawl([odd, row({ _meta: { [PUBLISHER]: 'x' } })], { operatorFacts: true });
    expect([entries.length, faults]).toStrictEqual([2, []]);
    expect(entries[0]).not.toHaveProperty('activity');
  });
});

describe('a row that cannot be an entry costs itself alone', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`);
  it.each<[string, unknown, string]>([
    ['null', null, 'an unnamed row of official-registry'],
    ['a text', 'row', 'an unnamed row of official-registry'],
    ['a list', [row({})], 'an unnamed row of official-registry'],
    ['a bare server', row({}).server, 'an unnamed row of official-registry'],
    ['without a name', row({ name: undefined }), 'an unnamed row of official-registry'],
    ['with an empty name', row({ name: '' }), 'an unnamed row of official-registry'],
    ['with a number for a name', row({ name: {} }), 'an unnamed row of official-registry'],
    ['with too long a name', row({ name: `com.example/${'x'.repeat(300)}` }), `com.example/${'x'.repeat(300)}@1.0.0`],
    ['without a version', row({ version: undefined }), 'com.example/server@undefined'],
    ['with too long a version', row({ version: '1'.repeat(256) }), `com.example/server@${'1'.repeat(256)}`],
    ['nested too deep', row({ _meta: deep }), 'com.example/server@1.0.0'],
  ])('%s', async (_, element, subject) => {
    const { entries, faults } = await crawl([row({ name: 'com.example/first' }), element, row({ name: 'com.example/last' })]);
    expect(entries.map(({ id }) => id)).toStrictEqual(['com.example/first', 'com.example/last']);
    expect(faults).toMatchObject([{ code: 'entry-unreadable', subject, retryable: false }]);
  });

  it('one that is too big is read, and its document not kept', async () => {
    const { entries, faults } = await crawl([row({ title: 'A', _meta: { [PUBLISHER]: { readme: 'x'.repeat(300_000) } } })]);
    expect(entries).toMatchObject([{ id: 'com.example/server', title: 'A', raw: {} }]);
    expect(faults).toMatchObject([{ code: 'entry-part-unreadable', subject: 'com.example/server@1.0.0' }]);
  });
});
