import { z } from 'zod';
import type { Fault } from '../../src/model/fault.ts';
import { sortableInstant } from '../../src/model/instant.ts';
import { isDeeperThan, isJsonObject, type JsonObject, type JsonValue, jsonPointer, MAX_JSON_DEPTH } from '../../src/model/json.ts';
import { readLeniently } from '../../src/model/lenient-read.ts';
import { type Activity, type Discovery, type RegistryEntry, Release } from '../../src/model/registry-entry.ts';
import { faultsOf, readServerJson, type ServerJson } from '../../src/model/server-json.ts';

interface RowSettings {
  readonly id: string;
  readonly proven: boolean;
  readonly operatorFacts?: boolean;
}

/** Characters of JSON: of a row that is kept, and of what is read of it. The largest row of the March 2026 dump has 61,504. */
const MAX_KEPT = 262_144;

const OFFICIAL = ['_meta', 'io.modelcontextprotocol.registry/official'];
const GITHUB = ['server', '_meta', 'io.modelcontextprotocol.registry/publisher-provided', 'github'];

const Instant = z
  .string()
  .max(40)
  .refine((text) => sortableInstant(text) !== undefined, 'no instant');
const OfficialMeta = Release.extend({ publishedAt: Instant, updatedAt: Instant }).partial();

/** What GitHub's registry adds about the repository. */
const GitHubFacts = z
  .object({ displayName: z.string().min(1).max(500), license: z.string(), stargazerCount: z.number().int().min(0), pushedAt: Instant })
  .partial();
type GitHubFacts = z.infer<typeof GitHubFacts>;

/** Facts that change without the server being another one, and a text too long to keep. */
const DRIFTING_FACTS = new Set([
  'stargazerCount',
  'stargazer_count',
  'pushedAt',
  'pushed_at',
  'opengraphImageUrl',
  'opengraph_image_url',
  'readme',
]);

/** Which version is latest is decided here, so that losing the flag is no change of the row. */
const DECIDED_HERE = new Set(['isLatest', 'is_latest']);

/** GitHub's names of licences. */
const SPDX_IDS: Readonly<Record<string, string>> = {
  'MIT License': 'MIT',
  'Apache License 2.0': 'Apache-2.0',
  'Mozilla Public License 2.0': 'MPL-2.0',
  'GNU General Public License v3.0': 'GPL-3.0',
  'GNU Affero General Public License v3.0': 'AGPL-3.0',
  'BSD 2-Clause "Simplified" License': 'BSD-2-Clause',
  'BSD 3-Clause "New" or "Revised" License': 'BSD-3-Clause',
  'ISC License': 'ISC',
  'The Unlicense': 'Unlicense',
  'Creative Commons Attribution 4.0 International': 'CC-BY-4.0',
};

