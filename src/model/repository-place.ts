import type { Repository } from './registry-entry.ts';

/** Where a server's code is. */
export interface RepositoryPlace {
  /** `github.com/owner/name`, in lower case where the host does not mind. */
  readonly repository: string;
  readonly owner: string;
  /** Folder in it; empty for the root. */
  readonly folder: string;
}

/**
 * One spelling of the many: `git+https`, `ssh`, `git@`, `github:owner/name`, `www.`, `.git`, a link into a tree.
 *
 * @returns Nothing for a URL that is no repository, such as a home page.
 */
export function repositoryPlace({ url, subfolder }: Pick<Repository, 'url' | 'subfolder'>): RepositoryPlace | undefined {
  const { host = '', path = '' } = SPELLING.exec(expanded(url.trim()))?.groups ?? {};
  const name = host.toLowerCase().replace(/^www\./, '');
  const [project = '', inside = ''] = path.split(/\/-\/(?:tree|blob)\//, 2);
  const segments = project.split('/').filter(Boolean);
  const length = TWO_SEGMENTS.has(name) ? 2 : segments.length;
  const own = segments.slice(0, length).map((segment, index) => (index === length - 1 ? segment.replace(/\.git$/i, '') : segment));
  const [owner] = own;
  if (!name.includes('.') || !owner || own.length < 2 || own.some((segment) => segment === '')) return undefined;
  if (!KNOWN_HOST.test(name) && !/\.git$/i.test(project)) return undefined;
  const repository = [name, ...own].join('/').toLowerCase();
  const linked = inside ? inside.split('/').slice(1).join('/') : folderOfLink(segments.slice(length));
  return { repository, owner: owner.toLowerCase(), folder: folderPath(subfolder || linked) };
}

/** Hosts whose repositories are exactly owner and name; what follows is a link into it. */
const TWO_SEGMENTS = new Set(['github.com', 'bitbucket.org', 'codeberg.org', 'gitee.com']);
const KNOWN_HOST = /^(github\.com|bitbucket\.org|codeberg\.org|gitee\.com|git\.sr\.ht)$|(^|\.)(gitlab|gitea|forgejo|git)\./;

/** Scheme and user, then host and path divided by a slash, or by the colon of `git@host:path`. */
const SPELLING = /^(?:(?:git\+)?[a-z+]+:\/\/)?(?:[^@/]+@)?(?<host>[^/:@]+)(?::\d+)?[/:](?<path>[^?#]*)/i;

const SHORT_HOSTS: Readonly<Record<string, string>> = { github: 'github.com', gitlab: 'gitlab.com', bitbucket: 'bitbucket.org' };

/** npm's short forms written out. */
function expanded(url: string): string {
  const [, host, rest] = /^(github|gitlab|bitbucket):(?!\/\/)(.+)$/i.exec(url) ?? [];
  if (host && rest) return `https://${SHORT_HOSTS[host.toLowerCase()]}/${rest}`;
  return /^[\w-]+\/[\w.-]+$/.test(url) ? `https://github.com/${url}` : url;
}

/** `tree/<branch>/<folder>`; a file's link means the folder it is in. */
function folderOfLink([kind = '', , ...rest]: readonly string[]): string {
  if (!/^(tree|blob|src|raw)$/.test(kind)) return '';
  const isFile = kind !== 'tree' && /\.\w{1,5}$/.test(rest.at(-1) ?? '');
  return (isFile ? rest.slice(0, -1) : rest).join('/');
}

function folderPath(folder: string): string {
  const segments = folder.split('/').filter((segment) => segment && segment !== '.');
  return segments.includes('..') ? '' : segments.join('/').toLowerCase();
}

export function placeKey({ repository, folder }: RepositoryPlace): string {
  return folder ? `repo:${repository}#${folder}` : `repo:${repository}`;
}
