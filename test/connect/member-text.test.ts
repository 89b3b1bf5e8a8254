import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementTexts, memberText } from '../../src/connect/member-text.ts';

it.each([
  ['{"result":{"tools":[]}}', '{"tools":[]}'],
  ['{"id":1,"result" : {"a": 1.0 , "b":"\\u0041"} }', '{"a": 1.0 , "b":"\\u0041"}'],
  ['{"result":"a \\" } \\\\","id":2}', '"a \\" } \\\\"'],
  ['{"result":12e400}', '12e400'],
  ['{"result":null,"id":1}', 'null'],
  ['{"id":{"result":1},"result":[{"result":2}]}', '[{"result":2}]'],
  ['{"result":1,"result":2}', '2'],
  ['{"\\u0072esult":3}', '3'],
  [' \t{ "result" :\n[ ] }', '[ ]'],
])('%s', (json, text) => {
  expect(memberText(json, 'result')).toBe(text);
});

it('is the value as JSON.parse reads it, wherever it stands', () => {
  const members = fc.array(fc.tuple(fc.string(), fc.jsonValue()), { maxLength: 4 });
  fc.assert(
    fc.property(members, fc.jsonValue(), members, fc.integer({ min: 0, max: 3 }), (before, value, after, indent) => {
      const others = after.filter(([key]) => key !== 'result');
      const json = JSON.stringify(Object.fromEntries([...before, ['result', value], ...others]), null, indent);
      expect(JSON.parse(memberText(json, 'result'))).toEqual(JSON.parse(json).result);
    }),
  );
});

it('takes a million levels', () => {
  const deep = `${'['.repeat(1e6)}${']'.repeat(1e6)}`;
  expect(memberText(`{"result":${deep},"id":1}`, 'result')).toHaveLength(deep.length);
});

it('throws for a member that is not there', () => {
  expect(() => memberText('{"id":1}', 'result')).toThrow('no member result');
});

describe('the elements of an array', () => {
  it.each([
    ['[]', []],
    [' [ 1 ]', ['1']],
    ['[{"a":[1,"]"]} , [2], "x,\\"]" ,-1.50e3,null]', ['{"a":[1,"]"]}', '[2]', '"x,\\"]"', '-1.50e3', 'null']],
  ])('%s', (json, elements) => {
    expect(elementTexts(json, 10)).toStrictEqual(elements);
  });

  it('are no more than wanted', () => {
    expect(elementTexts('[1,2,3]', 2)).toStrictEqual(['1', '2']);
  });

  it('are what JSON.parse sees', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 10 }), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        expect(elementTexts(JSON.stringify(value, null, space), 10).map((text) => JSON.parse(text))).toStrictEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
    );
  });
});
