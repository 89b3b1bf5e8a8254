import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/json.ts';

/** SHA-256, in hex, of the value's canonical JSON: equal values have equal hashes whatever the order of their keys. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
