import type { JsonObject } from '../../../src/model/json.ts';
import type { Row } from './registry-listing.ts';

const OFFICIAL = 'io.modelcontextprotocol.registry/official';
const DAY_MS = 86_400_000;
/** The registry opened, and the count that `grow` is meant to reach was taken. */
const FIRST = Date.parse('2025-09-08T00:00:00Z');
const LAST = Date.parse('2026-08-22T00:00:00Z');

type Random = () => number;

/** mulberry32: the same numbers for the same seed, everywhere. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A registry of exactly so many servers and version rows, made of copies of real rows under other names, packages, repositories and URLs. As in the
 * real one most servers have one or two versions and a few have dozens, dates crowd towards the end, and some versions are deprecated or deleted.
 */
export function grow(rows: readonly Row[], servers: number, versions: number, seed = 1): Row[] {
  const random = randomOf(seed);
  const models = [...new Map(rows.map((row) => [row.server.name, row])).values()];
  if (models.length === 0 || versions < servers)
    throw new Error(`${servers} servers with ${versions} versions cannot be made of ${rows.length} rows`);
  const counts = versionCounts(servers, versions, random);
  return counts.flatMap((count, index) => {
    const model = models[index % models.length] as Row;
    return versionsOf(copyOf(model, Math.floor(index / models.length)), count, random);
  });
}

