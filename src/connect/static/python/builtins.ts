import { attributeOf } from './attributes.ts';
import { iterated } from './iteration.ts';
import { cleanText } from './literal.ts';
import type { Run } from './run.ts';
import { type Arguments, constant, list, NONE, textOfValue, UNKNOWN, type Value } from './value.ts';

/** What a function of Python's own gives; nothing for all others. */
export function callBuiltin(path: string, given: Arguments, run: Run): Value | undefined {
  const [first = UNKNOWN, second = UNKNOWN, third] = given.args;
  switch (path) {
    case 'builtins.list':
    case 'builtins.tuple':
    case 'builtins.set':
    case 'builtins.sorted':
    case 'builtins.iter':
      return given.args.length === 0 ? list([]) : iterated(first, run);
    case 'builtins.reversed':
      return list(iterated(first, run).items.reverse());
    case 'builtins.dict':
      return dictOf(given);
    case 'builtins.str':
      return textOfValue(first) === undefined ? UNKNOWN : constant(textOfValue(first) ?? '');
    case 'builtins.len':
      return first.kind === 'list' && first.isWhole ? constant(first.items.length) : UNKNOWN;
    case 'builtins.getattr': {
      const name = textOfValue(second);
      const found = name === undefined ? UNKNOWN : attributeOf(first, name, run, name);
      return found.kind === 'unknown' || found.kind === 'method' ? (third ?? found) : found;
    }
    case 'builtins.type':
      return first.kind === 'instance' ? first.of : UNKNOWN;
    case 'copy.deepcopy':
    case 'copy.copy':
    case 'types.MappingProxyType':
      return first;
    case 'textwrap.dedent':
    case 'inspect.cleandoc':
      return textOfValue(first) === undefined ? UNKNOWN : constant(cleanText(textOfValue(first) ?? ''));
    default:
      return path.startsWith('builtins.') ? ofSeveral(path, given, run) : undefined;
  }
}

/** What goes through several things at once. */
function ofSeveral(path: string, { args }: Arguments, run: Run): Value {
  const [first = UNKNOWN] = args;
  switch (path) {
    case 'builtins.enumerate': {
      const source = iterated(first, run);
      return list(
        source.items.map((item, index) => list([source.isWhole ? constant(index) : UNKNOWN, item])),
        source.isWhole,
      );
    }
    case 'builtins.zip': {
      const sources = args.map((arg) => iterated(arg, run));
      const length = Math.min(...sources.map(({ items }) => items.length), 5_000);
      const rows = Array.from({ length }, (_, index) => list(sources.map(({ items }) => items[index] ?? UNKNOWN)));
      return list(
        rows,
        sources.every(({ isWhole }) => isWhole),
      );
    }
    default:
      return UNKNOWN;
  }
}

function dictOf({ args: [first], named, isWhole }: Arguments): Value {
  const entries = new Map(first?.kind === 'dict' ? first.entries : []);
  for (const [name, value] of named) entries.set(name, value);
  return { kind: 'dict', entries, isWhole: isWhole && (!first || (first.kind === 'dict' && first.isWhole)) };
}

/** What the environment gives to a start without settings: the default. */
export function environmentValue(self: Value, name: string, { args, named }: Arguments): Value | undefined {
  const isEnvironment =
    self.kind === 'external' && ((self.path === 'os.environ' && name === 'get') || (self.path === 'os' && name === 'getenv'));
  return isEnvironment ? (args[1] ?? named.get('default') ?? NONE) : undefined;
}
