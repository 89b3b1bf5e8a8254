import { z } from 'zod';
import type { Fault } from '../../src/model/fault.ts';
import { ApiError, type GithubApi } from './github-api.ts';
import { type RepositoryDocuments, ROOT_FILES } from './repository-documents.ts';
import type { RepositoryFacts } from './repository-facts.ts';

/** GraphQL stops after 10 s; with blobs 25 to 50 repositories fit (https://docs.github.com/graphql/overview/resource-limitations). */
const MOST_AT_ONCE = 40;

/** Repositories in a row that cannot be read even alone, after which it is GitHub that cannot answer. */
const MAX_FAILURES = 10;

const BLOB = '... on Blob { text isTruncated }';
const aliasOf = (name: string) => name.replace(/\W/g, '_');

const QUERY = `query ($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Repository {
      id databaseId nameWithOwner url description isFork isArchived stargazerCount createdAt pushedAt
      parent { url }
      licenseInfo { spdxId }
      repositoryTopics(first: 20) { nodes { topic { name } } }
      root: object(expression: "HEAD:") { ... on Tree { entries { name } } }
      ${ROOT_FILES.map((name) => `${aliasOf(name)}: object(expression: "HEAD:${name}") { ${BLOB} }`).join('\n      ')}
    }
  }
}`;

export const Blob = z.object({ text: z.string().nullish(), isTruncated: z.boolean().nullish() }).nullish();

const Node = z.looseObject({
  id: z.string(),
  databaseId: z.number().int().positive(),
  nameWithOwner: z.string().max(300),
  url: z.string().max(500),
  description: z.string().nullish(),
  isFork: z.boolean(),
  isArchived: z.boolean(),
  stargazerCount: z.number().int().min(0),
  createdAt: z.string().max(40),
  pushedAt: z.string().max(40).nullish(),
  parent: z.object({ url: z.string().max(500) }).nullish(),
  licenseInfo: z.object({ spdxId: z.string().max(100).nullish() }).nullish(),
  repositoryTopics: z.object({ nodes: z.array(z.object({ topic: z.object({ name: z.string().max(100) }) })).max(100) }).nullish(),
  root: z.object({ entries: z.array(z.object({ name: z.string().max(1_000) })).nullish() }).nullish(),
});

/** `path` is `["nodes", 3, "README_md"]`: what failed is the third repository, or one file of it. */
export const GraphqlError = z.object({
  type: z.string().nullish(),
  message: z.string().default(''),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
});

const NodesAnswer = z.object({
  data: z.object({ nodes: z.array(z.unknown()) }),
  errors: z.array(GraphqlError).optional(),
});

/** A repository to read: its name for the report. */
export interface RepositoryReference {
  readonly id: string;
  readonly nodeId: string;
  readonly fullName: string;
}

export type RepositoryReading =
  | { readonly kind: 'read'; readonly id: string; readonly documents: RepositoryDocuments }
  /** Not there any more. */
  | { readonly kind: 'absent'; readonly id: string }
  | { readonly kind: 'unread'; readonly id: string; readonly fault: Fault };

/** Reads repositories in bulk, in fewer at once while GitHub has no time for more. */
export class RepositoryReader {
  readonly #api: GithubApi;
  #atOnce = MOST_AT_ONCE;
  #failures = 0;

  constructor(api: GithubApi) {
    this.#api = api;
  }

  /** @throws ApiError when GitHub does not answer at all. */
  async *read(references: readonly RepositoryReference[]): AsyncGenerator<RepositoryReading> {
    for (let start = 0; start < references.length; ) {
      const batch = references.slice(start, start + this.#atOnce);
      const readings = await this.#readBatch(batch);
      if (!readings) continue;
      yield* readings;
      start += batch.length;
    }
  }

  /** @returns Nothing when the batch is to be tried again, smaller. */
  async #readBatch(batch: readonly RepositoryReference[]): Promise<RepositoryReading[] | undefined> {
    try {
      const readings = await this.#ask(batch);
      this.#failures = 0;
      this.#atOnce = Math.min(MOST_AT_ONCE, this.#atOnce + 5);
      return readings;
    } catch (error) {
      if (!isTooMuch(error)) throw error;
      this.#atOnce = Math.max(1, Math.floor(batch.length / 2));
      if (batch.length > 1) return undefined;
      if (++this.#failures === MAX_FAILURES) throw error;
      return batch.map(({ id, fullName }) => unread(id, fullName, error.fault.message));
    }
  }

  async #ask(batch: readonly RepositoryReference[]): Promise<RepositoryReading[]> {
    const variables = { ids: batch.map(({ nodeId }) => nodeId) };
    // Without retries: what took too long once is asked for in smaller parts instead.
    const parameters = { query: QUERY, variables, request: { retries: 0 } };
    const { data: answer } = await this.#api.request('graphql', 'POST /graphql', parameters, NodesAnswer);
    return batch.map((reference, n) => readingOf(reference, answer.data.nodes[n], errorsAt(answer.errors ?? [], n)));
  }
}

function isTooMuch(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.status >= 500 || error.fault.code === 'bad-shape');
}

type GraphqlErrors = readonly z.infer<typeof GraphqlError>[];

function errorsAt(errors: GraphqlErrors, n: number): GraphqlErrors {
  return errors.filter(({ path }) => path?.[0] === 'nodes' && path[1] === n);
}

function readingOf({ id, fullName }: RepositoryReference, node: unknown, errors: GraphqlErrors): RepositoryReading {
  if (errors.some(({ type, path }) => type === 'NOT_FOUND' && path?.length === 2)) return { kind: 'absent', id };
  const [error] = errors;
  if (error) return unread(id, fullName, error.message);
  const read = Node.safeParse(node);
  if (!read.success) return unread(id, fullName, `${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`);
  return { kind: 'read', id, documents: documentsOf(read.data) };
}

function unread(id: string, fullName: string, details: string): RepositoryReading {
  const message = 'The repository could not be read; what is stored of it is kept.';
  return {
    kind: 'unread',
    id,
    fault: { code: 'repository-unreadable', subject: fullName, message, retryable: true, details: details.slice(0, 500) },
  };
}

function documentsOf(node: z.infer<typeof Node>): RepositoryDocuments {
  const files = new Map<string, string>();
  const cut: string[] = [];
  for (const name of ROOT_FILES) {
    const blob = Blob.safeParse(node[aliasOf(name)]).data;
    if (blob?.isTruncated) cut.push(name);
    else if (typeof blob?.text === 'string') files.set(name, blob.text);
  }
  const rootNames = (node.root?.entries ?? []).map(({ name }) => name);
  return { facts: factsOf(node), ...(node.isFork && { forkOf: node.parent?.url ?? 'unknown' }), rootNames, files, cut };
}

function factsOf(node: z.infer<typeof Node>): RepositoryFacts {
  return {
    id: String(node.databaseId),
    nodeId: node.id,
    fullName: node.nameWithOwner,
    url: node.url,
    description: (node.description ?? '').slice(0, 2_000),
    archived: node.isArchived,
    topics: (node.repositoryTopics?.nodes ?? []).map(({ topic }) => topic.name).sort(),
    license: node.licenseInfo?.spdxId ?? '',
    stars: node.stargazerCount,
    createdAt: node.createdAt,
    pushedAt: node.pushedAt ?? '',
  };
}
