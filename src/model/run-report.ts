import { z } from 'zod';
import { Access, Category } from './classification.ts';
import { EnumerationStatus } from './enumeration.ts';
import { Fault, Stage } from './fault.ts';
import { ToolCounts } from './feed.ts';

const Count = z.number().int().min(0);

export const StageReport = z.object({
  stage: Stage,
  done: Count,
  /** Not needed: nothing changed, or not due yet. */
  skipped: Count,
  failed: Count,
  /** Due, but beyond the run's limit. */
  postponed: Count.optional(),
  durationMs: z.number(),
});
export type StageReport = z.infer<typeof StageReport>;

/** What one source gave in a run; entries by what came of them. */
export const SourceReport = z.object({
  /** The crawler's id. */
  source: z.string(),
  /** Whether everything was asked for, or only what changed since the last pass. */
  scope: z.enum(['whole', 'changes']),
  /** Whether it was read to its end. */
  complete: z.boolean(),
  /** Servers that this source did not list before. */
  servers: Count,
  /** New entries; a source that keeps versions side by side has one for each. */
  added: Count,
  changed: Count,
  deprecated: Count,
  /** Withdrawn, as the source says. */
  deleted: Count,
  unchanged: Count,
  /** No longer listed, which only a whole crawl can tell. */
  gone: Count,
  faults: Count,
});
export type SourceReport = z.infer<typeof SourceReport>;

export const RunFault = z.object({
  stage: Stage,
  /** The crawler's id, where the fault belongs to a source. */
  source: z.string().optional(),
  fault: Fault,
});
export type RunFault = z.infer<typeof RunFault>;

const ToolChange = z.object({ server: z.string(), tool: z.string() });

/** What is different from the last finished run; all lists are empty when there is none. */
export const RunChanges = z.object({
  /** Id of the run compared with. */
  since: z.number().int().nullable(),
  /** New, or back after being gone; their tools are not listed again below. */
  serversAdded: z.array(z.string()),
  serversGone: z.array(z.string()),
  /** Servers that could be listed and now cannot, or the other way round. */
  statusChanged: z.array(z.object({ server: z.string(), from: EnumerationStatus, to: EnumerationStatus })),
  toolsAdded: z.array(ToolChange),
  toolsRemoved: z.array(ToolChange),
  /** Same name, another definition. */
  toolsRedefined: z.array(ToolChange),
  /** The verdict is another, be it because of the definition, of the server around the tool or of the classifier. */
  categoryChanged: z.array(ToolChange.extend({ from: Category, to: Category })),
  accessRaised: z.array(ToolChange.extend({ from: Access, to: Access })),
});
export type RunChanges = z.infer<typeof RunChanges>;

export const RunReport = z.object({
  run: z.number().int(),
  status: z.enum(['done', 'failed']),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  stages: z.array(StageReport),
  /** In the order in which they were asked; empty when the run did not discover. */
  sources: z.array(SourceReport),
  faults: z.array(RunFault),
  servers: z.object({ total: Count, byStatus: z.record(z.string(), Count) }),
  tools: ToolCounts,
  /** Slowest first: installing and all attempts together. */
  slowest: z.array(z.object({ server: z.string(), installMs: z.number(), durationMs: z.number() })),
  changes: RunChanges,
  /** Where the feed was written, and which generation it is; absent when publishing was not reached. */
  feed: z.object({ folder: z.string(), generation: z.number().int(), changed: z.boolean() }).optional(),
});
export type RunReport = z.infer<typeof RunReport>;
