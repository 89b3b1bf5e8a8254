import { type Scope, UNKNOWN, type Value } from './value.ts';

/** What a name is where it stands; one that nothing binds is Python's own. */
export function lookUp(name: string, scope: Scope): Value {
  let isOwn = true;
  for (let current: Scope | undefined = scope; current; current = current.parent) {
    const value = current.isClass && !isOwn ? undefined : current.names.get(name);
    isOwn = false;
    if (value) return value.kind === 'unknown' && value.text === '' ? { kind: 'unknown', text: name } : value;
  }
  if (TYPING.has(name)) return { kind: 'external', path: `typing.${name}` };
  return BUILTINS.has(name) ? { kind: 'external', path: `builtins.${name}` } : { ...UNKNOWN, kind: 'unknown', text: name };
}

export function bind(name: string, value: Value, scope: Scope): void {
  let target = scope;
  if (scope.globals?.has(name)) while (target.parent) target = target.parent;
  target.names.set(name, value);
}

/** Also where they come from a `*`, which says no names. */
const TYPING = new Set('Any Optional Union List Dict Tuple Set Sequence Iterable Mapping Literal Annotated'.split(' '));
const BUILTINS = new Set(
  'str int float bool list dict tuple set frozenset bytes object type len enumerate zip sorted reversed property staticmethod classmethod super getattr setattr isinstance print range map filter any all min max iter next hasattr Exception ValueError RuntimeError NotImplementedError'.split(
    ' ',
  ),
);
