import list from '../../crawlers/starter-list.json' with { type: 'json' };
import type { JsonObject } from '../../src/model/json.ts';
import type { Row } from '../crawlers/doubles/registry-listing.ts';

const PUBLISHED = '2026-10-01T00:00:00Z';

/** A row of a registry, as its API gives it. */
export function registryRow(name: string, version: string, offers: { packages?: JsonObject[]; remotes?: JsonObject[] } & JsonObject): Row {
  const server = { name, version, description: `The server ${name}.`, ...offers };
  const official = { status: 'active', publishedAt: PUBLISHED, updatedAt: PUBLISHED, isLatest: true };
  return { server, _meta: { 'io.modelcontextprotocol.registry/official': official } };
}

/** Real packages of the starter list, as a registry would list them. */
export function rowsOfPackages(packages: readonly string[]): Row[] {
  return packages.map((identifier) => {
    const found = list.find((item) => item.package === identifier);
    if (!found) throw new Error(`${identifier} is not in the starter list`);
    const name = `com.example/${identifier.replace('@', '').replace('/', '.')}`;
    return registryRow(name, found.version, {
      title: found.title,
      packages: [{ registryType: 'npm', identifier, version: found.version, transport: { type: 'stdio' } }],
    });
  });
}
