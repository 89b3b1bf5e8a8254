import { createHash } from 'node:crypto';

/**
 * Which fold a server is in. Servers of one owner stay together: they are written by the same people in the same words.
 *
 * @param repetition - Another number deals the owners differently.
 */
export function foldOf(server: string, repetition: number, folds: number): number {
  const owner = server.split('/')[0]?.toLowerCase() ?? server;
  return Number.parseInt(createHash('sha256').update(`${repetition} ${owner}`).digest('hex').slice(0, 8), 16) % folds;
}
