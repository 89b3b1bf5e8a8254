import { storableJson } from './storable-json.ts';

/** Bounds of one statement: rows, and characters of JSON. A single larger row goes alone. */
const MAX_ROWS = 1_000;
const MAX_LENGTH = 8_000_000;

/**
 * Rows as JSON arrays for `json_to_recordset`, each bounded, every value storable.
 *
 * Rows that end up in one key must be made one before: a statement cannot update the same row twice.
 */
export function* jsonBatches(rows: Iterable<object>): Generator<string> {
  let batch: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(storableJson(row));
    if (batch.length === MAX_ROWS || (batch.length > 0 && length + text.length > MAX_LENGTH)) {
      yield `[${batch.join(',')}]`;
      batch = [];
      length = 0;
    }
    batch.push(text);
    length += text.length;
  }
  if (batch.length > 0) yield `[${batch.join(',')}]`;
}

/** One row per key, the last one given, in key order: writers that meet then take their locks in the same order. */
export function uniqueRows<Row>(rows: Iterable<Row>, keyOf: (row: Row) => string): Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) byKey.set(storableJson(keyOf(row)), row);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
