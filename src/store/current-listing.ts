import { type SQL, sql } from './drizzle.ts';

/**
 * A query for the id of the enumeration that a server's tools are taken from: the last that listed them live; where none did, the last that read them
 * in the source.
 */
export function currentListingOf(serverId: SQL): SQL {
  return sql`select id from enumerations where server_id = ${serverId} and provenance is not null order by listed desc, id desc limit 1`;
}
