import { iterated } from './iteration.ts';
import { keyOf, type Run } from './run.ts';
import { lineOf } from './syntax.ts';
import { definitionOf, definitionOfFunction, isToolName } from './tool-definition.ts';
import {
  type Arguments,
  type FunctionValue,
  type Place,
  type Registration,
  type ServerValue,
  textOfValue,
  UNKNOWN,
  type Value,
} from './value.ts';

const SERVER_PATH = /^\w{0,60}mcp\w{0,60}\.(?:.{0,200}\.)?(?:FastMCP|MCPServer|Server|MCPApp|\w{0,40}MCP)$/i;
const SERVER_NAME = /(?:^|[._])(?:\w{0,30}mcp\w{0,30}|_?(?:server|app|srv))$/i;
const METHODS = new Set([
  'tool',
  'add_tool',
  'list_tools',
  'mount',
  'import_server',
  'request_handlers',
  'add_request_handler',
  'register_tool',
]);

/** Whether calling it makes a server of one of the SDKs. */
export function isServerPath(path: string): boolean {
  return SERVER_PATH.test(path);
}

/** The server whose method is called. One that cannot be told is taken for one by its name, and only for methods that servers have. */
export function serverOf(self: Value, name: string, run: Run): ServerValue | undefined {
  if (self.kind === 'server') return self;
  if (self.kind === 'instance') return self.server;
  if (!METHODS.has(name) || name === 'register_tool') return undefined;
  const text = self.kind === 'unknown' ? self.text : self.kind === 'method' ? self.name : self.kind === 'external' ? self.path : '';
  return SERVER_NAME.test(text) ? run.anonymousServer : undefined;
}

/** `FastMCP(tools=[…])`, `Server(on_list_tools=…)`. */
export function takeConstructor(server: ServerValue, given: Arguments, run: Run, place: Place): ServerValue {
  const tools = given.named.get('tools');
  for (const tool of tools ? iterated(tools, run).items : [])
    addTool(server, { args: [tool], named: new Map(), isWhole: true }, run, place);
  const handler = given.named.get('on_list_tools');
  if (handler) server.handlers.push(handler);
  return server;
}

export function callServerMethod(server: ServerValue, name: string, given: Arguments, run: Run, place: Place): Value {
  const [first = UNKNOWN] = given.args;
  switch (name) {
    case 'tool': {
      if (first.kind !== 'function') return { kind: 'decorator', server, of: 'tool', given };
      addFunction(server, first, { ...given, args: given.args.slice(1) }, run, place);
      return first;
    }
    case 'add_tool':
    case 'register_tool':
      addTool(server, given, run, place);
      return first;
    case 'list_tools':
      if (first.kind === 'function') server.handlers.push(first);
      return { kind: 'decorator', server, of: 'list', given };
    case 'mount':
    case 'import_server':
      mount(server, given);
      return UNKNOWN;
    case 'add_request_handler': {
      const handler = given.args.find(({ kind }) => kind === 'function');
      if (textOfValue(first) === 'tools/list' && handler) server.handlers.push(handler);
      return UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

/** @returns What the decorated name is bound to. */
export function applyDecorator(decorator: Extract<Value, { kind: 'decorator' }>, target: Value | undefined, run: Run): Value {
  if (target?.kind !== 'function') return target ?? UNKNOWN;
  if (decorator.of === 'list') decorator.server.handlers.push(target);
  else addFunction(decorator.server, target, decorator.given, run);
  return target;
}

function addTool(server: ServerValue, given: Arguments, run: Run, place: Place): void {
  const [first = given.named.get('fn') ?? given.named.get('tool') ?? UNKNOWN, ...rest] = given.args;
  if (first.kind === 'function') {
    addFunction(server, first, { ...given, args: rest }, run, place);
    return;
  }
  if (first.kind === 'made' && /\.from_function$/.test(first.path)) {
    const [fn = first.given.named.get('fn') ?? UNKNOWN, ...others] = first.given.args;
    if (fn.kind === 'function') addFunction(server, fn, { ...first.given, args: others }, run, first.place);
    return;
  }
  const definition = definitionOf(first, run);
  if (definition) run.register(server, { definition, ...(first.kind === 'made' ? first.place : place) });
  else run.unnamedTools += 1;
}

function addFunction(server: ServerValue, fn: FunctionValue, given: Arguments, run: Run, place?: Place): void {
  run.called.add(keyOf(fn.scope.file.path, fn.node));
  const definition = definitionOfFunction(fn, given, run);
  if (definition) run.register(server, { definition, ...(place ?? placeOf(fn)) });
  else run.unnamedTools += 1;
}

function placeOf({ node, scope }: FunctionValue): Place {
  return { file: scope.file.path, line: lineOf(scope.file, node) };
}

/** The prefix stands first in older releases, and has had two names since. */
function mount(server: ServerValue, { args, named }: Arguments): void {
  const sub = [...args, named.get('server')].find((arg) => arg?.kind === 'server' || (arg?.kind === 'instance' && arg.server));
  const inner = sub?.kind === 'instance' ? sub.server : sub?.kind === 'server' ? sub : undefined;
  if (!inner || inner === server) return;
  const given = args.find((arg) => arg !== sub) ?? named.get('prefix') ?? named.get('namespace');
  const isNone = !given || (given.kind === 'const' && given.value === null);
  server.mounts.push({ server: inner, prefix: isNone ? '' : textOfValue(given) });
}

const MAX_MOUNTED = 20_000;

/** What each server lists, once that is known. */
export type Listings = Map<ServerValue, Registration[]>;

/** Tools that a server lists, those of what is mounted in it with their prefixes. A server that is mounted in itself adds nothing. */
export function listedBy(server: ServerValue, run: Run, known: Listings): Registration[] {
  const before = known.get(server);
  if (before) return before;
  known.set(server, []);
  const listed = [...server.tools];
  for (const { server: inner, prefix } of server.mounts) {
    const tools = listedBy(inner, run, known);
    if (prefix === undefined) run.unnamedTools += tools.length;
    else if (listed.length + tools.length <= MAX_MOUNTED) listed.push(...tools.map((tool) => prefixed(tool, prefix)));
  }
  const named = listed.filter(({ definition }) => isToolName(definition.name));
  known.set(server, named);
  return named;
}

function prefixed(tool: Registration, prefix: string): Registration {
  const { definition } = tool;
  return prefix === '' ? tool : { ...tool, definition: { ...definition, name: `${prefix}_${definition.name}` } };
}
