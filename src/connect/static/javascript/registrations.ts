import type { ToolDefinition } from '../../../model/tool.ts';
import type { Interpreter } from './interpreter.ts';
import { readMember } from './members.ts';
import { Schema } from './schema.ts';
import { methodLiteral } from './schema-methods.ts';
import { definitionOf, hasHandler, isToolName, isToolShaped, memberOf, namedTools, toolOfParts, toolsIn } from './tool-shapes.ts';
import { Arr, chainOf, Fn, nativeFn, Obj, ownValue, type Place, UNKNOWN, Unknown, type Value } from './values.ts';

export interface Registered {
  readonly definition: ToolDefinition;
  readonly at: Place;
  /** Whether the function that registers it may have returned before, on a condition that only a run would decide. */
  readonly isGuarded?: boolean;
}

const ONE = /^(?:registerTool|registerAppTool|registerToolTask|addTool|tool|defineTool|register_tool|add_tool|registerMcpTool)$/;
const MANY = /^(?:registerTools|addTools|setTools|tools)$/;
const OUTSIDE_ONE = /^(?:register|add)\w{0,20}Tool$/i;
const DECORATOR = /^(?:mcp)?tool$/i;
const MAX_TOOLS = 10_000;
const MAX_CHARACTERS = 40_000_000;

/** What the program registers while it is run. */
export class Registrations {
  /** Of a server of the protocol's SDK, or of one that is not known. */
  private readonly registered: Registered[] = [];
  /** What only looks like a tool: given to a constructor, or to code of the package whose use of it could not be followed. */
  private readonly offered: Registered[] = [];
  private charactersLeft = MAX_CHARACTERS;
  private readonly doubted = new Set<string>();
  private readonly removed = new Set<string>();
  private readonly handlers: { readonly handler: Value; readonly isSure: boolean }[] = [];

  /** @returns What a registering call gives back; `undefined` for every other call, which is then run. */
  called(receiver: Value, method: string, args: readonly Value[], place: Place, run: Interpreter): Value {
    if (method === 'setRequestHandler') return this.handled(args);
    if (!ONE.test(method) && !MANY.test(method)) return undefined;
    const isServer = receiver instanceof Unknown ? receiver.kind === 'any' || receiver.kind === 'module' : isSdkServer(receiver);
    if (MANY.test(method)) {
      if (!isServer) return undefined;
      for (const tool of toolsIn(args[0])) if (isToolShaped(tool)) this.add(this.registered, tool, place);
      return undefined;
    }
    const tool = toolOfCall(method, args, place);
    if (!tool) return isSdkServer(receiver) ? UNKNOWN : undefined;
    if (isServer) return this.add(this.registered, tool, place, run.frame.possibleReturns.length > 0);
    if (receiver instanceof Obj && hasHandler(tool)) this.add(this.offered, tool, place);
    return undefined;
  }

  /** A function of another package: `registerAppTool(server, name, config, handler)`, or a decorator in compiled code. */
  calledOutside(name: string, args: readonly Value[], place: Place, run: Interpreter): Value {
    if (OUTSIDE_ONE.test(name)) {
      const start = isToolName(args[0]) || isToolShaped(args[0]) ? 0 : 1;
      const tool = toolOfCall(name, args.slice(start), place);
      if (tool) return this.add(this.registered, tool, place);
    }
    if (DECORATOR.test(name) && args.length <= 2 && !args.some((arg) => arg instanceof Fn)) this.decorated(name, args, undefined, place);
    this.offer(args, place, run);
    return undefined;
  }

  decorated(decorator: string, [first, second]: readonly Value[], methodName: string | undefined, place: Place): void {
    if (!DECORATOR.test(decorator)) return;
    const config = first instanceof Obj ? first : second instanceof Obj ? second : new Obj();
    if (hasHandler(config)) return;
    const name = typeof first === 'string' ? first : (memberOf(config, 'name') ?? methodName);
    const definition = definitionOf(config, name);
    if (definition && (definition['description'] !== undefined || methodName !== undefined))
      this.keep(this.registered, { definition, at: place });
  }

