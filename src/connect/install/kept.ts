import type { Artifact } from '../../model/enumeration.ts';

/** What an install left, as the index remembers it. */
export interface Kept {
  readonly artifact: Artifact;
  /** Bin name to path, relative to the package's folder. */
  readonly bins: Readonly<Record<string, string>>;
  /** Those of its package.json and its programs that were there, relative to the whole folder. While they are, the install is taken for whole. */
  readonly files: readonly string[];
  readonly sizeBytes: number;
}

/**
 * Reads an index file of ours, by hand: it is read before every start, and loading zod for it would take as long as everything else before a start.
 *
 * @returns Nothing for what is no such file.
 */
export function readKept(text: string): Kept | undefined {
  const value = parsed(text);
  if (!isRecord(value)) return undefined;
  const { artifact, bins, files, sizeBytes } = value;
  const isKept = isArtifact(artifact) && isRecord(bins) && areTexts(Object.values(bins)) && isFileList(files);
  return isKept && typeof sizeBytes === 'number' ? { artifact, bins: bins as Kept['bins'], files, sizeBytes } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isArtifact(value: unknown): value is Artifact {
  return isRecord(value) && areTexts([value['registryType'], value['name'], value['version'], value['integrity']]);
}

function isFileList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && areTexts(value);
}

function areTexts(values: readonly unknown[]): values is string[] {
  return values.every((value) => typeof value === 'string');
}
