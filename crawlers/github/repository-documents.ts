import type { RepositoryFacts } from './repository-facts.ts';

/** What the root of a repository is asked for. Each is a sign, and most say how the server is started. */
export const ROOT_FILES = [
  'server.json',
  'package.json',
  'pyproject.toml',
  'smithery.yaml',
  'glama.json',
  'manifest.json',
  'Dockerfile',
  'go.mod',
  'Cargo.toml',
  'pom.xml',
  'README.md',
] as const;

/** The files of one folder that are read, by their name. */
export type FolderFiles = ReadonlyMap<string, string>;

/** A repository and what was read of it. */
export interface RepositoryDocuments {
  /** As of the reading. */
  readonly facts: RepositoryFacts;
  /** URL of the repository it was forked from; `unknown` where that one is not visible. */
  readonly forkOf?: string;
  /** Names in its root, folders too. */
  readonly rootNames: readonly string[];
  readonly files: FolderFiles;
  /** Files that are there and came without their text, or with only the start of it. */
  readonly cut: readonly string[];
}

/** GitHub's names differ by more than case. */
export function fullNameKey(fullName: string): string {
  return fullName.toLowerCase();
}