  /** `new FastMCP({ tools: [ … ] })`: what a server may be made with. */
  offer(args: readonly Value[], place: Place, run: Interpreter): void {
    for (const arg of args) {
      if (!(arg instanceof Obj) || arg instanceof Fn || arg.members.has('model') || arg.members.has('messages')) continue;
      run.step();
      const given = ownValue(arg, 'tools');
      const tools = given instanceof Fn ? run.attempt(() => run.call(given, [UNKNOWN], arg), undefined) : given;
      for (const tool of namedTools(tools)) if (isToolShaped(tool) && hasHandler(tool)) this.add(this.offered, tool, tool.at ?? place);
    }
  }

  /** Tools that are put into a list on a condition that only a run would decide, such as a permission. */
  doubt(values: readonly Value[]): void {
    for (const value of values) if (isToolShaped(value)) this.doubted.add(String(memberOf(value, 'name')));
  }

  /** Something that looks like a tool and that nothing was seen to register. */
  offerTool(tool: Obj, at: Place): void {
    this.add(this.offered, tool, tool.at ?? at);
  }

  /** Asks the handlers of `tools/list`, when everything is registered that a start registers. */
  answer(run: Interpreter): void {
    for (const { handler, isSure } of this.handlers.splice(0)) {
      const result = run.attempt(() => run.call(handler, [new Unknown('any', 'request'), UNKNOWN], undefined), UNKNOWN);
      const tools = result instanceof Obj ? readMember(result, 'tools', run) : undefined;
      for (const tool of tools instanceof Arr ? toolsIn(tools) : []) {
        const isTool = memberOf(tool, 'inputSchema') !== undefined || (isSure && memberOf(tool, 'description') !== undefined);
        if (isTool) this.add(this.registered, tool, tool.at);
      }
    }
  }

  /** What is registered; of what a permission may hide, only if there is nothing else; and only if that is nothing, what looks like tools. */
  found(): readonly Registered[] {
    const kept = this.registered.filter(({ definition }) => !this.removed.has(definition.name));
    const sure = keptIfAny(kept, ({ definition }) => !this.doubted.has(definition.name));
    return kept.length > 0 ? keptIfAny(sure, ({ isGuarded }) => !isGuarded) : this.offered;
  }

  private handled([schema, handler]: readonly Value[]): Value {
    const method = typeof schema === 'string' ? schema : schema instanceof Unknown ? schema.label : methodLiteral(schema);
    const isSure = method === 'tools/list' || method === 'ListToolsRequestSchema';
    if (isSure || method === undefined || method === '') this.handlers.push({ handler, isSure });
    return UNKNOWN;
  }

  private add(to: Registered[], tool: Obj, at: Place | undefined, isGuarded = false): Value {
    const definition = this.charactersLeft > 0 ? definitionOf(tool) : undefined;
    if (!definition) return UNKNOWN;
    this.keep(to, { definition, at: tool.at ?? at ?? { file: '', line: 1 }, isGuarded });
    const handle = new Obj();
    handle.open = true;
    for (const name of ['disable', 'remove'])
      handle.members.set(
        name,
        nativeFn(name, () => void this.removed.add(definition.name)),
      );
    handle.members.set(
      'enable',
      nativeFn('enable', () => void this.removed.delete(definition.name)),
    );
    return handle;
  }

  private keep(to: Registered[], found: Registered): void {
    this.charactersLeft -= JSON.stringify(found.definition).length;
    if (to.length < MAX_TOOLS && this.charactersLeft > 0) to.push(found);
  }
}

function keptIfAny(found: readonly Registered[], isKept: (one: Registered) => boolean): readonly Registered[] {
  const kept = found.filter(isKept);
  return kept.length > 0 ? kept : found;
}

function toolOfCall(method: string, args: readonly Value[], place: Place): Obj | undefined {
  const [first, ...rest] = args;
  if (first instanceof Obj && !(first instanceof Fn)) return isToolName(memberOf(first, 'name')) ? first : undefined;
  const describes = rest.some((arg) => arg instanceof Fn || arg instanceof Unknown || arg instanceof Schema || arg instanceof Obj);
  if (!isToolName(first) || !describes) return undefined;
  return method === 'tool' && !rest.some((arg) => arg instanceof Fn || arg instanceof Unknown) ? undefined : toolOfParts(args, place);
}

/** The SDK's server, also inside a bundle: its private methods keep their names. */
function isSdkServer(value: Value): boolean {
  for (const holder of chainOf(value)) {
    if (holder.members.has('setToolRequestHandlers')) return true;
  }
  return false;
}
