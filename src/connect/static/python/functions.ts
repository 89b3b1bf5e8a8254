import { evaluate } from './expressions.ts';
import { keyOf, type Run } from './run.ts';
import { execute } from './statements.ts';
import { bodyOf, expressionsOf, type Parameter, parametersOf } from './syntax.ts';
import {
  type Arguments,
  type ClassValue,
  type Frame,
  type FunctionValue,
  type Instance,
  list,
  merged,
  NONE,
  type Scope,
  UNKNOWN,
  type Value,
} from './value.ts';

/** What a call of one of the package's functions gives; what it does on the way is done to what it was given. */
export function callFunction(value: FunctionValue, given: Arguments, run: Run): Value {
  const frame = callWithFrame(value, given, run);
  if (frame.yields.length > 0) return list(frame.yields);
  const [first, ...rest] = frame.returns;
  return withOtherTools(rest.reduce(merged, first ?? NONE), frame.otherReturns);
}

/** A tool that is listed under a condition is still a tool. */
function withOtherTools(value: Value, others: readonly Value[]): Value {
  if (value.kind !== 'list') return value;
  const items = others.flatMap((other) => (other.kind === 'list' ? other.items : []));
  const tools = items.filter((item) => item.kind === 'made' || item.kind === 'dict');
  return tools.length > 0 ? list([...new Set([...value.items, ...tools])], value.isWhole) : value;
}

/** The same, with all that it may give back. A lambda gives its expression. */
export function callWithFrame(value: FunctionValue, given: Arguments, run: Run): Frame {
  const frame: Frame = { returns: [], otherReturns: [], yields: [], untaken: run.untaken };
  run.called.add(keyOf(value.scope.file.path, value.node));
  const { owner, self } = value;
  const scope: Scope = {
    file: value.scope.file,
    names: new Map(),
    parent: value.scope,
    frame,
    globals: new Set(),
    ...(owner && self && { method: { owner, self } }),
  };
  bindParameters(value, given, scope, run);
  run.step(() => {
    if (value.node.name === 'LambdaExpression') frame.returns.push(evaluate(expressionsOf(value.node).at(-1), scope, run));
    else execute(bodyOf(value.node), scope, run);
  }, undefined);
  if (run.isExhausted) frame.returns.push(UNKNOWN);
  return frame;
}

function bindParameters(value: FunctionValue, given: Arguments, scope: Scope, run: Run): void {
  const args = value.self ? [value.self, ...given.args] : [...given.args];
  const rest = new Map(given.named);
  for (const parameter of parametersOf(value.scope.file, value.node)) {
    const { name, star, isNamedOnly } = parameter;
    if (star === '*') scope.names.set(name, list(args.splice(0), given.isWhole));
    else if (star === '**') scope.names.set(name, { kind: 'dict', entries: rest, isWhole: given.isWhole });
    else {
      const positional = isNamedOnly ? undefined : args.shift();
      const value_ = positional ?? rest.get(name) ?? fallbackOf(parameter, given, value.scope, run);
      rest.delete(name);
      scope.names.set(name, value_);
    }
  }
}

/** A default counts only where it is sure that nothing else was given. */
function fallbackOf({ fallback, name }: Parameter, given: Arguments, scope: Scope, run: Run): Value {
  return given.isWhole && fallback ? evaluate(fallback, scope, run) : { kind: 'unknown', text: name };
}

/** A new object of one of the package's classes: its `__init__` is followed, or its fields are set as a data class's are. */
export function instantiate(of: ClassValue, given: Arguments, run: Run, server: Instance['server']): Instance {
  const instance: Instance = { kind: 'instance', of, fields: new Map(), ...(server && { server }) };
  const initializer = initializerOf(of);
  if (initializer) callFunction({ ...initializer, self: instance }, given, run);
  else setFields(instance, fieldsOf(of), given);
  return instance;
}

function initializerOf(of: ClassValue, depth = 0): FunctionValue | undefined {
  const own = of.members.get('__init__');
  if (own?.kind === 'function') return own;
  for (const base of depth < 20 ? of.bases : []) {
    const found = base.kind === 'class' ? initializerOf(base, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Of a data class or a model: those of its bases first. */
export function fieldsOf(of: ClassValue, depth = 0): ClassValue['fields'] {
  const inherited = depth < 20 ? of.bases.flatMap((base) => (base.kind === 'class' ? fieldsOf(base, depth + 1) : [])) : [];
  const byName = new Map([...inherited, ...of.fields].map((field) => [field.name, field]));
  return [...byName.values()];
}

function setFields(instance: Instance, fields: ClassValue['fields'], given: Arguments): void {
  const args = [...given.args];
  for (const { name, value } of fields) {
    const fallback = given.isWhole ? defaultOf(value) : UNKNOWN;
    instance.fields.set(name, args.shift() ?? given.named.get(name) ?? fallback ?? UNKNOWN);
  }
  for (const [name, value] of given.named) instance.fields.set(name, value);
}

/** What a field is that nothing was given for: `Field(default=1)` and `field(default_factory=list)` say it themselves. */
function defaultOf(value: Value | undefined): Value | undefined {
  if (value?.kind !== 'made' || !/(?:^|\.)[Ff]ield$/.test(value.path)) return value;
  const { args, named } = value.given;
  const factory = named.get('default_factory');
  if (factory?.kind === 'external' && factory.path === 'builtins.list') return list([]);
  return named.get('default') ?? args[0];
}
