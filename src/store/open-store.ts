import { openPglite } from './open-pglite.ts';
import { openPostgres } from './open-postgres.ts';
import type { Store } from './store.ts';

/** Where the catalogue is kept: a PostgreSQL server, or the embedded database in a folder. */
export type StoreLocation = { readonly databaseUrl: string } | { readonly folder: string };

/**
 * Opens the store and applies pending migrations. Database drivers are loaded only here: they cost 400 ms.
 *
 * @throws StoreError when it cannot be reached, is held by another process, or belongs to a newer Assay.
 */
export async function openStore(location: StoreLocation): Promise<Store> {
  return 'databaseUrl' in location ? openPostgres(location.databaseUrl) : openPglite(location.folder);
}
