import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/*
 * The tables as drizzle-kit reads them to generate migrations. The queries beside this file are SQL against the same names.
 *
 * `json` rather than `jsonb` where the order of keys is part of what is kept: a source's document, a tool definition, a published policy.
 */

/** Text that is paged and published in order: byte order, because the default collation differs between databases. */
const orderedText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const registryEntries = pgTable(
  'registry_entries',
  {
    source: orderedText('source').notNull(),
    id: orderedText('id').notNull(),
    /** The version, where the source keeps several side by side; empty where it keeps one. */
    release: orderedText('release').notNull().default(''),
    /** `deleted`: the source still shows it, and says that it is withdrawn. */
    status: text('status').notNull().default('active'),
    publishedAt: text('published_at'),
    /** Of an entry's releases the one that counts. */
    current: boolean('current').notNull().default(true),
    parsed: jsonb('parsed').notNull(),
    raw: json('raw').notNull(),
    contentHash: text('content_hash').notNull(),
    /** Stars, downloads and the like, which drift without being a change. */
    activity: jsonb('activity'),
    revision: text('revision'),
    firstSeenAt: instant('first_seen_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    goneAt: instant('gone_at'),
  },
  (table) => [primaryKey({ columns: [table.source, table.id, table.release] })],
);

/** How far each source was read. */
export const sources = pgTable('sources', {
  id: orderedText('id').primaryKey(),
  /** What it was read from. */
  origin: text('origin'),
  watermark: text('watermark'),
  lastPassAt: instant('last_pass_at').notNull(),
  lastWholeAt: instant('last_whole_at'),
  /** Start of a whole pass that did not see so much of what was listed that nothing was marked gone; empty once another has settled it. */
  doubtedAt: instant('doubted_at'),
});

/** Answers of sources with the validator that asks whether they still hold. */
export const httpCache = pgTable(
  'http_cache',
  {
    /** SHA-256 of what the answer depends on: no URL, no credential can be read from it. */
    key: text('key').primaryKey(),
    answer: json('answer').notNull(),
    storedAt: instant('stored_at').notNull(),
  },
  (table) => [index('http_cache_stored').on(table.storedAt)],
);

export const servers = pgTable(
  'servers',
  {
    id: orderedText('id').primaryKey(),
    document: jsonb('document').notNull(),
    contentHash: text('content_hash').notNull(),
    /** The highest its entries say, of each kind. */
    activity: jsonb('activity'),
    firstSeenAt: instant('first_seen_at').notNull(),
    goneAt: instant('gone_at'),
  },
  // Hashed: names come from outside and a btree row is limited to 2,700 bytes.
  (table) => [index('servers_name').using('hash', sql`(${table.document} ->> 'name')`)],
);

export const serverAliases = pgTable(
  'server_aliases',
  {
    /** SHA-256 of the alias: an alias can be a URL too long for a btree row. */
    aliasHash: text('alias_hash').primaryKey(),
    alias: text('alias').notNull(),
    serverId: orderedText('server_id')
      .notNull()
      .references(() => servers.id),
  },
  (table) => [index('server_aliases_server').on(table.serverId)],
);

export const runs = pgTable('runs', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
  status: text('status').notNull(),
  options: jsonb('options').notNull(),
  report: jsonb('report'),
});

export const faults = pgTable(
  'faults',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    runId: bigint('run_id', { mode: 'number' })
      .notNull()
      .references(() => runs.id),
    /** SHA-256 of the fault and where it happened: the same fault recorded again is the same row. */
    hash: text('hash').notNull(),
    stage: text('stage').notNull(),
    source: text('source'),
    subject: text('subject').notNull(),
    code: text('code').notNull(),
    message: text('message').notNull(),
    retryable: boolean('retryable').notNull(),
    details: text('details'),
  },
  (table) => [uniqueIndex('faults_run_hash').on(table.runId, table.hash)],
);

