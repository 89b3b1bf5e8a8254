import type { Repository } from '../../src/model/registry-entry.ts';

/** `github:owner/name`, or `owner/name`, which npm takes for GitHub. */
const SHORTHAND = /^(?:(github|gitlab|bitbucket):)?([a-z0-9][\w.-]*)\/([\w.-]+?)(?:#.*)?$/i;
/** `git@host:owner/name`, which is no URL. */
const SCP = /^(?:[a-z+]+:\/\/)?[\w.-]+@([\w.-]+):(?!\d+\/)(.+)$/i;
const HOSTS: Readonly<Record<string, string>> = { github: 'github.com', gitlab: 'gitlab.com', bitbucket: 'bitbucket.org' };

/**
 * A package.json's `repository` as one form: `https://host/owner/name`, whichever of the many forms npm accepts it is written in.
 *
 * @returns undefined for what is no address of a repository.
 */
export function repositoryOf(
  written: { readonly url: string; readonly directory?: string | undefined } | undefined,
): Repository | undefined {
  const url = written && urlOf(written.url.trim());
  const host = url?.hostname.replace(/^www\./, '').replace(/^ssh\.(?=github\.com$)/, '');
  const [owner, name, ...rest] = url?.pathname.split('/').filter(Boolean) ?? [];
  if (!host?.includes('.') || !owner || !name) return undefined;
  const source = Object.keys(HOSTS).find((key) => HOSTS[key] === host);
  // Only there is a repository exactly two steps down; elsewhere there are groups in groups.
  const isFlat = source === 'github' || source === 'bitbucket';
  const path = (isFlat ? [owner, name] : [owner, name, ...rest]).map(withoutGit).join('/');
  const subfolder = folderOf(written?.directory) ?? (isFlat ? folderInUrl(rest) : undefined);
  return { url: `https://${host}/${path}`, ...(source && { source }), ...(subfolder && { subfolder }) };
}

/** As if it were a page: scheme, user and port of the other forms say nothing about which repository it is. */
function urlOf(text: string): URL | undefined {
  const shorthand = SHORTHAND.exec(text);
  const scp = SCP.exec(text);
  const web = shorthand
    ? `https://${HOSTS[shorthand[1]?.toLowerCase() ?? 'github']}/${shorthand[2]}/${shorthand[3]}`
    : (scp ? `https://${scp[1]}/${scp[2]}` : text).replace(/^(?:git\+)?(?:https?|ssh|git):\/\//i, 'https://');
  return web.startsWith('https://') && URL.canParse(web) ? new URL(web) : undefined;
}

function withoutGit(name: string): string {
  return name.replace(/(?:\.git)+$/i, '');
}

/** `…/tree/main/packages/x` is what a browser shows of a folder. A branch with a slash in its name cannot be told from folders. */
function folderInUrl([kind, , ...folder]: readonly string[]): string | undefined {
  return kind === 'tree' || kind === 'blob' ? folderOf(folder.join('/')) : undefined;
}

function folderOf(directory: string | undefined): string | undefined {
  const steps = directory?.split(/[/\\]/).filter((step) => step !== '' && step !== '.') ?? [];
  return steps.length === 0 || steps.includes('..') ? undefined : steps.join('/');
}
