import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Raised whenever the same repository would now be read differently: every repository is then read again. */
const READER_VERSION = 2;

const LONGEST_TEXT = 2_000;

/** A repository as `GET /repositories/{id}` and every item of a search answer have it: the fields that are used. */
export const RepositoryItem = z
  .object({
    id: z.number().int().positive(),
    node_id: z.string().min(1).max(200),
    full_name: z.string().regex(/^[^/\s]{1,100}\/[^/\s]{1,150}$/),
    html_url: z.string().max(500),
    description: z.string().nullish(),
    archived: z.boolean().default(false),
    topics: z.array(z.string().max(100)).max(100).default([]),
    license: z.object({ spdx_id: z.string().max(100).nullish() }).nullish(),
    stargazers_count: z.number().int().min(0).default(0),
    created_at: z.iso.datetime(),
    pushed_at: z.iso.datetime().nullish(),
  })
  .transform(
    (item): RepositoryFacts => ({
      id: String(item.id),
      nodeId: item.node_id,
      fullName: item.full_name,
      url: item.html_url,
      description: (item.description ?? '').slice(0, LONGEST_TEXT),
      archived: item.archived,
      topics: item.topics.toSorted(),
      license: item.license?.spdx_id ?? '',
      stars: item.stargazers_count,
      createdAt: item.created_at,
      pushedAt: item.pushed_at ?? '',
    }),
  );

/** What is known of a repository without reading its files. Absent texts are empty. */
export interface RepositoryFacts {
  /** Numeric; survives renames and transfers. */
  readonly id: string;
  /** Names it in GraphQL. */
  readonly nodeId: string;
  /** `owner/name`, as of the answer. */
  readonly fullName: string;
  readonly url: string;
  readonly description: string;
  readonly archived: boolean;
  /** Sorted. */
  readonly topics: readonly string[];
  /** SPDX id. */
  readonly license: string;
  readonly stars: number;
  readonly createdAt: string;
  readonly pushedAt: string;
}

/**
 * Changes when an entry made of the repository may: with a push, with what can be set without one, and with our reader. Stars are left out: they
 * change daily and mean nothing.
 */
export function revisionOf(facts: RepositoryFacts): string {
  const settings = [facts.fullName, facts.url, facts.description, facts.archived, facts.license, facts.topics];
  const hash = createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16);
  return `${facts.pushedAt} ${hash} v${READER_VERSION}`;
}

export function activityOf({ stars, pushedAt }: RepositoryFacts) {
  return { stars, ...(pushedAt !== '' && { pushedAt }) };
}
