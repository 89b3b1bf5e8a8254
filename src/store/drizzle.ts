import { createRequire } from 'node:module';

/*
 * drizzle, loaded as CommonJS. Its modules import each other in circles, which costs Node's loader of ES modules 600 ms and 230 MB of memory for the
 * driver alone; loaded this way it is 90 ms and 25 MB (Node 24.21, drizzle-orm 0.45.4).
 */
const require = createRequire(import.meta.url);

export const { sql } = require('drizzle-orm/sql') as typeof import('drizzle-orm/sql');
export const { DrizzleQueryError } = require('drizzle-orm/errors') as typeof import('drizzle-orm/errors');
export type { SQL } from 'drizzle-orm/sql';

/** Each only when its database is opened. */
export function nodePostgres() {
  const { drizzle } = require('drizzle-orm/node-postgres') as typeof import('drizzle-orm/node-postgres');
  const { migrate } = require('drizzle-orm/node-postgres/migrator') as typeof import('drizzle-orm/node-postgres/migrator');
  return { drizzle, migrate };
}

export function embedded() {
  const { drizzle } = require('drizzle-orm/pglite') as typeof import('drizzle-orm/pglite');
  const { migrate } = require('drizzle-orm/pglite/migrator') as typeof import('drizzle-orm/pglite/migrator');
  return { drizzle, migrate };
}
