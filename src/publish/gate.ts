import type { Fault } from '../model/fault.ts';

/** What of a catalogue must not vanish overnight. */
export interface CatalogueSize {
  readonly listedServers: number;
  readonly tools: number;
}

/** Below these numbers yesterday, a share says nothing. */
const SMALL: CatalogueSize = { listedServers: 10, tools: 50 };

/** Losing more than this share overnight is a fault of ours before it is news. */
const LARGEST_LOSS = 0.3;

/** Whether the new catalogue may replace the one that is out; a refusal leaves yesterday's files as they are. */
export function gate(before: CatalogueSize, now: CatalogueSize): Fault | undefined {
  if (shrank(before, now, 'listedServers')) return refusal(`${now.listedServers} servers`, before.listedServers);
  if (shrank(before, now, 'tools')) return refusal(`${now.tools} classified tools`, before.tools);
  return undefined;
}

function shrank(before: CatalogueSize, now: CatalogueSize, what: keyof CatalogueSize): boolean {
  return before[what] >= SMALL[what] && now[what] < before[what] * (1 - LARGEST_LOSS);
}

function refusal(now: string, before: number): Fault {
  const message = `The feed was not replaced: it would have ${now} where the published one has ${before}. If that is right, publish into an empty folder.`;
  return { code: 'catalogue-shrank', subject: 'feed', message, retryable: false };
}
