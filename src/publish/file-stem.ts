import { createHash } from 'node:crypto';

/** What every stem looks like. */
export const STEM = /[a-z0-9_][a-z0-9._-]{0,79}-[0-9a-f]{8}/;

/**
 * A server's id as a file name: readable, the same on every file system, and never two ids one name. Anything beyond lower-case letters,
 * digits, dots, dashes and underscores becomes a dash, and a part of the id's hash tells the results apart.
 */
export function fileStem(id: string): string {
  const readable = id
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 80);
  return `${readable}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}
