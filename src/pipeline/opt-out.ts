import type { RegistryEntry } from '../model/registry-entry.ts';

/**
 * Whether an entry's publisher asked not to be listed.
 *
 * @param optOut - As the settings have it: `name:…`, `npm:…` (or another package type), `github:owner[/repository]`, each with `*` at its end for
 * anything; `host:…`, with `*.` at its beginning for every name below. Compared without case.
 */
export function isOptedOut(
  entry: Pick<RegistryEntry, 'name' | 'registryName' | 'packages' | 'remotes' | 'repository'>,
  optOut: readonly string[],
): boolean {
  if (optOut.length === 0) return false;
  const subjects = subjectsOf(entry).map((subject) => subject.toLowerCase());
  return optOut.some((wanted) => subjects.some((subject) => covers(wanted.toLowerCase(), subject)));
}

function covers(wanted: string, subject: string): boolean {
  if (wanted.startsWith('host:*.')) return subject.startsWith('host:') && subject.endsWith(wanted.slice('host:*'.length));
  if (wanted.endsWith('*')) return subject.startsWith(wanted.slice(0, -1));
  return subject === wanted || (wanted.startsWith('github:') && subject.startsWith(`${wanted}/`));
}

function subjectsOf({ name, registryName, packages, remotes, repository }: Parameters<typeof isOptedOut>[0]): string[] {
  return [
    `name:${name}`,
    ...(registryName ? [`name:${registryName.name}`] : []),
    ...packages.map(({ registryType, identifier }) => `${registryType}:${identifier}`),
    ...remotes.flatMap(({ url }) => hostOf(url) ?? []),
    ...(repository ? (repositorySubject(repository.url) ?? []) : []),
  ];
}

/** A template's host cannot be read when the placeholder is in it. */
function hostOf(url: string): string[] | undefined {
  return URL.canParse(url) ? [`host:${new URL(url).hostname}`] : undefined;
}

const GITHUB_PATH = /github\.com[/:]([^/\s]+)\/([^/\s#?]+)/i;

function repositorySubject(url: string): string[] | undefined {
  const [, owner, repository] = GITHUB_PATH.exec(url) ?? [];
  return owner && repository ? [`github:${owner}/${repository.replace(/\.git$/i, '')}`] : undefined;
}
