import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/model/json.ts';
import { storableJson } from '../../src/store/storable-json.ts';

/** What PostgreSQL refuses inside a JSON string. */
const REFUSED = /\\u0000|\\ud[89a-f][0-9a-f]{2}/;

describe('storableJson', () => {
  it.each([
    ['NUL in a string', 'a\0b', 'a\uFFFDb'],
    ['a lone surrogate', 'a\ud800b', 'a\uFFFDb'],
    ['a pair of surrogates', 'a😀b', 'a😀b'],
    ['NUL in a key', { 'a\0': 1 }, { 'a\uFFFD': 1 }],
    ['keys that become equal', { 'a\0': 1, 'a\uFFFD': 2 }, { 'a\uFFFD': 2 }],
    ['a number that is not finite', JSON.parse('[1e400, -1e400, 1e308]'), [null, null, 1e308]],
    ['an absent property', { a: undefined, b: null }, { b: null }],
    ['an absent element', [undefined, 1], [null, 1]],
    ['the words JavaScript trips over', JSON.parse('{"__proto__":{"x":1},"constructor":2,"toString":3}'), undefined],
  ])('%s', (_, value, expected) => {
    expect(JSON.stringify(storableJson<unknown>(value))).toBe(JSON.stringify(expected ?? value));
  });

  it('keeps the order of keys and does not touch what it was given', () => {
    const given = Object.freeze({ zebra: Object.freeze(['x\0']), a: 1 });
    expect(JSON.stringify(storableJson(given))).toBe('{"zebra":["x\uFFFD"],"a":1}');
  });

  it('does not give a value another prototype', () => {
    const stored = storableJson(JSON.parse('{"__proto__":{"isAdmin":true}}'));
    expect(Object.getPrototypeOf(stored)).toBe(Object.prototype);
    expect(stored.isAdmin).toBeUndefined();
  });

  it('cuts nesting off where nothing real nests, however deep it goes', () => {
    const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    expect(JSON.stringify(storableJson(deep))).toBe(`${'['.repeat(512)}null${']'.repeat(512)}`);
  });

  it('is idempotent, and PostgreSQL can store what it gives', () => {
    const hostileText = fc.string({ unit: 'binary' }).map((text) => `${text}\0\ud83d`);
    const value = fc.jsonValue({ depthSize: 'small' });
    fc.assert(
      fc.property(fc.dictionary(hostileText, fc.oneof(value, hostileText, fc.double())), (given) => {
        const once = storableJson(given);
        expect(canonicalJson(storableJson(once))).toBe(canonicalJson(once));
        expect(JSON.stringify(once)).not.toMatch(REFUSED);
      }),
    );
  });
});
