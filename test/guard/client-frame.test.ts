import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClientFrame } from '../../src/guard/client-frame.ts';
import { arrayAt, partsOf } from '../../src/guard/json-parts.ts';
import { Lines } from '../../src/guard/lines.ts';

const CALL = '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}';

describe('what is read of a client', () => {
  it.each([
    ['a call', CALL],
    ['white space and other keys', ` {"jsonrpc":"2.0", "id":"x", "method":"x/y", "params":{"Name":1}, "extra":[] } `],
    ['an escaped method', CALL.replace('tools/call', String.raw`\u0074ools\/call`)],
    ['an answer', '{"jsonrpc":"2.0","id":"a","result":{}}'],
    ['a carriage return before the line feed', `${CALL}\r`],
  ])('%s', (_, text) => {
    const frame = readClientFrame(Buffer.from(`${text}\n`));
    expect(frame).toMatchObject({ kind: 'messages', messages: [{ text: text.replace(/\r$/, '') }] });
  });

  it('a batch is read message by message, each as it was written', () => {
    const frame = readClientFrame(Buffer.from(`[ ${CALL} , {"jsonrpc":"2.0","method":"x","params":{"big":12345678901234567890}}]\n`));
    expect(frame).toMatchObject({
      messages: [{ text: CALL }, { text: '{"jsonrpc":"2.0","method":"x","params":{"big":12345678901234567890}}' }],
    });
  });
});

describe('what another reader could take for something else is not passed on', () => {
  it.each([
    ['no JSON', '{"jsonrpc":'],
    ['two messages in a line', `${CALL}${CALL}`],
    ['a method twice', '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"a"}}'],
    ['a method twice, once escaped', String.raw`{"jsonrpc":"2.0","id":1,"method":"ping","m\u0065thod":"tools/call"}`],
    ['a name twice', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}'],
    ['a key in another case', '{"jsonrpc":"2.0","id":1,"Method":"tools/call","params":{"name":"b"}}'],
    ['a key with a long s', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"},"paramſ":{"name":"b"}}'],
    ['a name in another case', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","NAME":"b"}}'],
    ['a method in another case', CALL.replace('tools/call', 'Tools/Call')],
    ['a method with a NUL', CALL.replace('tools/call', String.raw`tools/call\u0000`)],
    ['a method with a space', CALL.replace('tools/call', 'tools/call ')],
    ['a method that is no text', CALL.replace('"tools/call"', '["tools/call"]')],
    ['a batch in a batch', `[[${CALL}]]`],
    ['an empty batch', '[]'],
    ['a text', '"tools/call"'],
    ['a bare carriage return', `{"jsonrpc":"2.0","method":"x","params":{"a":\r${CALL}\r}}`],
    ['a byte order mark', `\uFEFF${CALL}`],
    ['a request that is an answer', '{"jsonrpc":"2.0","id":1,"method":"tools/call","result":{}}'],
    ['an id that is rounded', CALL.replace('"id":1', '"id":12345678901234567890')],
    ['an id that is an object', CALL.replace('"id":1', '"id":{}')],
    ['65 levels', `{"jsonrpc":"2.0","method":"x","params":${'['.repeat(64)}${']'.repeat(64)}}`],
  ])('%s', (_, text) => {
    expect(readClientFrame(Buffer.from(`${text}\n`))).toMatchObject({ kind: 'unreadable' });
  });

  it('bytes that are no UTF-8', () => {
    expect(readClientFrame(Buffer.from('{"jsonrpc":"2.0","method":"\xff"}\n', 'latin1'))).toMatchObject({ kind: 'unreadable' });
  });
});

describe('parts of a JSON text', () => {
  const anySpace = fc.constantFrom('', ' ', '\n', '\t ');

  it('are what JSON.parse finds, whatever stands there', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), anySpace, (values, space) => {
        const text = `${space}[${values.map((value) => space + JSON.stringify(value, null, 1) + space).join(',')}]`;
        expect(partsOf(text).map(({ from, to }) => JSON.parse(text.slice(from, to)))).toStrictEqual(JSON.parse(text));
      }),
    );
  });

  it('of an object have its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        const members = partsOf(text).map(({ key, from, to }) => [key, JSON.parse(text.slice(from, to))]);
        expect(members).toStrictEqual(Object.entries(JSON.parse(text)));
      }),
    );
  });

  it('are found down a path', () => {
    const text = '{"a":"[","result":{"x":[9],"tools":[1, [2]]}}';
    expect(arrayAt(text, ['result', 'tools'])?.parts.map(({ from, to }) => text.slice(from, to))).toStrictEqual(['1', '[2]']);
    expect(arrayAt(text, ['result', 'none'])).toBeUndefined();
    expect(arrayAt(text, ['a'])).toBeUndefined();
  });
});

describe('lines', () => {
  it('are the same however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n')), fc.nat(3), (parts, size) => {
        const bytes = Buffer.from(parts.join(''));
        const lines = new Lines(() => expect.unreachable());
        const found: Buffer[] = [];
        for (let at = 0; at < bytes.length; at += size + 1) found.push(...lines.push(bytes.subarray(at, at + size + 1)));
        found.push(...lines.end());
        expect(Buffer.concat(found).equals(bytes)).toBe(true);
        expect(found.slice(0, -1).every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
      }),
    );
  });

  it('that are too long are left out and told once, and the next is read', () => {
    let told = 0;
    const lines = new Lines(() => {
      told += 1;
    }, 4);
    const found = ['abc\n', 'abcd\n', 'abc', 'defgh', 'ijk\nab', 'c\n'].flatMap((chunk) => lines.push(Buffer.from(chunk)).map(String));
    expect(found).toStrictEqual(['abc\n', 'abc\n']);
    expect(told).toBe(2);
  });
});
