import type { Interpreter } from './interpreter.ts';
import { iterated } from './iteration.ts';
import { jsonValueOf } from './json-values.ts';
import { readMember } from './members.ts';
import { Schema } from './schema.ts';
import { builtSchema, enumSchema, literalSchema, nullable, objectSchema, schemaOf } from './schema-builders.ts';
import { Fn, type Obj, ownValue, type Value } from './values.ts';

const NAMESPACE_NAMES = ['string', 'number', 'object', 'array', 'boolean'];

/** Zod inside a bundle, where it is an object of functions. */
export function isZodNamespace(value: Obj): boolean {
  return NAMESPACE_NAMES.every((name) => value.members.has(name)) && (value.members.has('optional') || value.members.has('ZodString'));
}

export function isSchemaConverter(name: string): boolean {
  return /^\w{0,40}(?:to|as)_?json_?schema\w{0,20}$/i.test(name) || /^(?:json|zod)_?schema$/i.test(name);
}

/** Zod 4 makes its classes by `$constructor('ZodString', …)`: in a bundle the name is all that is left of them. */
export function classOfZod([name, initializer]: readonly Value[]): Fn | undefined {
  if (typeof name !== 'string' || !/^\$?Zod(?:Mini)?[A-Z]\w{0,40}$/.test(name) || !(initializer instanceof Fn)) return undefined;
  const made = new Fn();
  made.name = name;
  made.construct = () => new Schema();
  return made;
}

/** What `new ZodString({ … })` inside a bundled zod makes; `undefined` for what is no schema of zod. */
export function schemaOfDefinition(callee: Fn, definition: Value, run: Interpreter): Schema | undefined {
  const typeName = ownValue(definition, 'typeName');
  if (typeof typeName === 'string' && typeName.startsWith('Zod')) return fromDefinition(typeName.slice(3), definition as Obj, run);
  const type = ownValue(definition, 'type');
  const isClass = callee.construct !== undefined && callee.node === undefined && /^\$?Zod/.test(callee.name);
  return isClass && typeof type === 'string' ? fromDefinition(type, definition as Obj, run) : undefined;
}

function fromDefinition(type: string, definition: Obj, run: Interpreter): Schema {
  const read = (name: string) => readMember(definition, name, run);
  const made = shapeOf(type.toLowerCase(), read, run);
  const description = ownValue(definition, 'description');
  return typeof description === 'string' ? made.withKeywords({ description }) : made;
}

function shapeOf(type: string, read: (name: string) => Value, run: Interpreter): Schema {
  const inner = () => schemaOf(read('innerType'));
  switch (type) {
    case 'object':
      return objectSchema(read('shape'), run);
    case 'array':
      return new Schema({
        keywords: { type: 'array' },
        items: schemaOf(read('element') instanceof Schema ? read('element') : read('type')),
      });
    case 'optional':
      return inner().with({ isOptional: true });
    case 'nullable':
      return nullable(inner());
    case 'default':
    case 'prefault':
      return withDefault(inner(), read('defaultValue'), run);
    case 'catch':
      return inner().with({ isOptional: true });
    case 'readonly':
    case 'branded':
      return read('innerType') instanceof Schema ? inner() : schemaOf(read('type'));
    case 'effects':
      return schemaOf(read('schema'));
    case 'pipe':
    case 'pipeline':
      return schemaOf(read('in'));
    case 'enum':
    case 'nativeenum':
      return enumSchema(read('values') ?? read('entries'), run);
    case 'literal':
      return literalOf(read, run);
    case 'union':
    case 'discriminatedunion':
      return new Schema({ anyOf: iterated(read('options'), run).map(schemaOf) });
    case 'intersection':
      return new Schema({ allOf: [schemaOf(read('left')), schemaOf(read('right'))] });
    case 'record':
      return new Schema({ keywords: { type: 'object' }, values: schemaOf(read('valueType')) });
    default:
      return builtSchema(type, [], run) ?? new Schema();
  }
}

function literalOf(read: (name: string) => Value, run: Interpreter): Schema {
  const values = read('values');
  if (values === undefined) return literalSchema(read('value'));
  const items = iterated(values, run);
  return literalSchema(items.length === 1 ? items[0] : values);
}

function withDefault(schema: Schema, given: Value, run: Interpreter): Schema {
  const value = jsonValueOf(given instanceof Fn ? run.attempt(() => run.call(given, [], undefined), undefined) : given);
  return (value === undefined ? schema : schema.withKeywords({ default: value })).with({ isOptional: true });
}
