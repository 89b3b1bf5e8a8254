import { z } from 'zod';
import type { Fault } from '../../src/model/fault.ts';
import type { Axis } from './axis.ts';
import type { Density } from './density.ts';
import type { GithubApi } from './github-api.ts';
import { type RepositoryFacts, RepositoryItem } from './repository-facts.ts';
import { PAGE_SIZE, type ResultPage } from './result-pages.ts';
import type { SlicedSearch } from './sliced-search.ts';

export const SearchAnswer = z.object({
  total_count: z.number().int().min(0),
  incomplete_results: z.boolean(),
  items: z.array(z.unknown()).max(PAGE_SIZE),
});

/** @param onDate - Told the host's clock with every answer. */
export function repositorySearch(api: GithubApi, onDate: (date: string) => void): SlicedSearch<RepositoryFacts> {
  return {
    ask: async (query, page) => {
      // Ascending: most repositories have no star and get none meanwhile, so that hardly any moves between the pages.
      const parameters = { q: query, sort: 'stars', order: 'asc', per_page: PAGE_SIZE, page };
      const { data, hasNext, date } = await api.request('search', 'GET /search/repositories', parameters, SearchAnswer);
      if (date !== undefined) onDate(date);
      return toPage(data, hasNext);
    },
    keyOf: ({ id }) => id,
    placeOf,
    densities: new Map<string, Density>(),
  };
}

function placeOf(facts: RepositoryFacts, { qualifier }: Axis): number | undefined {
  if (qualifier === 'stars') return facts.stars;
  const second = Math.floor(Date.parse(qualifier === 'created' ? facts.createdAt : facts.pushedAt) / 1_000);
  return Number.isNaN(second) ? undefined : second;
}

function toPage(answer: z.infer<typeof SearchAnswer>, hasNext: boolean): ResultPage<RepositoryFacts> {
  const items: RepositoryFacts[] = [];
  const faults: Fault[] = [];
  for (const item of answer.items) {
    const read = RepositoryItem.safeParse(item);
    if (read.success) items.push(read.data);
    else faults.push(unreadable(item, read.error));
  }
  return { totalCount: answer.total_count, incomplete: answer.incomplete_results, items, faults, size: answer.items.length, hasNext };
}

const Named = z.object({ full_name: z.string().min(1).max(300) });

function unreadable(item: unknown, { issues }: z.ZodError): Fault {
  const named = Named.safeParse(item);
  return {
    code: 'entry-unreadable',
    subject: named.success ? named.data.full_name : 'a repository without a name',
    message: `The repository is not as GitHub describes it, at ${issues[0]?.path.join('.') || 'its top'}: ${issues[0]?.message}`,
    retryable: false,
  };
}
