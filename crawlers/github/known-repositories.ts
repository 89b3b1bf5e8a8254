/** What is stored of the source, by repository: one may have several entries, a folder each. */
export class KnownRepositories {
  readonly #entries = new Map<string, { readonly ids: string[]; readonly revisions: Set<string | undefined> }>();

  constructor(known: ReadonlyMap<string, string | undefined>) {
    for (const [entryId, revision] of known) {
      const [id = ''] = entryId.split('#');
      const entries = this.#entries.get(id) ?? { ids: [], revisions: new Set() };
      entries.ids.push(entryId);
      entries.revisions.add(revision);
      this.#entries.set(id, entries);
    }
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  /** Numbers of the repositories. */
  ids(): Iterable<string> {
    return this.#entries.keys();
  }

  entriesOf(id: string): readonly string[] {
    return this.#entries.get(id)?.ids ?? [];
  }

  /** Whether all entries of the repository were read at this revision. */
  hasRevision(id: string, revision: string): boolean {
    const revisions = this.#entries.get(id)?.revisions;
    return revisions?.size === 1 && revisions.has(revision);
  }

  /** Those with an entry for a folder. */
  withFolders(): string[] {
    return [...this.#entries].filter(([, { ids }]) => ids.some((entryId) => entryId.includes('#'))).map(([id]) => id);
  }
}
