const MAX_LENGTH = 500;
const MAX_DEPTH = 40;
// biome-ignore lint/suspicious/noControlCharactersInRegex: no program needs them in a file's name, and a terminal would obey them.
const ODD = /[\0-\x1f\x7f\\]/;

/** The names in an archive: each inside its folder, and no two the same file on any system. */
export class ArchiveNames {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  /** @returns What is wrong with the name, alone or beside those before it. */
  add(name: string): string | undefined {
    const isFolder = name.endsWith('/');
    const path = isFolder ? name.slice(0, -1) : name;
    const segments = path.split('/');
    if (name.length > MAX_LENGTH || segments.length > MAX_DEPTH) return 'A name in it is too long.';
    if (ODD.test(name)) return 'A name in it holds control characters or backslashes.';
    if (/^[a-z]:/i.test(name) || segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
      return 'A name in it leads out of its folder.';
    }
    return this.#collide(segments.map(sameOnEverySystem), isFolder);
  }

  #collide(segments: readonly string[], isFolder: boolean): string | undefined {
    const path = segments.join('/');
    const above = segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
    if (above.some((folder) => this.#files.has(folder)) || this.#files.has(path)) return TWICE;
    if (!isFolder && this.#folders.has(path)) return TWICE;
    for (const folder of above) this.#folders.add(folder);
    (isFolder ? this.#folders : this.#files).add(path);
    return undefined;
  }
}

const TWICE = 'Two names in it are the same file, on this system or on one that does not tell upper case apart.';

function sameOnEverySystem(segment: string): string {
  return segment.normalize('NFC').toLowerCase();
}
