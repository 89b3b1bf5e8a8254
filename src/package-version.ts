import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { z } from 'zod';

export function packageVersion(): string {
  const path = findPackageJSON(import.meta.url);
  if (!path) throw new Error('the package.json of mcp-assay is missing beside its code');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path, 'utf8'))).version;
}
