import { closeSync, openSync, readSync } from 'node:fs';
import { basename, posix } from 'node:path';

/**
 * The one of a package's programs that is its MCP server over stdio: the package's own name first, never one named for HTTP unless it is the only
 * one. A program named `@scope/x` is called `x`, as npm installs it.
 */
export function chooseProgram(packageName: string, bins: Readonly<Record<string, string>>): string | undefined {
  return programsByChance(packageName, bins)[0]?.path;
}

interface NamedProgram {
  readonly name: string;
  readonly path: string;
}

/** All of a package's programs, each file once, likeliest to be the server first. */
export function programsByChance(packageName: string, bins: Readonly<Record<string, string>>): NamedProgram[] {
  const own = basename(packageName);
  const programs = new Map(Object.entries(bins).map(([name, path]) => [posix.normalize(path), { name: basename(name), path }]));
  for (const [name, path] of Object.entries(bins)) if (basename(name) === own) programs.set(posix.normalize(path), { name: own, path });
  return [...programs.values()].sort((a, b) => chance(b, own) - chance(a, own));
}

function chance({ name }: NamedProgram, own: string): number {
  if (name === own) return 3;
  if (/(^|[-_])(https?|sse|cli|setup|init|test)$/.test(name)) return 0;
  return name.includes('mcp') ? 2 : 1;
}

const MAX_FIRST_LINE_BYTES = 256;
const ELF = '\x7fELF';

/**
 * The command that starts a file, as its first line says; without one, Node.
 *
 * @param hostPath - Where the file is.
 * @param path - Where it is inside.
 * @returns Nothing when the file cannot be read.
 */
export function commandOfFile(hostPath: string, path: string): [string, ...string[]] | undefined {
  const start = firstBytes(hostPath);
  if (start === undefined) return undefined;
  if (start.startsWith(ELF)) return [path];
  const shebang = /^#!\s*(\S+)[ \t]*([^\r\n]*)/.exec(start);
  if (!shebang?.[1]) return ['node', path];
  const words = (shebang[2] ?? '').split(/\s+/).filter(Boolean);
  if (basename(shebang[1]) !== 'env') return [interpreter(shebang[1]), ...words, path];
  const [program = 'node', ...rest] = words.filter((word) => word !== '-S');
  return [interpreter(program), ...rest, path];
}

/** The runtime inside is found by name, wherever the author's machine had it. */
function interpreter(path: string): string {
  return basename(path) === 'node' ? 'node' : path;
}

function firstBytes(path: string): string | undefined {
  try {
    return readStart(openSync(path, 'r'));
  } catch {
    return undefined;
  }
}

function readStart(file: number): string {
  try {
    const bytes = Buffer.alloc(MAX_FIRST_LINE_BYTES);
    return bytes.toString('latin1', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}
