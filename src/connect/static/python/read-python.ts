import type { Fault } from '../../../model/fault.ts';
import type { ReadTool, SourceFile, SourceReader, SourceReading } from '../source-reader.ts';
import { attributeOf } from './attributes.ts';
import { callFunction, callWithFrame, instantiate } from './functions.ts';
import { Modules } from './modules.ts';
import { openModule } from './open-module.ts';
import { keyOf, Run } from './run.ts';
import { type Listings, listedBy } from './servers.ts';
import { lineOf } from './syntax.ts';
import { definitionOf } from './tool-definition.ts';
import type { Arguments, ClassValue, FunctionValue, Instance, Registration, ServerValue, Value } from './value.ts';

const MAX_FILE_CHARS = 1_000_000;
/** Without these nothing in a file can register a tool. */
const LIKELY = /tool/i;
/** Without these nothing in a function does. */
const SETS_UP = /tool|mount|import_server/i;
/** Without it nothing in the package speaks the protocol: other frameworks have tools, too. */
const SPEAKS_MCP = /(?:^|[^a-z])mcp|model ?context ?protocol|tools\/list/i;
const NOTHING_KNOWN: Arguments = { args: [], named: new Map(), isWhole: false };

/**
 * Goes through a package's modules as Python would, without running them, and keeps what they give to a server. What is called with something
 * unknown is gone through all the same, so that a tool is found however its function comes to be called.
 */
export const readPython: SourceReader = (files) => {
  const own = files.filter(({ path, text }) => path.endsWith('.py') && text.length <= MAX_FILE_CHARS);
  if (!own.some(({ text }) => SPEAKS_MCP.test(text))) return { tools: [], faults: [] };
  const run = new Run(new Modules(own));
  for (const { path } of own.filter(({ text }) => LIKELY.test(text))) openModule(path, run);
  callTheRest(run);
  return readingOf(toolsOf(run), own, run);
};

/** Calls what nothing has called; a function that is defined on the way is called, too. */
function callTheRest(run: Run): void {
  const instances = new Map<ClassValue, Instance>();
  const methods = new Map<string, FunctionValue>();
  for (const of of run.classes) for (const [, member] of of.members) if (member.kind === 'function') methods.set(placeOf(member), member);
  for (const defined of run.defined) {
    if (run.isExhausted) return;
    const place = placeOf(defined);
    const { from, to } = defined.node;
    if (run.called.has(place) || !SETS_UP.test(defined.scope.file.text.slice(from, to))) continue;
    const method = methods.get(place);
    const self = method?.owner && instanceOf(method.owner, instances, run);
    callFunction(method && self ? { ...method, self } : defined, NOTHING_KNOWN, run);
  }
}

function instanceOf(of: ClassValue, instances: Map<ClassValue, Instance>, run: Run): Instance {
  const known = instances.get(of);
  if (known) return known;
  const made = instantiate(of, NOTHING_KNOWN, run, undefined);
  instances.set(of, made);
  return made;
}

function placeOf({ scope, node }: FunctionValue): string {
  return keyOf(scope.file.path, node);
}

/** Of servers that stand for themselves; a server that is mounted elsewhere lists its tools there. */
function toolsOf(run: Run): Registration[] {
  let areAllKnown = true;
  for (const server of run.servers) areAllKnown = followHandlers(server, run) && areAllKnown;
  const mounted = new Set(run.servers.flatMap(({ mounts }) => mounts.map(({ server }) => server)));
  const roots = run.servers.filter((server) => !mounted.has(server));
  const known: Listings = new Map();
  // Those that are mounted in each other alone come last.
  const listed = [...roots, ...run.servers].flatMap((server) => (known.has(server) ? [] : listedBy(server, run, known)));
  const hasHandlers = run.servers.some(({ handlers }) => handlers.length > 0);
  const made = hasHandlers && !areAllKnown ? run.made : [];
  const found = [...listed, ...made];
  return found.length > 0 ? found : run.listings;
}

/** @returns Whether all that the server answers to `tools/list` is known. */
function followHandlers(server: ServerValue, run: Run): boolean {
  let isWhole = true;
  for (const handler of server.handlers.slice(0, 20)) {
    if (handler.kind !== 'function') {
      isWhole = false;
      continue;
    }
    const { returns, otherReturns, yields } = callWithFrame(handler, NOTHING_KNOWN, run);
    for (const value of [...returns, ...otherReturns, ...yields]) isWhole = takeListing(value, server, run) && isWhole;
  }
  return isWhole;
}

function takeListing(value: Value, server: ServerValue, run: Run, depth = 0): boolean {
  if (value.kind === 'made' && depth < 4) {
    const inner = value.given.named.get('tools') ?? value.given.args[0];
    return inner !== undefined && takeListing(inner, server, run, depth + 1);
  }
  if (value.kind === 'dict') {
    const inner = value.entries.get('tools');
    return inner !== undefined && takeListing(inner, server, run, depth + 1);
  }
  if (value.kind !== 'list') return false;
  let isWhole = value.isWhole;
  for (const item of value.items) {
    const definition = definitionOf(item, run);
    if (definition) run.register(server, { definition, ...placeOfItem(item, server, run) });
    else isWhole = false;
  }
  return isWhole;
}

/** A dict has no place of its own: that of the handler that gave it. */
function placeOfItem(item: Value, { handlers }: ServerValue, run: Run): { file: string; line: number } {
  if (item.kind === 'made') return item.place;
  const [handler] = handlers;
  const name = handler ? attributeOf(handler, '__name__', run, '') : undefined;
  if (handler?.kind !== 'function' || !name) return { file: '', line: 1 };
  return { file: handler.scope.file.path, line: lineOf(handler.scope.file, handler.node) };
}

function readingOf(found: readonly Registration[], files: readonly SourceFile[], run: Run): SourceReading {
  const tools = new Map<string, ReadTool>();
  for (const { definition, file, line } of found) if (!tools.has(definition.name)) tools.set(definition.name, { definition, file, line });
  const subject = files[0]?.path ?? '';
  const faults: Fault[] = [];
  if (run.isExhausted || run.modules.budget.left <= 0)
    faults.push(fault('source-too-big', subject, 'Its Python source was not read to the end: it takes too many steps.'));
  if (run.unnamedTools > 0) {
    faults.push(fault('unnamed-tools', subject, `${run.unnamedTools} tools are registered under names that only a run would tell.`));
  }
  return { tools: [...tools.values()], faults };
}

function fault(code: string, subject: string, message: string): Fault {
  return { code, subject, message, retryable: false };
}
