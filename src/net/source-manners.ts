import type { SourceSettings } from '../model/settings.ts';
import type { HostManners } from './manners.ts';

/** GitHub's hourly budget is waited for when it is used up. */
const GITHUB_WAIT_MS = 3_700_000;

/** What the settings have different at single hosts. Of several sources on one host each adds its own, and the slowest pace counts. */
export function sourceManners(sources: readonly SourceSettings[]): Record<string, Partial<HostManners>> {
  const hosts: Record<string, Partial<HostManners>> = {};
  for (const source of sources) {
    if (!('baseUrl' in source)) continue;
    const { hostname } = new URL(source.baseUrl);
    hosts[hostname] = slower(hosts[hostname], mannersOf(source));
  }
  return hosts;
}

function mannersOf(source: SourceSettings): Partial<HostManners> {
  if (source.kind === 'github') return { maxWaitMs: GITHUB_WAIT_MS };
  return source.kind === 'registry' && source.requestsPerSecond !== undefined ? { spacingMs: 1_000 / source.requestsPerSecond } : {};
}

function slower(a: Partial<HostManners> = {}, b: Partial<HostManners>): Partial<HostManners> {
  const spacings = [a.spacingMs, b.spacingMs].filter((spacing) => spacing !== undefined);
  return { ...a, ...b, ...(spacings.length > 0 && { spacingMs: Math.max(...spacings) }) };
}
