import type { ReadTool, SourceFile, SourceReader } from '../source-reader.ts';
import { offerLookalikes, runUncalled } from './conventions.ts';
import { entryPoints } from './entry-points.ts';
import { globalScope } from './globals.ts';
import { Interpreter } from './interpreter.ts';
import { Modules } from './modules.ts';
import { PackageFiles } from './package-files.ts';
import { type Registered, Registrations } from './registrations.ts';
import { Trees } from './trees.ts';

const MAX_STEPS = 12_000_000;
const MAX_STEPS_TOGETHER = 30_000_000;

/** As it starts without settings; with any settings and also what nothing calls. The later is for where the earlier shows no tools. */
type Way = 'bare' | 'forced';
const WAYS: readonly Way[] = ['bare', 'forced'];

/** The tools that a package's JavaScript and TypeScript register; see {@link Interpreter} for how. */
export const readJavaScript: SourceReader = (given) => {
  const files = new PackageFiles(given);
  const trees = new Trees();
  let stepsLeft = MAX_STEPS_TOGETHER;
  for (const entries of entryPoints(files)) {
    for (const way of WAYS) {
      const { tools, steps } = toolsOf(entries, files, trees, { way, steps: Math.min(MAX_STEPS, stepsLeft) });
      stepsLeft -= steps;
      if (tools.length > 0) return { tools, faults: trees.faults };
    }
  }
  return { tools: [], faults: trees.faults };
};

function toolsOf(
  entries: readonly SourceFile[],
  files: PackageFiles,
  trees: Trees,
  { way, steps }: { readonly way: Way; readonly steps: number },
) {
  const registrations = new Registrations();
  const globals = globalScope(() => run);
  const modules = new Modules(files, globals, trees);
  const run: Interpreter = new Interpreter(modules, registrations, { steps, settingsAbsent: way === 'bare' });
  for (const entry of entries) run.attempt(() => modules.load(entry, run), undefined);
  registrations.answer(run);
  if (way === 'forced') force(run, registrations);
  return { tools: unique(registrations.found()), steps: run.used };
}

function force(run: Interpreter, registrations: Registrations): void {
  runUncalled(run);
  registrations.answer(run);
  if (registrations.found().length === 0) offerLookalikes(run, registrations);
}

/** One tool of each name: the one of which most is known. */
function unique(found: readonly Registered[]): ReadTool[] {
  const byName = new Map<string, ReadTool>();
  for (const { definition, at } of found) {
    const known = byName.get(definition.name);
    if (known && weight(known) >= JSON.stringify(definition).length) continue;
    byName.set(definition.name, { definition, file: at.file, line: at.line });
  }
  return [...byName.values()];
}

function weight({ definition }: ReadTool): number {
  return JSON.stringify(definition).length;
}
