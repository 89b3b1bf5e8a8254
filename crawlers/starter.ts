import { z } from 'zod';
import { JsonObject } from '../src/model/json.ts';
import type { Discovery } from '../src/model/registry-entry.ts';
import type { Crawler } from './crawler.ts';
import list from './starter-list.json' with { type: 'json' };

const StarterEntry = z.object({
  package: z.string(),
  version: z.string(),
  title: z.string(),
  description: z.string(),
});

/** The curated list shipped with Assay: published npm servers of different domains at pinned versions, so that a first run needs no key and no crawl. */
export const starter: Crawler = {
  id: 'starter',
  title: 'Starter list',
  homepage: 'crawlers/starter-list.json',
  incremental: false,
  async *crawl({ abort }) {
    for (const item of list) {
      abort.throwIfAborted();
      yield toDiscovery(item);
    }
  },
};

function toDiscovery(item: unknown): Discovery {
  const entry = StarterEntry.parse(item);
  return {
    kind: 'entry',
    entry: {
      source: starter.id,
      id: entry.package,
      name: entry.package,
      title: entry.title,
      description: entry.description,
      version: entry.version,
      packages: [{ registryType: 'npm', identifier: entry.package, version: entry.version }],
      remotes: [],
      raw: JsonObject.parse(item),
    },
  };
}
