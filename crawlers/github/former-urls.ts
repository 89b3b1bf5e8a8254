import { z } from 'zod';
import { readManifests } from './manifests.ts';
import { type FolderFiles, fullNameKey } from './repository-documents.ts';
import type { RepositoryFacts } from './repository-facts.ts';
import type { RestDocuments } from './rest-documents.ts';

const MAX_NAMES = 3;
const Linked = z.object({ repository: z.object({ url: z.string() }) });

/**
 * The URLs that a repository had before: of the names that the search and its own manifests use for it, those that GitHub redirects to it. A copy names
 * the original's, which leads elsewhere.
 */
export async function formerUrls(rest: RestDocuments, facts: RepositoryFacts, files: FolderFiles, foundAs: string): Promise<string[]> {
  const names = new Map([foundAs, ...linkedNames(files)].map((name) => [fullNameKey(name), name]));
  names.delete(fullNameKey(facts.fullName));
  const urls: string[] = [];
  for (const name of [...names.values()].slice(0, MAX_NAMES)) {
    const there = await rest.repositoryByName(name);
    if (there?.id === facts.id) urls.push(`${new URL(facts.url).origin}/${name}`);
  }
  return urls.sort();
}

function linkedNames(files: FolderFiles): string[] {
  const { serverJson, packageJson } = readManifests(files);
  const urls = [packageJson?.repository, Linked.safeParse(serverJson).data?.repository.url];
  return urls.flatMap((url) => githubName(url ?? '') ?? []);
}

/** `github:a/b`, `a/b`, `git+https://github.com/a/b.git`, `git@github.com:a/b.git`, `ssh://git@github.com/a/b`. */
function githubName(url: string): string | undefined {
  const path = /^(?:.*\bgithub\.com[/:]|github:)?([\w-]{1,39}\/[\w.-]{1,100})/.exec(url)?.[1];
  return path?.replace(/\.git$/, '');
}
