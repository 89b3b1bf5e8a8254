import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryPlace } from '../model/repository-place.ts';
import type { Installed } from './install/npm-install.ts';

const Manifest = z.object({
  repository: z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]),
});

/** Bytes of a package.json that are read. */
const MAX_MANIFEST_BYTES = 2 ** 20;

/** Whether an installed package says that its code is in that repository. */
export async function namesRepository({ folder, packageFolder }: Installed, repositoryUrl: string): Promise<boolean> {
  const manifest = Manifest.safeParse(await readJson(join(folder, packageFolder, 'package.json')));
  const wanted = repositoryPlace({ url: repositoryUrl })?.repository;
  return manifest.success && wanted !== undefined && repositoryPlace({ url: manifest.data.repository })?.repository === wanted;
}

async function readJson(file: string): Promise<unknown> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_MANIFEST_BYTES), 0, MAX_MANIFEST_BYTES, 0);
    return JSON.parse(buffer.toString('utf8', 0, bytesRead));
  } catch {
    return undefined;
  }
}
