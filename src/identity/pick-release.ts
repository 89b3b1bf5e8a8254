import semver from 'semver';

interface Version {
  /** The version; empty where the source keeps one. */
  readonly release: string;
  readonly status: 'active' | 'deprecated' | 'deleted';
  /** RFC 3339. */
  readonly publishedAt?: string;
}

/**
 * The release of a server that counts, decided here because a registry's own flag lags: it does not move when the newest version is withdrawn, and
 * a change of it moves no `updatedAt`.
 *
 * As the official registry orders them: what is not deleted before what is, a semantic version before one that is not, then the higher, then the
 * later published. The same releases in any order give the same one.
 *
 * @param releases - Of one entry; at least one.
 */
export function pickRelease(releases: readonly Version[]): string {
  const [first, ...others] = releases;
  if (!first) throw new Error('an entry has at least one release');
  return others.reduce((best, next) => (comparePrecedence(next, best) > 0 ? next : best), first).release;
}

function comparePrecedence(a: Version, b: Version): number {
  return (
    Number(a.status !== 'deleted') - Number(b.status !== 'deleted') ||
    compareVersions(semver.parse(a.release), semver.parse(b.release)) ||
    instantOf(a) - instantOf(b) ||
    (a.release < b.release ? -1 : 1)
  );
}

function compareVersions(a: semver.SemVer | null, b: semver.SemVer | null): number {
  return a && b ? a.compare(b) : Number(a !== null) - Number(b !== null);
}

/** Milliseconds; a release without a date is older than any with one. */
function instantOf({ publishedAt }: Version): number {
  const instant = Date.parse(publishedAt ?? '');
  return Number.isNaN(instant) ? 0 : instant;
}
