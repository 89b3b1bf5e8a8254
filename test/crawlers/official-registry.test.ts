import { registryCrawler } from '../../crawlers/official-registry.ts';
import { describeCrawlerContract, type Variant } from './contract.ts';
import { REGISTRY_URL, type RegistryDoubleOptions, readRows, registryDouble } from './doubles/registry-double.ts';
import type { Row } from './doubles/registry-listing.ts';

const FIXTURES = new URL('../fixtures/crawlers/official-registry/', import.meta.url).pathname;
const rows = readRows(`${FIXTURES}history-with-status.composed.json.gz`);

const VARIANTS: Readonly<Record<Variant, RegistryDoubleOptions>> = {
  plain: {},
  'bad-entry': {
    edit: (page, n) => (n === 1 ? { ...page, servers: [...page.servers, '{"server":{"description":"Has no name."},"_meta":{}}'] } : page),
  },
  duplicates: repeatingLastRow(),
  'cursor-loop': { edit: (page) => ({ ...page, nextCursor: page.nextCursor ?? 'com.example/deleted:1.0.0' }) },
  changing: {
    afterPage: (listing, n) => {
      if (n === 0) listing.put(changesWhilePaging());
    },
  },
};

describeCrawlerContract('the official registry', {
  crawler: () =>
    registryCrawler({ id: 'official-registry', title: 'Official registry', homepage: REGISTRY_URL, baseUrl: REGISTRY_URL, proven: true }),
  double: (variant) => registryDouble(rows, VARIANTS[variant]),
  variants: Object.keys(VARIANTS) as Variant[],
  expectedIds: [...new Set(rows.map(({ server }) => server.name))].sort(),
});

function repeatingLastRow(): RegistryDoubleOptions {
  let last: string[] = [];
  return {
    edit: (page, n) => {
      const servers = n === 0 ? page.servers : [...last, ...page.servers];
      last = page.servers.slice(-1);
      return { ...page, servers };
    },
  };
}

/** A version published behind the cursor and one before it, one deleted, one taken over by a new latest. */
function changesWhilePaging(): Row[] {
  const [first, last] = [rows[0], rows.at(-1)] as [Row, Row];
  const at = '2026-11-21T00:00:01Z';
  const meta = { status: 'active', publishedAt: at, updatedAt: at, isLatest: true };
  const official = 'io.modelcontextprotocol.registry/official';
  return [
    { server: { ...first.server, version: '0.0.0-new' }, _meta: { [official]: meta } },
    { server: { ...last.server, version: '99.0.0' }, _meta: { [official]: meta } },
    { ...last, _meta: { [official]: { ...meta, status: 'deleted', isLatest: false } } },
  ];
}
