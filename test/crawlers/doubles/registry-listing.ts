import type { JsonObject } from '../../../src/model/json.ts';

/** One version of one server, as the registry lists it. */
export interface Row {
  readonly server: JsonObject & { readonly name: string; readonly version: string };
  readonly _meta: JsonObject;
}

export interface ListingPage {
  /** JSON texts. */
  readonly servers: readonly string[];
  readonly nextCursor?: string;
}

/** What is wrong with a request, as the registry says it. */
export interface Problem {
  readonly status: number;
  readonly problem: JsonObject;
}

interface Kept {
  readonly name: string;
  readonly version: string;
  /** Name and version as bytes: what rows are ordered by. */
  readonly key: Buffer;
  readonly deleted: boolean;
  readonly latest: boolean;
  readonly updatedAt: bigint;
  readonly json: string;
}

const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const DEFAULT_LIMIT = 30;
const MAX_LIMIT = 100;

/** The rows of a registry, and its answers to `GET /v0.1/servers`. Serialised once, so that answering costs little whatever their number. */
export class RegistryListing {
  #kept: Kept[];
  readonly #filtered = new Map<string, readonly Kept[]>();

  constructor(rows: readonly Row[]) {
    this.#kept = rows.map(keptOf).sort((a, b) => Buffer.compare(a.key, b.key));
  }

  get rowCount(): number {
    return this.#kept.length;
  }

  /** Adds rows, or replaces those of the same name and version. */
  put(rows: readonly Row[]): void {
    const put = rows.map(keptOf);
    const keys = new Set(put.map(({ key }) => key.toString('latin1')));
    const others = this.#kept.filter(({ key }) => !keys.has(key.toString('latin1')));
    this.#kept = [...others, ...put].sort((a, b) => Buffer.compare(a.key, b.key));
    this.#filtered.clear();
  }

  answer(query: URLSearchParams): ListingPage | Problem {
    const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
    const wrong = wrongLimit(query.get('limit'), limit) ?? wrongSince(query);
    if (wrong) return wrong;
    const rows = this.#rowsFor(query);
    const from = startOf(rows, query.get('cursor'));
    const page = rows.slice(from, from + limit);
    const last = page.at(-1);
    const servers = page.map(({ json }) => json);
    return page.length === limit && last ? { servers, nextCursor: `${last.name}:${last.version}` } : { servers };
  }

  /** The pages of one pass ask with the same filter, so the last few are kept. */
  #rowsFor(query: URLSearchParams): readonly Kept[] {
    const filter = ['updated_since', 'include_deleted', 'version', 'search'].map((name) => query.get(name));
    const key = JSON.stringify(filter);
    const known = this.#filtered.get(key);
    if (known) return known;
    const rows = this.#kept.filter(matching(filter));
    if (this.#filtered.size > 8) this.#filtered.clear();
    this.#filtered.set(key, rows);
    return rows;
  }
}

function matching([since, includeDeleted, version, search]: readonly (string | null | undefined)[]): (row: Kept) => boolean {
  const withDeleted = Boolean(since) || includeDeleted === 'true';
  const after = since ? nanosecondsOf(since) : undefined;
  const part = search?.toLowerCase();
  return (row) => {
    if (row.deleted && !withDeleted) return false;
    if (after !== undefined && row.updatedAt <= after) return false;
    if (version && (version === 'latest' ? !row.latest : row.version !== version)) return false;
    return !part || row.name.toLowerCase().includes(part);
  };
}

/** The first row after the cursor's. */
function startOf(rows: readonly Kept[], cursor: string | null): number {
  if (!cursor) return 0;
  const colon = cursor.indexOf(':');
  const after = colon < 0 ? keyOf(cursor, '\uffff') : keyOf(cursor.slice(0, colon), cursor.slice(colon + 1));
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Buffer.compare(rows[middle]?.key ?? after, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keptOf(row: Row): Kept {
  const { name, version } = row.server;
  const meta = (row._meta[OFFICIAL] ?? {}) as JsonObject;
  return {
    name,
    version,
    key: keyOf(name, version),
    deleted: meta['status'] === 'deleted',
    latest: meta['isLatest'] === true,
    updatedAt: nanosecondsOf(String(meta['updatedAt'] ?? '')) ?? 0n,
    json: JSON.stringify(row),
  };
}

const keyOf = (name: string, version: string) => Buffer.from(`${name}\0${version}`);

/** Written anew rather than shared with the crawler, so that both cannot be wrong together. */
function nanosecondsOf(instant: string): bigint | undefined {
  const [, seconds, fraction = '', zone] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(instant) ?? [];
  const ms = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(ms) ? undefined : BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function wrongLimit(text: string | null, limit: number): Problem | undefined {
  if (text === null || (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT && text !== '')) return undefined;
  const message =
    Number.isInteger(limit) && text ? (limit > MAX_LIMIT ? 'expected number <= 100' : 'expected number >= 1') : 'invalid integer';
  const errors = [{ message, location: 'query.limit', value: Number.isInteger(limit) ? limit : text }];
  return { status: 422, problem: { title: 'Unprocessable Entity', status: 422, detail: 'validation failed', errors } };
}

function wrongSince(query: URLSearchParams): Problem | undefined {
  const since = query.get('updated_since');
  if (!since) return undefined;
  const example = 'Invalid updated_since format: expected RFC3339 timestamp (e.g., 2025-08-07T13:15:04.280Z)';
  if (nanosecondsOf(since) === undefined) return badRequest(example);
  return query.get('include_deleted') === 'false' ? badRequest('include_deleted=false cannot be combined with updated_since') : undefined;
}

function badRequest(detail: string): Problem {
  return { status: 400, problem: { title: 'Bad Request', status: 400, detail } };
}
