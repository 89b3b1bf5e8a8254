import { Access, Category, type Classification } from '../model/classification.ts';
import type { ToolCounts } from '../model/feed.ts';

type Counts = { -readonly [K in keyof ToolCounts]: ToolCounts[K] };

export function noTools(): Counts {
  return {
    total: 0,
    byAccess: Object.fromEntries(Access.options.map((access) => [access, 0])) as Counts['byAccess'],
    byCategory: Object.fromEntries(Category.options.map((category) => [category, 0])) as Counts['byCategory'],
  };
}

export function countTools(classifications: Iterable<Pick<Classification, 'access' | 'category'>>): ToolCounts {
  const counts = noTools();
  for (const { access, category } of classifications) {
    counts.total += 1;
    counts.byAccess[access] += 1;
    counts.byCategory[category] += 1;
  }
  return counts;
}

export function addCounts(sum: Counts, more: ToolCounts): void {
  sum.total += more.total;
  for (const access of Access.options) sum.byAccess[access] += more.byAccess[access];
  for (const category of Category.options) sum.byCategory[category] += more.byCategory[category];
}
