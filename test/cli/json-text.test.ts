import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../src/cli/json-text.ts';

describe('jsonText', () => {
  it('escapes what a terminal acts on or a reader cannot see', () => {
    expect(jsonText('a\u009b2J\u202e\u200b\u{e0041}\u007f\u2028')).toBe('"a\\u009b2J\\u202e\\u200b\\udb40\\udc41\\u007f\\u2028"');
  });

  it('leaves other languages readable', () => {
    expect(jsonText({ é: 'größer 日本 🙂' })).toBe('{"é":"größer 日本 🙂"}');
  });

  it('parses to the same value, and holds nothing unsafe', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3, key: fc.string({ unit: 'binary' }), values: [fc.string({ unit: 'binary' })] }), (value) => {
        fc.pre(JSON.stringify(value) !== undefined);
        expect(JSON.parse(jsonText(value, 2))).toStrictEqual(JSON.parse(JSON.stringify(value)));
        expect(jsonText(value)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
