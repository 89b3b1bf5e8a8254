import type { Repository } from '../model/registry-entry.ts';
import { type RepositoryPlace, repositoryPlace } from '../model/repository-place.ts';
import type { Entry } from './entry.ts';
import { type Authorities, type Authority, authorityOf } from './profile.ts';

/** Finds a repository under the address it has now. */
export type Locate = (repository: Repository) => RepositoryPlace | undefined;

/**
 * Only who read it from the code host may say that two addresses are one repository: entries of the host itself, and curated ones that carry its id.
 * A publisher's own id or former address is looked up, never learnt from: it is free text.
 */
export function repositoryLocator(entries: readonly Entry[], authorities: Authorities): Locate {
  const byId = new Map<string, RepositoryPlace>();
  const current = new Map<string, RepositoryPlace>();
  const trusted = entries.flatMap(({ repository, ...entry }) => {
    const authority = authorityOf({ ...entry, repository }, authorities);
    const place = repository && repositoryPlace({ url: repository.url });
    return place && repository && (authority === 'code-host' || authority === 'curated') ? [{ repository, place, authority }] : [];
  });
  for (const { repository, place } of trusted.sort(byAuthority)) learnId(byId, repository, place);
  for (const { repository, place, authority } of trusted) if (authority === 'code-host') learnFormer(current, repository, place);
  for (const { place, authority } of trusted) if (authority === 'code-host') current.delete(place.repository);
  return (repository) => locate(repository, byId, current);
}

/** The code host's word before a curated one's; then by address, so that the order of entries leaves no trace. */
function byAuthority(a: Trusted, b: Trusted): number {
  const rank = ({ authority }: Trusted) => (authority === 'code-host' ? 0 : 1);
  return rank(a) - rank(b) || (a.place.repository < b.place.repository ? -1 : 1);
}

interface Trusted {
  readonly repository: Repository;
  readonly place: RepositoryPlace;
  readonly authority: Authority;
}

function learnId(byId: Map<string, RepositoryPlace>, { id }: Repository, place: RepositoryPlace): void {
  const key = id && idKey(id, place);
  if (key && !byId.has(key)) byId.set(key, place);
}

function learnFormer(current: Map<string, RepositoryPlace>, { formerUrls = [] }: Repository, place: RepositoryPlace): void {
  for (const url of formerUrls) {
    const former = repositoryPlace({ url });
    if (former && !current.has(former.repository)) current.set(former.repository, place);
  }
}

function locate(
  repository: Repository,
  byId: ReadonlyMap<string, RepositoryPlace>,
  current: ReadonlyMap<string, RepositoryPlace>,
): RepositoryPlace | undefined {
  const given = repositoryPlace(repository);
  if (!given) return undefined;
  const now = (repository.id && byId.get(idKey(repository.id, given))) || current.get(given.repository);
  return now ? { ...now, folder: given.folder } : given;
}

/** Ids are the host's own: the same number elsewhere is another repository. */
function idKey(id: string, { repository }: RepositoryPlace): string {
  return `${repository.split('/')[0]} ${id}`;
}