/** The exponent gives the busiest server about 66 of 79,402 rows; in the real registry one had 72. */
function versionCounts(servers: number, versions: number, random: Random): number[] {
  const counts = new Array<number>(servers).fill(1);
  const shuffled = counts.map((_, index) => [random(), index] as const).sort(([a], [b]) => a - b);
  for (let more = versions - servers; more > 0; more--) {
    const [, index = 0] = shuffled[Math.floor(servers * random() ** 1.5)] ?? [];
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

function versionsOf(model: Row, count: number, random: Random): Row[] {
  // Half of the servers of August 2026 had come in its last ten weeks.
  let at = FIRST + (LAST - FIRST) * random() ** 0.32;
  const step = Math.min(6 * DAY_MS, (LAST - at) / (count + 1));
  const names = versionNames(count, random);
  const rows = names.map((version) => {
    at += step * (0.2 + 0.8 * random());
    return rowAt(model, version, at, random);
  });
  return withLatest(rows.map((row) => withStatus(row, random, 0.02, 0.02)));
}

function versionNames(count: number, random: Random): string[] {
  let [major, minor, patch] = random() < 0.5 ? [0, 1, 0] : [1, 0, 0];
  const dated = random() < 0.02;
  return Array.from({ length: count }, (_, index) => {
    if (dated) return `2026.${1 + Math.floor(index / 28)}.${1 + (index % 28)}`;
    const version = `${major}.${minor}.${patch}${random() < 0.02 ? '-beta.1' : ''}`;
    const kind = random();
    if (kind < 0.03) [major, minor, patch] = [(major ?? 0) + 1, 0, 0];
    else if (kind < 0.25) [minor, patch] = [(minor ?? 0) + 1, 0];
    else patch = (patch ?? 0) + 1;
    return version;
  });
}

function rowAt({ server }: Row, version: string, at: number, random: Random): Row {
  const published = instantAt(at, random);
  const packages = server['packages'] as readonly JsonObject[] | undefined;
  return {
    server: { ...server, version, ...(packages && { packages: packages.map((part) => (part['version'] ? { ...part, version } : part)) }) },
    _meta: { [OFFICIAL]: { status: 'active', statusChangedAt: published, publishedAt: published, updatedAt: published, isLatest: false } },
  };
}

/** With the digits the registry writes: microseconds, trailing zeros cut. */
function instantAt(at: number, random: Random): string {
  const micros = `${new Date(at).toISOString().slice(20, 23)}${String(Math.floor(random() * 1_000)).padStart(3, '0')}`.replace(/0+$/, '');
  return `${new Date(at).toISOString().slice(0, 19)}${micros && `.${micros}`}Z`;
}

function withStatus(row: Row, random: Random, deprecated: number, deleted: number): Row {
  const kind = random();
  if (kind >= deprecated + deleted) return row;
  const changed = instantAt(Date.parse(String(metaOf(row)['publishedAt'])) + random() * 20 * DAY_MS, random);
  const status = kind < deprecated ? 'deprecated' : 'deleted';
  const message = random() < 0.5 && { statusMessage: 'Use the newer server of the same publisher.' };
  return withMeta(row, { status, ...message, statusChangedAt: changed, updatedAt: changed });
}

/** The versions of one server. Of those that are not deleted the last published is the latest; of none, the last of all. */
function withLatest(versions: readonly Row[]): Row[] {
  const rows = versions.toSorted((a, b) => publishedAt(a) - publishedAt(b));
  const latest = rows.findLast((row) => metaOf(row)['status'] !== 'deleted') ?? rows.at(-1);
  return rows.map((row) => (metaOf(row)['isLatest'] === (row === latest) ? row : withMeta(row, { isLatest: row === latest })));
}

const publishedAt = (row: Row) => Date.parse(String(metaOf(row)['publishedAt']));

function withMeta(row: Row, change: JsonObject): Row {
  return { ...row, _meta: { ...row._meta, [OFFICIAL]: { ...metaOf(row), ...change } } };
}

const metaOf = (row: Row) => (row._meta[OFFICIAL] ?? {}) as JsonObject;

/** The k-th copy is another server: nothing that identifies it is shared with the model. */
function copyOf(row: Row, k: number): Row {
  if (k === 0) return row;
  const { repository, packages, remotes } = row.server as JsonObject;
  const server: Record<string, unknown> = { ...row.server, name: `${row.server.name}-n${k}` };
  if (Array.isArray(packages)) server['packages'] = packages.map((part) => ({ ...part, identifier: renamed(String(part.identifier), k) }));
  if (Array.isArray(remotes))
    server['remotes'] = remotes.map((remote) => ({ ...remote, url: `${String(remote.url).replace(/\/$/, '')}/${k}` }));
  const url = (repository as JsonObject | undefined)?.['url'];
  if (url) server['repository'] = { ...(repository as JsonObject), url: `${String(url).replace(/(\.git)?\/?$/, '')}-${k}` };
  return { ...row, server: server as Row['server'] };
}

/** `name`, `host/image:tag`, `host/image@sha256:…` or a download URL. */
function renamed(identifier: string, k: number): string {
  if (/^https?:/.test(identifier)) return identifier.replace(/([^/]+)$/, `${k}-$1`);
  return identifier.replace(/(?=(?::[^/:]+)?(?:@sha256:.*)?$)/, `-${k}`);
}

export interface Day {
  readonly rows: Row[];
  /** New, or not as they were. */
  readonly changed: Row[];
}

interface DayCounts {
  readonly servers: number;
  /** Those of the new servers included. */
  readonly versions: number;
  readonly deprecated: number;
  readonly deleted: number;
  /** By the operators: their `updatedAt` does not move. */
  readonly corrected: number;
}

const AUGUST_2026: DayCounts = { servers: 220, versions: 740, deprecated: 15, deleted: 10, corrected: 3 };

/**
 * The registry a day later: new servers, new versions of servers there were, some versions deprecated, deleted or corrected. As in the real one a
 * version that loses or gains `isLatest` by that keeps its `updatedAt`.
 */
export function nextDay(rows: readonly Row[], seed = 1, counts = AUGUST_2026): Day {
  const random = randomOf(seed * 7_919);
  const servers = Map.groupBy(rows, (row) => row.server.name);
  const names = [...servers.keys()].sort();
  const morning = rows.reduce((latest, row) => Math.max(latest, updatedAt(row)), 0) + DAY_MS / 2;
  const at = () => morning + (random() * DAY_MS) / 4;
  const touched = new Set<string>();
  const change = (times: number, how: (versions: readonly Row[]) => Row[]) => {
    for (let n = 0; n < times; n++) {
      const name = names[Math.floor(random() * names.length)] as string;
      servers.set(name, withLatest(how(withLatest(servers.get(name) as Row[]))));
      touched.add(name);
    }
  };
  change(counts.versions - counts.servers, (versions) => [
    ...versions,
    rowAt(versions.at(-1) as Row, freshVersion(versions), at(), random),
  ]);
  change(counts.deprecated, (versions) => withLastChanged(versions, 'deprecated', instantAt(at(), random)));
  change(counts.deleted, (versions) => withLastChanged(versions, 'deleted', instantAt(at(), random)));
  change(counts.corrected, ([first, ...others]) => [corrected(first as Row), ...others]);
  for (let n = 0; n < counts.servers; n++) {
    const model = copyOf(rows[Math.floor(random() * rows.length)] as Row, Math.floor(1e6 + random() * 9e9));
    servers.set(model.server.name, withLatest([rowAt(model, '0.1.0', at(), random)]));
    touched.add(model.server.name);
  }
  const before = new Set(rows);
  const changed = [...touched].flatMap((name) => servers.get(name) as Row[]).filter((row) => !before.has(row));
  return { rows: [...servers.values()].flat(), changed };
}

const updatedAt = (row: Row) => Date.parse(String(metaOf(row)['updatedAt']));

function withLastChanged(versions: readonly Row[], status: string, changed: string): Row[] {
  return [...versions.slice(0, -1), withMeta(versions.at(-1) as Row, { status, statusChangedAt: changed, updatedAt: changed })];
}

function corrected(row: Row): Row {
  return { ...row, server: { ...row.server, description: `${row.server['description']} (corrected)` } };
}

function freshVersion(versions: readonly Row[]): string {
  const taken = new Set(versions.map((row) => row.server.version));
  const [, major = '1', minor = '0', patch = '0'] = /^(\d+)\.(\d+)\.(\d+)/.exec(versions.at(-1)?.server.version ?? '') ?? [];
  for (let next = Number(patch) + 1; ; next++) {
    const version = `${major}.${minor}.${next}`;
    if (!taken.has(version)) return version;
  }
}
