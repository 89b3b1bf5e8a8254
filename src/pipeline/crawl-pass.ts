import { pickRelease } from '../identity/pick-release.ts';
import type { Fault } from '../model/fault.ts';
import type { Activity, RegistryEntry } from '../model/registry-entry.ts';
import type { SourceReport } from '../model/run-report.ts';
import { type EntryCounts, NO_ENTRIES, recordEntries, recordStillListed } from '../store/registry-entries.ts';
import { storableJson } from '../store/storable-json.ts';
import { contentHash } from './content-hash.ts';
import { isOptedOut } from './opt-out.ts';
import type { RunContext } from './run-context.ts';

/** Entries stored at once: few enough to keep memory low, enough to make statements worth their while. */
const BATCH = 200;

/** Faults of single entries that are kept of one pass; the rest is counted. A source gone wrong must not fill the report. */
const MAX_FAULTS = 1_000;

export interface PassOptions {
  /** What asked not to be listed; see {@link isOptedOut}. */
  readonly optOut: readonly string[];
  /** Told how many entries have been stored so far. */
  readonly onProgress: (entries: number) => void;
}

/** What a pass has seen, stored in batches. */
export class CrawlPass {
  watermark: string | undefined;
  #counts: EntryCounts = NO_ENTRIES;
  #faultCount = 0;
  readonly #faults: Fault[] = [];
  readonly #entries: RegistryEntry[] = [];
  readonly #stillListed: { readonly id: string; readonly activity?: Activity }[] = [];
  readonly #context: RunContext;
  readonly #source: string;
  readonly #seenAt: Date;
  readonly #options: PassOptions;

  constructor(context: RunContext, source: string, seenAt: Date, options: PassOptions) {
    this.#options = options;
    this.#context = context;
    this.#source = source;
    this.#seenAt = seenAt;
  }

  async addEntry(entry: RegistryEntry): Promise<void> {
    if (isOptedOut(entry, this.#options.optOut)) return;
    this.#entries.push(entry);
    if (this.#entries.length === BATCH) await this.flush();
  }

  async addStillListed(entry: { readonly id: string; readonly activity?: Activity }): Promise<void> {
    this.#stillListed.push(entry);
    if (this.#stillListed.length === BATCH) await this.flush();
  }

  addFault(fault: Fault): void {
    this.#faultCount += 1;
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(fault);
  }

  async flush(): Promise<void> {
    const { store } = this.#context;
    const seen = { source: this.#source, seenAt: this.#seenAt };
    const entries = this.#entries.splice(0).map(storableEntry);
    if (entries.length > 0) this.#add(await recordEntries(store, { ...seen, entries }, pickRelease));
    const still = this.#stillListed.splice(0);
    if (still.length > 0) this.#add({ ...NO_ENTRIES, unchanged: await recordStillListed(store, { ...seen, entries: still }) });
  }

  #add(counts: EntryCounts): void {
    const sum = { ...this.#counts };
    for (const outcome of Object.keys(sum) as (keyof EntryCounts)[]) sum[outcome] += counts[outcome];
    this.#counts = sum;
    this.#options.onProgress(sum.added + sum.changed + sum.deprecated + sum.deleted + sum.unchanged);
  }

  result(end: Pick<SourceReport, 'scope' | 'complete' | 'gone'>): { readonly report: SourceReport; readonly faults: readonly Fault[] } {
    const report = { source: this.#source, ...end, ...this.#counts, faults: this.#faultCount };
    return { report, faults: this.#faults };
  }
}

/** With the hash of what makes an entry another one: all but what drifts. */
function storableEntry(given: RegistryEntry) {
  const entry = storableJson(given);
  const { activity: _, revision: __, ...content } = entry;
  return { entry, hash: contentHash(content) };
}
