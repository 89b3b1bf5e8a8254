import { z } from 'zod';
import type { Density } from './density.ts';
import type { GithubApi } from './github-api.ts';
import { SearchAnswer } from './repository-search.ts';
import { PAGE_SIZE } from './result-pages.ts';
import type { SlicedSearch } from './sliced-search.ts';

const CodeItem = z.object({
  path: z.string().min(1).max(1_000),
  repository: z.object({ id: z.number().int().positive(), node_id: z.string().min(1).max(200), full_name: z.string().max(300) }),
});

/** A manifest that the code search found. */
export interface FoundFile {
  readonly path: string;
  readonly repository: { readonly id: string; readonly nodeId: string; readonly fullName: string };
}

/** Its answers say neither when a repository was created nor how large the file is, so it is cut by what files are like in general. */
export function codeSearch(api: GithubApi): SlicedSearch<FoundFile> {
  return {
    ask: async (query, page) => {
      const { data, hasNext } = await api.request('code_search', 'GET /search/code', { q: query, per_page: PAGE_SIZE, page }, SearchAnswer);
      const items = data.items.flatMap((item) => foundFile(item) ?? []);
      return { totalCount: data.total_count, incomplete: data.incomplete_results, items, faults: [], size: data.items.length, hasNext };
    },
    keyOf: ({ path, repository }) => `${repository.id}:${path}`,
    placeOf: () => undefined,
    densities: new Map<string, Density>(),
  };
}

/** One that cannot be read has no fault: it is a hint, not an entry. */
function foundFile(item: unknown): FoundFile | undefined {
  const read = CodeItem.safeParse(item);
  if (!read.success) return undefined;
  const { path, repository } = read.data;
  return { path, repository: { id: String(repository.id), nodeId: repository.node_id, fullName: repository.full_name } };
}
