import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Launch } from '../launch.ts';
import type { Mount } from '../sandbox/sandbox.ts';

/** Modules of ours that a server's Node loads before the server. Only for listing: a server started with one must never be asked for more. */
export type Preload = 'native-stub' | 'mended-imports' | 'answering-network' | 'agreeing-answers';

/** What a start is given beside arguments and environment. */
export interface Aids {
  /** Host path of the Node that runs it instead of ours. */
  readonly runtime?: string;
  readonly preloads?: readonly Preload[];
  /** Content by path inside. */
  readonly files?: Readonly<Record<string, string>>;
}

interface Staged {
  readonly argv: Launch['argv'];
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  /** Never rejects. */
  readonly remove: () => Promise<void>;
}

const RUNTIME = '/opt/newer/bin/node';
const FILES = '/opt/files';
const PRELOADS = '/opt/preloads';
const ENTRY = 'entry.cjs';
/** As they are in a checkout, run by Node directly, or as they are when built. */
const PRELOAD_EXTENSION = import.meta.filename.endsWith('.ts') ? '.cts' : '.cjs';

/** Copied inside, so that a server may write to them and to the folders around them, and nothing of the host is written to. */
const COPY_FIRST = [
  'sh',
  '-c',
  'while [ "$1" != -- ]; do mkdir -p "$(dirname "$2")" && cp "$1" "$2"; shift 2; done; shift; exec "$@"',
  'sh',
] as const;

/** Puts the aids where the sandbox can show them, read-only, until `remove`. */
export async function stageAids(argv: Launch['argv'], { runtime, preloads = [], files = {} }: Aids = {}): Promise<Staged> {
  const paths = Object.entries(files);
  const mounts: Mount[] = runtime ? [{ source: runtime, target: RUNTIME, writable: false }] : [];
  const env: Record<string, string> = runtime ? { PATH: '/opt/newer/bin:/usr/local/bin:/usr/bin:/bin' } : {};
  const [program, ...args] = argv;
  let started: Launch['argv'] = [runtime && program === 'node' ? RUNTIME : program, ...args];
  if (preloads.length === 0 && paths.length === 0) return { argv: started, env, mounts, remove: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'assay-aids-'));
  const remove = () => rm(folder, { recursive: true, force: true }).catch(() => {});
  try {
    const staged = [...(await stagePreloads(folder, preloads)), ...(await stageFiles(folder, paths))];
    if (paths.length > 0) started = [...COPY_FIRST, ...paths.flatMap(([target], index) => [fileInside(index), target]), '--', ...started];
    if (preloads.length > 0) env['NODE_OPTIONS'] = `--require=${PRELOADS}/${ENTRY}`;
    return { argv: started, env, mounts: [...mounts, ...staged], remove };
  } catch (cause) {
    await remove();
    throw cause;
  }
}

async function stagePreloads(folder: string, preloads: readonly Preload[]): Promise<Mount[]> {
  if (preloads.length === 0) return [];
  const source = join(folder, 'preloads');
  await mkdir(source);
  for (const name of [...preloads, 'inert']) {
    const copy = join(source, name + PRELOAD_EXTENSION);
    await copyFile(join(import.meta.dirname, 'preloads', name + PRELOAD_EXTENSION), copy);
    await chmod(copy, 0o644);
  }
  await writeOpen(join(source, ENTRY), preloads.map((name) => `require('./${name}${PRELOAD_EXTENSION}');\n`).join(''));
  await chmod(source, 0o755);
  return [{ source, target: PRELOADS, writable: false, holdsOnlyFiles: true }];
}

async function stageFiles(folder: string, paths: readonly (readonly [string, string])[]): Promise<Mount[]> {
  if (paths.length === 0) return [];
  const source = join(folder, 'files');
  await mkdir(source);
  for (const [index, [, content]] of paths.entries()) await writeOpen(join(source, String(index)), content);
  await chmod(source, 0o755);
  return [{ source, target: FILES, writable: false, holdsOnlyFiles: true }];
}

function fileInside(index: number): string {
  return `${FILES}/${index}`;
}

/** Readable to the user inside, whatever our own mask. */
async function writeOpen(path: string, content: string): Promise<void> {
  await writeFile(path, content);
  await chmod(path, 0o644);
}