/** As the official registry demands it, with a domain for the namespace: GitHub's registry also has names like `microsoft/markitdown`. */
const REVERSE_DNS_NAME = /^[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+\/[a-zA-Z0-9._-]+$/;

/** A row as an entry and what was left out of it, or why it is none. What cannot be read is listed all the same: a server that is known stays. */
export function discoveriesOf(settings: RowSettings, row: unknown): Discovery[] {
  const discoveries = readRow(settings, row);
  const name = at(row, ['server', 'name']);
  const isKnown = typeof name === 'string' && name !== '' && !discoveries.some(({ kind }) => kind === 'entry');
  return isKnown ? [...discoveries, { kind: 'unchanged', id: name.slice(0, MAX_NAME) }] : discoveries;
}

/** As an entry's id is bounded. */
const MAX_NAME = 500;

function readRow(settings: RowSettings, row: unknown): Discovery[] {
  const key = keyOf(row) ?? `an unnamed row of ${settings.id}`;
  if (!isJsonObject(row) || isDeeperThan(row, MAX_JSON_DEPTH)) return [unreadable(key, 'it is no object, or nests too deep.')];
  const { server, faults } = readServerJson(row['server'], key);
  const { name, version } = server;
  if (name === undefined || version === undefined) return [unreadable(key, faults[0]?.message ?? 'it has no name or no version.')];
  const release = releaseOf(row, key);
  const { length } = JSON.stringify(server);
  if (length > MAX_KEPT) return [tooBig(key, length)];
  const kept = rawOf(settings, row, key);
  const facts = settings.operatorFacts ? gitHubFactsOf(row) : {};
  const entry = { ...entryOf(settings, { ...server, name, version }, facts), release: release.release, raw: kept.raw };
  const left = [...faults, ...release.faults, ...kept.faults];
  return [{ kind: 'entry', entry }, ...left.map((fault): Discovery => ({ kind: 'fault', fault }))];
}

/** `name@version`; `undefined` where there is no name. */
export function keyOf(row: unknown): string | undefined {
  const server = at(row, ['server']);
  const name = at(server, ['name']);
  const version = at(server, ['version']);
  if (typeof name !== 'string' || name === '') return undefined;
  // As text only what is one: a list nested deep enough, or an object with a `toString` of its own, throws when it is made one.
  return `${name}@${typeof version === 'string' ? version : undefined}`.slice(0, 500);
}

function unreadable(subject: string, why: string): Discovery {
  return { kind: 'fault', fault: { code: 'entry-unreadable', subject, message: `A row was passed over: ${why}`, retryable: false } };
}

function tooBig(subject: string, length: number): Discovery {
  const message = `A row was passed over: what it says about the server has ${length} characters, more than ${MAX_KEPT}.`;
  return { kind: 'fault', fault: { code: 'entry-too-big', subject, message, retryable: false } };
}

/** Registries beside the official one may leave its metadata out. */
function releaseOf(row: JsonObject, key: string): { release: Release; faults: Fault[] } {
  const { value, unread, moreUnread } = readLeniently(OfficialMeta, at(row, OFFICIAL) ?? {});
  const places = unread.map((part) => ({ ...part, at: jsonPointer(OFFICIAL) + part.at }));
  return { release: { ...value, status: value?.status ?? 'active' }, faults: faultsOf(places, key, moreUnread) };
}

function gitHubFactsOf(row: JsonObject): GitHubFacts {
  return readLeniently(GitHubFacts, at(row, GITHUB) ?? {}).value ?? {};
}

function entryOf(
  settings: RowSettings,
  server: ServerJson & { name: string; version: string },
  { displayName, license = '', stargazerCount, pushedAt }: GitHubFacts,
): Omit<RegistryEntry, 'release' | 'raw'> {
  const { repository, title = displayName, ...rest } = server;
  const activity: Activity = {
    ...(stargazerCount !== undefined && { stars: stargazerCount }),
    ...(pushedAt !== undefined && { pushedAt }),
  };
  const spdxId = SPDX_IDS[license];
  return {
    source: settings.id,
    id: server.name,
    ...rest,
    ...(title !== undefined && { title }),
    ...(REVERSE_DNS_NAME.test(server.name) && { registryName: { name: server.name, proven: settings.proven } }),
    ...(repository && { repository: { ...repository, ...(spdxId && { license: spdxId }) } }),
    ...(Object.keys(activity).length > 0 && { activity }),
  };
}

function rawOf({ operatorFacts }: RowSettings, row: JsonObject, key: string): { raw: JsonObject; faults: Fault[] } {
  const decided = without(row, OFFICIAL, DECIDED_HERE);
  const raw = operatorFacts ? without(decided, GITHUB, DRIFTING_FACTS) : decided;
  const { length } = JSON.stringify(raw);
  if (length <= MAX_KEPT) return { raw, faults: [] };
  return { raw: {}, faults: faultsOf([{ at: '', why: `it has ${length} characters; what was read of it is kept` }], key) };
}

function without(value: JsonObject, [step, ...rest]: readonly string[], keys: ReadonlySet<string>): JsonObject {
  if (step === undefined) return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
  const child = value[step];
  return isJsonObject(child) ? { ...value, [step]: without(child, rest, keys) } : value;
}

function at(value: unknown, path: readonly string[]): JsonValue | undefined {
  let found = value;
  for (const step of path) found = isJsonObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  return found as JsonValue | undefined;
}
