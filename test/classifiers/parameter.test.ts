import { describe, expect, it } from 'vitest';
import { parameterPath, parametersOf } from '../../classifiers/parameter.ts';
import type { JsonObject } from '../../src/model/json.ts';

function pathsOf(schema: JsonObject): string[] {
  return parametersOf(schema).map(({ at }) => parameterPath(at));
}

const text = { type: 'string' } as const;

describe('parametersOf', () => {
  it.each<[string, JsonObject, string[]]>([
    ['nested objects', { properties: { a: { properties: { b: text } } } }, ['a', 'a.b']],
    ['items', { properties: { a: { type: 'array', items: { properties: { b: text } } } } }, ['a', 'a[].b']],
    ['variants', { anyOf: [{ properties: { a: text } }, { properties: { b: text } }] }, ['a', 'b']],
    ['names that need escaping', { properties: { 'a/b~c': text } }, ['a/b~c']],
    ['a property called __proto__', JSON.parse('{"properties":{"__proto__":{"type":"string"}}}'), ['__proto__']],
    ['properties of a wrong type', { properties: 7, anyOf: 'x', items: null }, []],
    ['a property that is no schema', { properties: { a: true, b: null } }, ['a', 'b']],
  ])('lists %s', (_what, schema, paths) => {
    expect(pathsOf(schema)).toEqual(paths);
  });

  it('follows a local reference once, however often it is used', () => {
    const used = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`p${index}`, { $ref: '#/$defs/shared' }]));
    const shared = { properties: { inner: text, again: { $ref: '#/$defs/shared' } } };
    expect(parametersOf({ properties: used, $defs: { shared } })).toHaveLength(52);
  });

  it('does not expand references that double at every step', () => {
    const defs: Record<string, JsonObject> = {};
    for (let step = 0; step < 60; step++) {
      const next = { $ref: `#/$defs/d${step + 1}` };
      defs[`d${step}`] = { properties: { left: next, right: next } };
    }
    expect(parametersOf({ $ref: '#/$defs/d0', $defs: defs }).length).toBeLessThanOrEqual(120);
  });

  it('ends on an object that contains itself', () => {
    const schema: { properties: Record<string, unknown> } = { properties: {} };
    schema.properties['self'] = schema;
    expect(pathsOf(schema as unknown as JsonObject)).toEqual(['self']);
  });

  it('takes no inherited property for the target of a reference', () => {
    expect(pathsOf({ $ref: '#/constructor/prototype', properties: { a: text } })).toEqual(['a']);
  });

  it('reads types and choices of variants', () => {
    const [parameter] = parametersOf({ properties: { a: { anyOf: [{ enum: ['x', 'y'] }, { const: 'z' }, { type: 'null' }] } } });
    expect(parameter).toMatchObject({ choices: ['x', 'y', 'z'], types: ['null'] });
  });
});
