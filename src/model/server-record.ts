import type { Classification, Finding } from './classification.ts';
import type { EnumerationSummary } from './enumeration.ts';
import type { ServerGrade } from './grade.ts';
import type { PolicyDocument } from './policy.ts';
import type { Server } from './server.ts';
import type { Provenance, ToolDefinition } from './tool.ts';
import type { ToolChange } from './tool-change.ts';

export interface StoredTool {
  readonly hash: string;
  readonly name: string;
  readonly definition: ToolDefinition;
  /** Absent until the classify stage has been there. */
  readonly classification?: Classification;
  /** The classification is by another classifier version or from another context than asked for: the classify stage has not been there since. */
  readonly stale?: true;
  /** Listed only with the flags of the widest attempt. */
  readonly widest?: true;
}

interface StoredListing {
  readonly startedAt: Date;
  readonly document: EnumerationSummary;
  readonly provenance: Provenance;
  readonly tools: readonly StoredTool[];
}

/** All that is known of one server, as one consistent snapshot of the store gives it. */
export interface ServerRecord {
  readonly server: Server;
  /** The last look, whatever came of it. */
  readonly latest?: { readonly startedAt: Date; readonly document: EnumerationSummary };
  /** The look that its tools are taken from: the last that listed them live; where none did, the last that read them in the source. */
  readonly listing?: StoredListing;
  /** What is wrong with the server as a whole; absent until the classify stage has been there. */
  readonly findings?: readonly Finding[];
  readonly changes?: readonly ToolChange[];
  /** Worked out of what is stored, corrections applied; absent before. */
  readonly grade?: ServerGrade;
  readonly policy?: PolicyDocument;
}
