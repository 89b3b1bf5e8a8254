/** First key of all advisory locks of Assay, so that other users of the database are not met by chance: the letters `assa`. */
const ASSAY = 0x61737361;

/** Keys for `pg_advisory_lock(int, int)`. */
export const MIGRATION_LOCK: [number, number] = [ASSAY, 1];
export const RUN_LOCK: [number, number] = [ASSAY, 2];
