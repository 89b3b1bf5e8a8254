import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

export function packageVersion(): string {
  const path = findPackageJSON(import.meta.url);
  if (!path) throw new Error('the package.json of mcp-assay is missing beside its code');
  // Read by hand: every command says its version to commander, and not every command needs zod.
  const { version }: { version?: unknown } = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof version !== 'string') throw new Error(`${path} names no version`);
  return version;
}
