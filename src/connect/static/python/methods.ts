import { iterated } from './iteration.ts';
import { keyText } from './key-text.ts';
import { modelSchema } from './model-schema.ts';
import type { Run } from './run.ts';
import {
  type Arguments,
  constant,
  type DictValue,
  joinedText,
  type ListValue,
  list,
  MAX_ITEMS,
  NONE,
  textOfValue,
  UNKNOWN,
  type Value,
} from './value.ts';

/** What a method of a text, a list, a dict or a class gives. */
export function callMethod(self: Value, name: string, given: Arguments, run: Run): Value {
  switch (self.kind) {
    case 'const':
      return typeof self.value === 'string' ? ofText(self.value, name, given, run) : UNKNOWN;
    case 'list':
      return ofList(self, name, given, run);
    case 'dict':
      return ofDict(self, name, given);
    case 'class':
      if (name === 'model_json_schema' || name === 'schema') return modelSchema(self, run);
      return name === '__subclasses__' ? list(run.classes.filter(({ bases }) => bases.includes(self))) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function ofText(text: string, name: string, { args, named }: Arguments, run: Run): Value {
  const [first = UNKNOWN, second = UNKNOWN] = args.map((arg) => textOfValue(arg));
  switch (name) {
    case 'strip':
      return args.length === 0 ? constant(text.trim()) : UNKNOWN;
    case 'lower':
      return constant(text.toLowerCase());
    case 'upper':
      return constant(text.toUpperCase());
    case 'replace':
      return typeof first === 'string' && typeof second === 'string' && first !== '' && text.length * (second.length + 1) < 4_000_000
        ? joinedText(text.replaceAll(first, () => second))
        : UNKNOWN;
    case 'split':
      return typeof first === 'string' && first !== '' ? list(text.split(first, MAX_ITEMS).map(constant)) : UNKNOWN;
    case 'join': {
      const texts = args[0] ? iterated(args[0], run) : list([], false);
      const parts = texts.items.map((item) => textOfValue(item));
      return texts.isWhole && !parts.includes(undefined) ? joinedText(parts.join(text)) : UNKNOWN;
    }
    case 'format':
      return formattedWith(text, { args, named, isWhole: true });
    default:
      return UNKNOWN;
  }
}

function formattedWith(text: string, { args, named }: Arguments): Value {
  let next = 0;
  let isKnown = true;
  const made = text.replace(/\{\{|\}\}|\{([a-z_0-9]{0,60})\}/gi, (whole, name?: string) => {
    if (name === undefined) return whole.slice(1);
    const value = textOfValue(name === '' ? args[next++] : /^\d+$/.test(name) ? args[Number(name)] : named.get(name));
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown ? joinedText(made) : UNKNOWN;
}

function ofList(self: ListValue, name: string, { args }: Arguments, run: Run): Value {
  const [first = UNKNOWN, second = UNKNOWN] = args;
  const room = Math.max(0, MAX_ITEMS - self.items.length);
  switch (name) {
    case 'append':
    case 'add':
      if (room > 0) self.items.push(first);
      return NONE;
    case 'insert':
      if (room > 0) self.items.push(second);
      return NONE;
    case 'extend':
    case 'update':
      self.items.push(...iterated(first, run).items.slice(0, room));
      return NONE;
    case 'copy':
      return list([...self.items], self.isWhole);
    default:
      return UNKNOWN;
  }
}

function ofDict(self: DictValue, name: string, { args, named }: Arguments): Value {
  const [first = UNKNOWN, second = NONE] = args;
  switch (name) {
    case 'values':
      return list([...self.entries.values()], self.isWhole);
    case 'keys':
      return list([...self.entries.keys()].map(constant), self.isWhole);
    case 'items':
      return list(
        [...self.entries].map(([key, value]) => list([constant(key), value])),
        self.isWhole,
      );
    case 'get':
    case 'pop':
    case 'setdefault': {
      const key = keyText(first);
      const found = key === undefined ? UNKNOWN : (self.entries.get(key) ?? (self.isWhole ? second : UNKNOWN));
      if (name === 'setdefault' && key !== undefined && !self.entries.has(key)) self.entries.set(key, second);
      return found;
    }
    case 'update':
      for (const [key, value] of first.kind === 'dict' ? first.entries : []) self.entries.set(key, value);
      for (const [key, value] of named) self.entries.set(key, value);
      return NONE;
    case 'copy':
      return { kind: 'dict', entries: new Map(self.entries), isWhole: self.isWhole };
    default:
      return UNKNOWN;
  }
}
