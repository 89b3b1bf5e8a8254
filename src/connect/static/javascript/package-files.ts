import type { SourceFile } from '../source-reader.ts';

const EXTENSIONS = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.mts',
  '.cts',
  '.jsx',
  '.json',
  '/index.ts',
  '/index.js',
  '/index.mjs',
  '/index.cjs',
  '/index.tsx',
];
const SCRIPT = /\.(?:[mc]?[jt]s|[jt]sx|json)$/;
const MAX_SEGMENTS = 40;

export interface PackageManifest {
  readonly folder: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The files of a package by path, and what their imports lead to. */
export class PackageFiles {
  readonly byPath: ReadonlyMap<string, SourceFile>;
  /** The outermost first. */
  readonly manifests: readonly PackageManifest[];

  constructor(files: readonly SourceFile[]) {
    this.byPath = new Map(files.map((file) => [normalPath(file.path), file]));
    this.manifests = manifestsOf(files);
  }

  /** The file that a path of the source stands for: TypeScript where the path names what it will be compiled to. */
  at(path: string): SourceFile | undefined {
    const plain = normalPath(path);
    for (const stem of [
      plain,
      plain.replace(/\.([mc]?)jsx?$/, '.$1ts'),
      plain.replace(/\.jsx?$/, '.tsx'),
      plain.replace(/\.[mc]?jsx?$/, ''),
    ]) {
      for (const extension of EXTENSIONS) {
        const file = this.byPath.get(extension.startsWith('/') && stem === '' ? extension.slice(1) : stem + extension);
        if (file && SCRIPT.test(file.path)) return file;
      }
    }
    return undefined;
  }

  /** What an import in a file leads to inside the package. */
  resolve(specifier: string, from: string): SourceFile | undefined {
    if (specifier.length > 500) return undefined;
    if (specifier.startsWith('.')) return this.at(`${folderOf(from)}/${specifier}`);
    if (specifier.startsWith('/')) return this.at(specifier);
    if (specifier.startsWith('#')) return this.imported(specifier);
    for (const { folder, fields } of this.manifests) {
      const name = fields['name'];
      if (typeof name !== 'string' || (specifier !== name && !specifier.startsWith(`${name}/`))) continue;
      const rest = specifier.slice(name.length + 1);
      const found = rest ? (this.at(`${folder}/${rest}`) ?? this.at(`${folder}/src/${rest}`)) : this.ofPackage({ folder, fields });
      if (found) return found;
    }
    return /^[@~]\//.test(specifier) ? (this.at(`src/${specifier.slice(2)}`) ?? this.at(specifier.slice(2))) : undefined;
  }

  /** The first file that a path of a manifest leads to, or the source that it is built from. */
  built(folder: string, path: string): SourceFile | undefined {
    const plain = normalPath(`${folder}/${path}`);
    const inSource = plain.replace(/(^|\/)(?:dist|build|lib|out|bin|esm|cjs)\//, '$1src/');
    return this.at(plain) ?? this.at(inSource) ?? this.at(inSource.replace(/(^|\/)src\/src\//, '$1src/'));
  }

  ofPackage({ folder, fields }: PackageManifest): SourceFile | undefined {
    const paths = [...pathsIn(fields['exports'], 0), fields['module'], fields['main'], 'src/index.ts', 'index.js'];
    for (const path of paths) {
      const found = typeof path === 'string' && !path.endsWith('.d.ts') ? this.built(folder, path) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  private imported(specifier: string): SourceFile | undefined {
    for (const { folder, fields } of this.manifests) {
      const imports = Object(fields['imports']) as Record<string, unknown>;
      for (const [pattern, target] of Object.entries(imports)) {
        const [head = '', tail = ''] = pattern.split('*');
        const matches = pattern.includes('*') ? specifier.startsWith(head) && specifier.endsWith(tail) : specifier === pattern;
        if (!matches) continue;
        const middle = specifier.slice(head.length, specifier.length - tail.length);
        for (const path of pathsIn(target, 0)) {
          const found = this.built(
            folder,
            path.replace('*', () => middle),
          );
          if (found) return found;
        }
      }
    }
    return undefined;
  }
}

/** The paths of an `exports` or `imports` value; of conditions, those for running before others. */
export function pathsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value];
  if (depth > 5 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, 100)
    .filter(([condition]) => condition !== 'types' && !condition.includes('*'))
    .flatMap(([, inner]) => pathsIn(inner, depth + 1));
}

export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** Without `.`, `..` and a leading slash. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/').slice(0, MAX_SEGMENTS)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function manifestsOf(files: readonly SourceFile[]): PackageManifest[] {
  const found: PackageManifest[] = [];
  for (const { path, text } of files) {
    if (!/(?:^|\/)package\.json$/.test(path) || /(?:^|\/)(?:tests?|fixtures|examples?|templates?)\//.test(path)) continue;
    try {
      const fields: unknown = JSON.parse(text);
      if (typeof fields === 'object' && fields !== null)
        found.push({ folder: folderOf(normalPath(path)), fields: fields as Record<string, unknown> });
    } catch {
      // A manifest that is no JSON leads to no files; the files are then read without it.
    }
  }
  return found
    .sort((one, other) => one.folder.split('/').length - other.folder.split('/').length || one.folder.length - other.folder.length)
    .slice(0, 200);
}
