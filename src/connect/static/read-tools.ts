import { basename } from 'node:path';
import type { Reading } from '../../model/enumeration.ts';
import type { Fault } from '../../model/fault.ts';
import { isJsonObject, MAX_JSON_DEPTH } from '../../model/json.ts';
import type { ToolDefinition } from '../../model/tool.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { misfitOf } from '../tool-size.ts';
import { readManifests } from './manifests.ts';
import { readReadme } from './readme.ts';
import { readSources } from './source-files.ts';
import type { ReadTool, SourceFile, SourceReader, SourceReading } from './source-reader.ts';

const MAX_FILES = 50;
const MAX_FAULTS = 20;
const JAVASCRIPT = /\.[cm]?[jt]sx?$/i;

/**
 * Reads the tools of the package in a folder from its files: its source and the lists that it holds, or else its README. Nothing of it is run.
 *
 * @param folder - Absolute path: a package's, a repository's or a user's.
 * @returns Nothing when no tool was found. Never rejects for what the folder holds.
 */
export async function readTools(folder: string): Promise<Reading | undefined> {
  const startedAt = performance.now();
  const { files, faults } = await readSources(folder);
  const readings = [await read(files, folder), readManifests(files)];
  const found = kept(readings.flatMap(({ tools }) => tools));
  const provenance = found.length > 0 ? 'source' : 'readme';
  const tools = found.length > 0 ? found : kept(readReadme(files));
  if (tools.length === 0) return undefined;
  return {
    provenance,
    files: [...new Set(tools.map(({ file }) => file))].sort().slice(0, MAX_FILES),
    tools: tools.map(({ definition }) => definition),
    faults: [...faults, ...readings.flatMap(({ faults: own }) => own)].slice(0, MAX_FAULTS),
    durationMs: Math.round(performance.now() - startedAt),
  };
}

/** The parsers are loaded only for files of their language. */
async function read(files: readonly SourceFile[], folder: string): Promise<SourceReading> {
  const python = inPackage(
    files.filter(({ path }) => path.endsWith('.py')),
    folder,
  );
  const javascript = files.filter(({ path }) => JAVASCRIPT.test(path) || path.endsWith('.json'));
  const tools: ReadTool[] = [];
  const faults: Fault[] = [];
  const take = (load: () => Promise<SourceReader>, own: readonly SourceFile[]) => readSafely(load, own, { tools, faults });
  if (javascript.some(({ path }) => JAVASCRIPT.test(path))) {
    await take(async () => (await import('./javascript/read-javascript.ts')).readJavaScript, javascript);
  }
  if (python.length > 0) await take(async () => (await import('./python/read-python.ts')).readPython, python);
  return { tools, faults };
}

async function readSafely(
  load: () => Promise<SourceReader>,
  files: readonly SourceFile[],
  into: { tools: ReadTool[]; faults: Fault[] },
): Promise<void> {
  const reader = await load();
  try {
    const { tools, faults } = reader(files);
    into.tools.push(...tools);
    into.faults.push(...faults);
  } catch (error) {
    // A stranger's source must not end the run, whatever it made a parser do; nothing was changed, so going on is safe.
    const message = `Its source could not be read: ${error instanceof Error ? error.name : 'unknown'}.`;
    into.faults.push({ code: 'source-unreadable', subject: files[0]?.path ?? '', message, retryable: false });
  }
}

/** A folder that is itself a module is imported by its name. */
function inPackage(files: readonly SourceFile[], folder: string): readonly SourceFile[] {
  if (!files.some(({ path }) => path === '__init__.py')) return files;
  return files.map(({ path, text }) => ({ path: `${basename(folder)}/${path}`, text }));
}

/** Each name once, from where most is known of it; within the limits of a server's own answer. */
function kept(tools: readonly ReadTool[]): ReadTool[] {
  const byName = new Map<string, ReadTool>();
  for (const tool of tools) {
    const { maxTools, maxToolBytes } = DEFAULT_LIMITS;
    if (misfitOf(tool.definition, { maxDepth: MAX_JSON_DEPTH, maxBytes: maxToolBytes })) continue;
    const known = byName.get(tool.definition.name);
    if (known ? parts(tool.definition) > parts(known.definition) : byName.size < maxTools) byName.set(tool.definition.name, tool);
  }
  return [...byName.values()];
}

/** How much of a definition is known: a schema with properties counts more than any text. */
function parts({ description, inputSchema }: ToolDefinition): number {
  const properties = isJsonObject(inputSchema) ? inputSchema['properties'] : undefined;
  const hasProperties = isJsonObject(properties) && Object.keys(properties).length > 0;
  return (typeof description === 'string' ? 1 : 0) + (isJsonObject(inputSchema) ? 1 : 0) + (hasProperties ? 2 : 0);
}
