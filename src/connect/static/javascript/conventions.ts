import { instantiate } from './classes.ts';
import type { Interpreter } from './interpreter.ts';
import type { Registrations } from './registrations.ts';
import { isToolShaped, memberOf } from './tool-shapes.ts';
import { Arr, Fn, Link, Obj, type Place, UNKNOWN, type Value } from './values.ts';

const REGISTERS = /\b(?:register\w{0,20}Tools?|addTools?|setRequestHandler|ListToolsRequestSchema)\b|\.tool\(/;
const MAX_FORCED = 300;
const MAX_TEXT = 200_000;

/**
 * Runs what nothing of the package calls, where its text registers tools: a class that a platform instantiates, a function that it calls with its own
 * server.
 */
export function runUncalled(run: Interpreter): void {
  let left = MAX_FORCED;
  for (const { values, text } of run.modules.contents()) {
    if (!REGISTERS.test(text.slice(0, 20_000_000))) continue;
    for (const value of values) {
      if (!(value instanceof Fn) || !value.node || run.ran.has(value.node) || !registers(value, text) || --left < 0) continue;
      run.attempt(() => runWithUnknown(value, run, text), undefined);
    }
  }
}

function runWithUnknown(fn: Fn, run: Interpreter, text: string): void {
  if (fn.node?.type !== 'ClassDeclaration' && fn.node?.type !== 'ClassExpression') {
    run.call(fn, [UNKNOWN, UNKNOWN, UNKNOWN], UNKNOWN);
    return;
  }
  const instance = instantiate(fn, [UNKNOWN, UNKNOWN], run);
  const methods = instance instanceof Obj ? [...(instance.proto?.members.values() ?? [])] : [];
  for (const method of methods) {
    const isLeft = method instanceof Fn && method !== fn && method.node && !run.ran.has(method.node) && registers(method, text);
    if (isLeft) run.attempt(() => run.call(method, [UNKNOWN, UNKNOWN], instance), undefined);
  }
}

function registers({ node }: Fn, text: string): boolean {
  const { start, end } = node ?? {};
  return typeof start === 'number' && typeof end === 'number' && REGISTERS.test(text.slice(start, Math.min(end, start + MAX_TEXT)));
}

/** Takes what stands in modules and looks like tools: lists of them, classes and `metadata` beside a `schema`, as frameworks load them from folders. */
export function offerLookalikes(run: Interpreter, registrations: Registrations): void {
  for (const { path, values, exports } of run.modules.contents()) {
    const at = { file: path, line: 1 };
    for (const value of values) if (value instanceof Arr) offerList(value, at, registrations);
    run.attempt(() => offerExports(exports, at, run, registrations), undefined);
  }
}

function offerList({ items }: Arr, at: Place, registrations: Registrations): void {
  if (items.length > 0 && items.every(isComplete)) for (const item of items) registrations.offerTool(item, at);
}

/** A class may make a tool; it is tried without arguments. */
function offerExports(exports: Value, at: Place, run: Interpreter, registrations: Registrations): void {
  if (!(exports instanceof Obj)) return;
  for (const member of exports.members.values()) {
    const value = member instanceof Link ? member.read() : member;
    if (value instanceof Arr) offerList(value, at, registrations);
    const isClass = value instanceof Fn && (value.node?.type === 'ClassDeclaration' || value.node?.type === 'ClassExpression');
    const made = isClass ? run.attempt(() => instantiate(value, [UNKNOWN], run), undefined) : (value as Value);
    if (isComplete(made)) registrations.offerTool(made, at);
  }
  const metadata = memberOf(exports, 'metadata');
  if (!(metadata instanceof Obj) || !(memberOf(exports, 'default') instanceof Fn)) return;
  const tool = new Obj();
  for (const [name, member] of metadata.members) tool.members.set(name, member);
  tool.members.set('inputSchema', memberOf(exports, 'schema') ?? new Obj());
  if (isToolShaped(tool)) registrations.offerTool(tool, at);
}

function isComplete(value: Value): value is Obj {
  return value instanceof Obj && !(value instanceof Fn) && isToolShaped(value) && typeof memberOf(value, 'description') === 'string';
}
