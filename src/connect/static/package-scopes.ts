import { posix } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import type { SourceFile } from './source-reader.ts';

/** A package inside the folder that is read. */
export interface PackageScope {
  /** Relative to the folder; empty for the folder itself. */
  readonly root: string;
  /** Folders, relative to `root`, that are not read. */
  readonly skipped: readonly string[];
}

interface Package {
  readonly root: string;
  readonly name: string;
  readonly isServer: boolean;
  /** A folder of several packages. */
  readonly isWorkspace: boolean;
  /** Files that it starts or exports, relative to `root`. */
  readonly programs: readonly string[];
}

const Names = z.record(z.string(), z.unknown()).catch({});
const NpmManifest = z.object({
  bin: z.union([z.string(), z.record(z.string(), z.string())]).catch({}),
  main: z.string().catch(''),
  module: z.string().catch(''),
  name: z.string().catch(''),
  workspaces: z.unknown().optional(),
  dependencies: Names,
  devDependencies: Names,
  peerDependencies: Names,
});
const Texts = z.array(z.string()).catch([]);
const PythonManifest = z.object({
  project: z
    .object({ dependencies: Texts, scripts: Names, name: z.string().catch('') })
    .optional()
    .catch(undefined),
  tool: z
    .object({
      poetry: z.object({ dependencies: Names, scripts: Names }).optional().catch(undefined),
      uv: z.object({ workspace: z.unknown().optional() }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

const MCP_PACKAGE = /(?:^|[@/_-])(?:mcp|fastmcp|modelcontextprotocol)(?:$|[/_\s[<>=~!;-])/i;
const BUILT = /^(?:.{1,200}\/)?(?:dist|build|lib|out|bundle|esm|cjs)\//;
const SOURCES = ['src', 'source'];

/**
 * Which packages of a folder are read: the folder's own, if it is a package, or the servers among its packages.
 *
 * @param manifests - Every package.json and pyproject.toml in the folder.
 * @param paths - All files in the folder.
 */
export function scopesOf(manifests: readonly SourceFile[], paths: ReadonlySet<string>): PackageScope[] {
  const packages = manifests.flatMap((manifest) => packageOf(manifest) ?? []);
  const own = packages.filter(({ root }) => root === '');
  const isPackage = own.some(({ isServer, isWorkspace, programs }) => isServer || (!isWorkspace && programs.length > 0));
  const inner = packages.filter((one) => one.root !== '' && one.isServer && !isCopy(one, packages));
  if (isPackage || inner.length === 0) return [scopeOf('', own, inner, paths)];
  return inner.map(({ root }) => {
    const nested = inner.filter((other) => other.root.startsWith(`${root}/`));
    return scopeOf(
      root,
      packages.filter((one) => one.root === root),
      nested,
      paths,
    );
  });
}

/** What is built takes its manifest along. */
function isCopy({ root, name }: Package, packages: readonly Package[]): boolean {
  return (
    BUILT.test(`${root}/`) ||
    packages.some((other) => other.root !== root && name !== '' && other.name === name && isWithin(root, other.root))
  );
}

function isWithin(root: string, outer: string): boolean {
  return outer === '' || root.startsWith(`${outer}/`);
}

/** Without the servers that are packages of their own, and without what the program that is there was built from. */
function scopeOf(root: string, own: readonly Package[], nested: readonly Package[], paths: ReadonlySet<string>): PackageScope {
  const others = nested.map((inner) => (root === '' ? inner.root : inner.root.slice(root.length + 1)));
  const hasBuilt = own.flatMap(({ programs }) => programs).some((program) => BUILT.test(program) && paths.has(posix.join(root, program)));
  return { root, skipped: [...others, ...(hasBuilt ? SOURCES : [])] };
}

function packageOf(manifest: SourceFile): Package | undefined {
  return manifest.path.endsWith('.json') ? npmPackage(manifest) : pythonPackage(manifest);
}

function npmPackage({ path, text }: SourceFile): Package | undefined {
  const read = NpmManifest.safeParse(parsed(() => JSON.parse(text)));
  if (!read.success) return undefined;
  const { name, bin, main, module, workspaces, dependencies, devDependencies, peerDependencies } = read.data;
  const bins = typeof bin === 'string' ? [bin] : Object.values(bin);
  const programs = [...bins, main, module].filter((program) => program !== '').map((program) => posix.normalize(program));
  const needed = [dependencies, devDependencies, peerDependencies].flatMap(Object.keys);
  const isServer = bins.length > 0 && needed.some((other) => MCP_PACKAGE.test(other));
  return { root: rootOf(path), name, isServer, isWorkspace: workspaces !== undefined, programs };
}

function pythonPackage({ path, text }: SourceFile): Package | undefined {
  const read = PythonManifest.safeParse(parsed(() => parseToml(text)));
  if (!read.success) return undefined;
  const { project, tool } = read.data;
  const scripts = [project?.scripts, tool?.poetry?.scripts].flatMap((table) => Object.values(table ?? {})).map(String);
  const names = [...(project?.dependencies ?? []), ...Object.keys(tool?.poetry?.dependencies ?? {})];
  const isServer = names.some((name) => MCP_PACKAGE.test(name));
  return { root: rootOf(path), name: project?.name ?? '', isServer, isWorkspace: tool?.uv?.workspace !== undefined, programs: scripts };
}

function rootOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}

function parsed(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
