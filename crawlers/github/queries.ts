/** What a pass asks the repository search for. */
export interface RepositoryQuery {
  readonly query: string;
  /** Repositories with these topics were found by the queries before: left out, since every page of theirs would be read twice. */
  readonly without: readonly string[];
}

const TOPICS = ['mcp-server', 'mcp', 'model-context-protocol', 'mcp-servers', 'modelcontextprotocol', 'fastmcp'];

/** A query may hold five operators (https://docs.github.com/rest/search/search#limitations-on-query-length); whether `-` is one is not said. */
const MAX_WITHOUT = 5;

/** The widest first: what follows then has the less left to find. */
export const REPOSITORY_QUERIES: readonly RepositoryQuery[] = [
  ...TOPICS.map((topic, n) => ({ query: `topic:${topic}`, without: TOPICS.slice(0, n).slice(0, MAX_WITHOUT) })),
  { query: '"mcp server" in:name,description', without: TOPICS.slice(0, MAX_WITHOUT) },
  { query: '"model context protocol" in:name,description', without: TOPICS.slice(0, MAX_WITHOUT) },
  { query: '"fastmcp" in:name,description', without: TOPICS.slice(0, MAX_WITHOUT) },
];

/** Manifests that no topic points to. Code search wants a term beside the qualifiers. */
export const CODE_QUERIES: readonly string[] = ['"registryType" filename:server.json'];

export function searchText({ query, without }: RepositoryQuery): string {
  return [query, ...without.map((topic) => `-topic:${topic}`)].join(' ');
}
