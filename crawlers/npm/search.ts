import { z } from 'zod';
import type { Fault } from '../../src/model/fault.ts';
import { isPlausible } from './judge.ts';
import { PackageName } from './manifest.ts';
import type { PackageRegistry } from './registry.ts';

/** What servers say of themselves, the most telling first. No one of them finds all: there are servers without any keyword. */
export const SEARCH_TEXTS = [
  'keywords:mcp-server',
  'keywords:mcp',
  'keywords:modelcontextprotocol',
  'keywords:model-context-protocol',
  'keywords:mcp-servers',
  'mcp server',
  'model context protocol',
  'mcp-server',
  'mcp',
];

/** The most that the registry gives at once. */
const PAGE_SIZE = 250;
/** The registry refuses `from` above it. */
const MAX_FROM = 10_000 - PAGE_SIZE;
/** A page with fewer plausible hits than one in this many is noise: search ranks by popularity as well, and its tail is whatever is popular. */
const NOISE_RATIO = 25;
const MAX_NOISY_PAGES = 2;
/** Further texts find again what the earlier ones found, best first: only what comes behind that can be new, so this many pages may repeat. */
const MAX_REPEATED_PAGES = 4;

/** One package as search shows it. */
export const SearchHit = z
  .object({
    package: z.object({
      name: PackageName,
      version: z.string().min(1).max(100),
      description: z.string().optional().catch(undefined),
      keywords: z.array(z.string()).optional().catch(undefined),
      date: z.string().max(40).optional().catch(undefined),
    }),
    /** When anything about it changed, a deprecation too; `date` is when the version came out. */
    updated: z.string().max(40).optional().catch(undefined),
    downloads: z
      .object({ weekly: z.number().int().min(0) })
      .optional()
      .catch(undefined),
  })
  .transform(({ package: { date, ...found }, updated, downloads }) => ({
    ...found,
    changedAt: updated ?? date,
    weeklyDownloads: downloads?.weekly,
  }));
export type SearchHit = z.infer<typeof SearchHit>;

export type Found = { readonly kind: 'hit'; readonly hit: SearchHit } | { readonly kind: 'fault'; readonly fault: Fault };

/** Every package that search shows for any of the texts and that may be a server, each once. */
export async function* searchCandidates(registry: PackageRegistry): AsyncGenerator<Found> {
  const seen = new Set<string>();
  for (const text of SEARCH_TEXTS) yield* searchText(registry, text, seen);
}

async function* searchText(registry: PackageRegistry, text: string, seen: Set<string>): AsyncGenerator<Found> {
  let noisy = 0;
  let repeated = 0;
  for (let from = 0; noisy < MAX_NOISY_PAGES && repeated < MAX_REPEATED_PAGES; ) {
    // A registry that gives less than was asked for is asked on from there; only an empty page is the end, for `total` means nothing.
    const page = await registry.search(text, PAGE_SIZE, from);
    if (page.length === 0) return;
    const { found, plausible } = readPage(page, seen);
    yield* found;
    noisy = plausible * NOISE_RATIO < page.length ? noisy + 1 : 0;
    repeated = found.length === 0 ? repeated + 1 : 0;
    from += page.length;
    if (from > MAX_FROM) return yield { kind: 'fault', fault: cutOff(text) };
  }
}

function readPage(page: readonly unknown[], seen: Set<string>): { found: Found[]; plausible: number } {
  const found: Found[] = [];
  let plausible = 0;
  for (const item of page) {
    const hit = SearchHit.safeParse(item);
    if (hit.success && !isPlausible(hit.data)) continue;
    if (hit.success) plausible += 1;
    const key = hit.success ? hit.data.name : JSON.stringify(item).slice(0, 500);
    if (seen.has(key)) continue;
    seen.add(key);
    found.push(hit.success ? { kind: 'hit', hit: hit.data } : { kind: 'fault', fault: unreadableHit(item, hit.error) });
  }
  return { found, plausible };
}

const Named = z.object({ package: z.object({ name: z.string().min(1) }) }).transform(({ package: { name } }) => name.slice(0, 214));

function unreadableHit(item: unknown, error: z.ZodError): Fault {
  const place = error.issues[0]?.path.join('.') ?? '';
  return {
    code: 'entry-unreadable',
    subject: Named.safeParse(item).data ?? 'a search result without a name',
    message: `A result of the registry's search has not the form of one, at ${place || 'its root'}: ${error.issues[0]?.message}. It was left out.`,
    retryable: false,
  };
}

function cutOff(text: string): Fault {
  return {
    code: 'search-cut-off',
    subject: text,
    message: `The registry shows no more than 10,000 results of one search, and for "${text}" there were still servers among the last. Servers that no other search shows are missed.`,
    retryable: false,
  };
}
