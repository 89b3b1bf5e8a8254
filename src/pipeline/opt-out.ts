import { packageKey } from '../identity/package-key.ts';
import type { Package, RegistryEntry } from '../model/registry-entry.ts';
import { repositoryPlace } from '../model/repository-place.ts';

/**
 * Whether an entry's publisher asked not to be listed.
 *
 * @param optOut - As the settings have it: `name:…`, `npm:…` (or another package type), `github:owner[/repository]`, each with `*` at its end for
 * anything; `host:…`, with `*.` at its beginning for every name below. Compared without case, and whatever the spelling: an image without its tag and
 * with its host, a Python name with dashes.
 */
export function isOptedOut(
  entry: Pick<RegistryEntry, 'name' | 'registryName' | 'packages' | 'remotes' | 'repository'>,
  optOut: readonly string[],
): boolean {
  if (optOut.length === 0) return false;
  const subjects = subjectsOf(entry).map((subject) => subject.toLowerCase());
  return optOut.map(normalised).some((wanted) => subjects.some((subject) => covers(wanted, subject)));
}

const PACKAGE = /^(npm|pypi|oci|mcpb|nuget|cargo):([^*]+)(\*?)$/;

function normalised(wanted: string): string {
  const [, registryType, identifier = '', rest = ''] = PACKAGE.exec(wanted) ?? [];
  const trimmed = wanted.toLowerCase().replace(/[/.]+$/, '');
  if (registryType === undefined) return trimmed;
  return `${packageKey({ registryType: registryType as Package['registryType'], identifier }) ?? wanted}${rest}`.toLowerCase();
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
    ...packages.flatMap((item) => packageKey(item) ?? []),
    ...remotes.flatMap(({ url }) => hostOf(url) ?? []),
    ...(repository ? (repositorySubject(repository.url) ?? []) : []),
  ];
}

/** A template's host cannot be read when the placeholder is in it. */
function hostOf(url: string): string[] | undefined {
  const host = URL.parse(url)?.hostname.replace(/\.$/, '');
  return host ? [`host:${host}`] : undefined;
}

function repositorySubject(url: string): string[] | undefined {
  const place = repositoryPlace({ url })?.repository;
  return place?.startsWith('github.com/') ? [`github:${place.slice('github.com/'.length)}`] : undefined;
}
