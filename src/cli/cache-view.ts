import type { CachedInstall } from '../connect/install/cached-installs.ts';
import type { Pruned } from '../connect/install/prune-cache.ts';
import { byteText } from '../model/byte-text.ts';
import { counted, table } from './table.ts';

/** What `assay cache list --json` prints. */
export function documentOf(cacheFolder: string, installs: readonly CachedInstall[]) {
  return { folder: cacheFolder, bytes: bytesOf(installs), packages: installs.map(packageOf) };
}

/** What `assay cache prune --json` prints. */
export function prunedDocument({ removed, left, bytes, dryRun }: Pruned) {
  return { dryRun, removedBytes: bytesOf(removed), removed: removed.map(packageOf), left: left.map(packageOf), bytes };
}

function packageOf({ kind, name, version, sizeBytes, usedAt, folder }: CachedInstall) {
  return { registryType: kind, name: name ?? null, version: version ?? null, sizeBytes, usedAt: usedAt.toISOString(), folder };
}

export function cacheView(cacheFolder: string, installs: readonly CachedInstall[], width: number): string {
  const sum = `${counted(installs.length, 'package')}, ${byteText(bytesOf(installs))} in ${cacheFolder}`;
  return installs.length === 0 ? sum : `${packageTable(installs, width)}\n\n${sum}`;
}

export function prunedView({ removed, left, bytes, dryRun }: Pruned, width: number): string {
  const verb = dryRun ? 'Would remove' : 'Removed';
  const lines = removed.length > 0 ? [packageTable(removed, width), ''] : [];
  lines.push(
    `${verb} ${counted(removed.length, 'package')}, ${byteText(bytesOf(removed))}; ${byteText(bytes)} ${dryRun ? 'would stay' : 'stay'}.`,
  );
  if (left.length > 0) lines.push(`${left.length} more were used in the last 15 minutes, or belong to another user, and stay.`);
  return lines.join('\n');
}

function packageTable(installs: readonly CachedInstall[], width: number): string {
  const rows = installs.map(({ kind, name, version, sizeBytes, usedAt }) => [
    usedAt.toISOString().slice(0, 16).replace('T', ' '),
    byteText(sizeBytes),
    kind,
    version ?? '-',
    name ?? '(left by a run that was stopped)',
  ]);
  return table(['LAST USED (UTC)', 'SIZE', 'KIND', 'VERSION', 'PACKAGE'], rows, width);
}

function bytesOf(installs: readonly CachedInstall[]): number {
  return installs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
