import type { Fault } from '../../model/fault.ts';
import type { ToolDefinition } from '../../model/tool.ts';

/** A text file of a package. */
export interface SourceFile {
  /** Relative to the package, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A tool as it stands in the source. What only a run would tell is left out of its definition, never guessed. */
export interface ReadTool {
  readonly definition: ToolDefinition;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface SourceReading {
  readonly tools: readonly ReadTool[];
  /** Files that could not be parsed, bounds that were reached. */
  readonly faults: readonly Fault[];
}

/**
 * Reads the tools of all files of one language together: a definition in one file may be registered in another. Pure and bounded; never throws for
 * what the files hold.
 */
export type SourceReader = (files: readonly SourceFile[]) => SourceReading;
