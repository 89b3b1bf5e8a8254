import type { SourceFile } from '../source-reader.ts';
import { type PackageFiles, type PackageManifest, pathsIn } from './package-files.ts';

const ASIDE =
  /(?:^|\/)(?:__)?(?:node_modules|tests?|specs?|examples?|fixtures?|mocks?|__mocks__|e2e|benchmarks?|bench|demos?|docs?|stories|templates?|evals?|scripts)(?:__)?\/|\.(?:test|spec|stories|bench|mock)\.|\.d\.[mc]?ts$|(?:^|[/.])(?:vitest|vite|jest|rollup|webpack|eslint|tsup|esbuild|playwright|babel|prettier)\.config\./;
const USUAL = [
  'src/index.ts',
  'src/main.ts',
  'src/server.ts',
  'src/cli.ts',
  'index.ts',
  'server.ts',
  'main.ts',
  'src/index.js',
  'src/server.js',
  'index.js',
  'server.js',
  'index.mjs',
  'main.js',
];
const SCRIPT = /\.(?:[mc]?[jt]s|[jt]sx)$/;

/**
 * Where a package's programs start, the surest first: what it installs as commands, what it exports, files of the usual names, every file that is not
 * aside. A later way is for where the earlier ones show no tools.
 */
export function entryPoints(files: PackageFiles): readonly (readonly SourceFile[])[] {
  const own = files.manifests.filter(({ folder }) => !folder.includes('node_modules'));
  const programs = own.flatMap((manifest) => binsOf(files, manifest));
  const libraries = own.flatMap((manifest) => files.ofPackage(manifest) ?? []);
  const usual = USUAL.flatMap((path) => files.byPath.get(path) ?? []).slice(0, 3);
  const all = [...files.byPath.values()].filter(({ path }) => SCRIPT.test(path) && !ASIDE.test(path));
  const groups = new Map<string, readonly SourceFile[]>();
  for (const group of [programs, libraries, usual, withoutBuilt(all)]) {
    const distinct = [...new Set(group)];
    if (distinct.length > 0) groups.set(distinct.map(({ path }) => path).join('\n'), distinct);
  }
  return [...groups.values()];
}

function binsOf(files: PackageFiles, { folder, fields }: PackageManifest): SourceFile[] {
  const { bin } = fields;
  const paths = pathsIn(bin, 0).slice(0, 20);
  return paths.flatMap((path) => files.built(folder, path) ?? []);
}

/** Source is read rather than what was built from it. */
function withoutBuilt(files: readonly SourceFile[]): SourceFile[] {
  const hasSource = files.some(({ path }) => /(?:^|\/)src\/.*\.[mc]?tsx?$/.test(path));
  return files.filter(({ path }) => !hasSource || !/(?:^|\/)(?:dist|build|lib|out)\//.test(path));
}