export const enumerations = pgTable(
  'enumerations',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    serverId: orderedText('server_id')
      .notNull()
      .references(() => servers.id),
    runId: bigint('run_id', { mode: 'number' })
      .notNull()
      .references(() => runs.id),
    launchKey: text('launch_key').notNull(),
    startedAt: instant('started_at').notNull(),
    status: text('status').notNull(),
    listed: boolean('listed').notNull(),
    document: jsonb('document').notNull(),
    /** How its tools are known; null where they are not. */
    provenance: text('provenance').generatedAlwaysAs(sql`case when listed then 'live' else document -> 'reading' ->> 'provenance' end`),
    /** JSON array of the raw pages, as text: byte for byte, NUL and lone surrogates included, stays what it was. */
    answer: text('answer'),
  },
  (table) => [
    uniqueIndex('enumerations_server_start').on(table.serverId, table.startedAt),
    index('enumerations_server').on(table.serverId, table.id),
    index('enumerations_server_listed').on(table.serverId, table.id).where(sql`${table.listed}`),
    index('enumerations_server_known').on(table.serverId, table.listed, table.id).where(sql`${table.provenance} is not null`),
    index('enumerations_run').on(table.runId),
  ],
);

export const tools = pgTable('tools', {
  hash: text('hash').primaryKey(),
  name: text('name').notNull(),
  definition: json('definition').notNull(),
});

export const enumerationTools = pgTable(
  'enumeration_tools',
  {
    enumerationId: bigint('enumeration_id', { mode: 'number' })
      .notNull()
      .references(() => enumerations.id),
    position: integer('position').notNull(),
    toolHash: text('tool_hash')
      .notNull()
      .references(() => tools.hash),
    name: text('name').notNull(),
    /** Listed only with the flags of the widest attempt. */
    widest: boolean('widest').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.enumerationId, table.position] }), index('enumeration_tools_tool').on(table.toolHash)],
);

export const contexts = pgTable('contexts', {
  hash: text('hash').primaryKey(),
  context: jsonb('context').notNull(),
});

export const serverContexts = pgTable('server_contexts', {
  serverId: orderedText('server_id')
    .primaryKey()
    .references(() => servers.id),
  enumerationId: bigint('enumeration_id', { mode: 'number' })
    .notNull()
    .references(() => enumerations.id),
  contextHash: text('context_hash')
    .notNull()
    .references(() => contexts.hash),
});

export const classifications = pgTable(
  'classifications',
  {
    toolHash: text('tool_hash')
      .notNull()
      .references(() => tools.hash),
    contextHash: text('context_hash')
      .notNull()
      .references(() => contexts.hash),
    classifierVersion: text('classifier_version').notNull(),
    access: text('access').notNull(),
    category: text('category').notNull(),
    risk: text('risk').notNull(),
    score: integer('score').notNull(),
    document: jsonb('document').notNull(),
  },
  (table) => [primaryKey({ columns: [table.toolHash, table.contextHash, table.classifierVersion] })],
);

/** What is wrong with a server as a whole, and with how its tools changed. */
export const serverFindings = pgTable('server_findings', {
  serverId: orderedText('server_id')
    .primaryKey()
    .references(() => servers.id),
  /** What it was found in, and by which version: as long as these are the current ones, nothing has to be looked for again. */
  enumerationId: bigint('enumeration_id', { mode: 'number' })
    .notNull()
    .references(() => enumerations.id),
  contextHash: text('context_hash')
    .notNull()
    .references(() => contexts.hash),
  classifierVersion: text('classifier_version').notNull(),
  /** Hash of the server that the context was made of. */
  serverHash: text('server_hash').notNull(),
  findings: jsonb('findings').notNull(),
  changes: jsonb('changes').notNull(),
});

/** The servers as a run left them; kept of the last finished run, which the next one is compared with, and of the one that is going on. */
export const runServers = pgTable(
  'run_servers',
  {
    runId: bigint('run_id', { mode: 'number' })
      .notNull()
      .references(() => runs.id),
    serverId: orderedText('server_id')
      .notNull()
      .references(() => servers.id),
    latestId: bigint('latest_id', { mode: 'number' }).references(() => enumerations.id),
    listingId: bigint('listing_id', { mode: 'number' }).references(() => enumerations.id),
    /** What the tools of the listing were judged under, where they were. */
    contextHash: text('context_hash').references(() => contexts.hash),
    classifierVersion: text('classifier_version'),
  },
  (table) => [primaryKey({ columns: [table.runId, table.serverId] })],
);

export const policies = pgTable(
  'policies',
  {
    serverId: orderedText('server_id')
      .notNull()
      .references(() => servers.id),
    profile: text('profile').notNull(),
    hash: text('hash').notNull(),
    document: json('document').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.profile] })],
);
