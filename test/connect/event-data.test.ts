import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventReader } from '../../src/connect/remote/event-data.ts';

function read(...chunks: string[]): string[] {
  const reader = new EventReader(1_000);
  return chunks.flatMap((chunk) => reader.push(chunk));
}

describe('messages of an event stream', () => {
  it.each([
    ['one', 'data: {"a":1}\n\n', ['{"a":1}']],
    ['two', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['one of several lines', 'data: {\ndata:   "a":1\ndata: }\n\n', ['{\n  "a":1\n}']],
    ['named as such', 'event: message\ndata: a\n\n', ['a']],
    ['after another event', 'event: endpoint\ndata: /messages\n\ndata: a\n\n', ['a']],
    ['without a space', 'data:a\n\n', ['a']],
    ['with a space of its own', 'data:  a\n\n', [' a']],
    ['empty', 'data\n\n', ['']],
    ['none, for want of a line', 'data: a\n', []],
    ['none, for want of data', 'event: message\nid: 1\n\n: comment\n\nretry: 10\n\n', []],
    ['with carriage returns', 'data: a\r\n\r\ndata: b\r\rdata: c\n\r\n', ['a', 'b', 'c']],
    ['with a byte order mark', '\uFEFFdata: a\n\n\uFEFFdata: b\n\n', ['a']],
    ['with fields that nobody knows', 'Data: a\n data: b\ndata: c\ndatas: d\n\n', ['c']],
  ])('%s', (_, text, messages) => {
    expect(read(text)).toStrictEqual(messages);
  });

  it('are the same however the stream is cut', () => {
    const pieces = fc.constantFrom('data: a', 'data:', 'event: x', 'id: 1', ': c', '\n', '\r', '\r\n', '\n\n', '\uFEFF', 'ü');
    const streams = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(fc.property(streams, (text) => void expect(read(...text.split(''))).toStrictEqual(read(text))));
  });
});

describe('an event that is too long', () => {
  it.each([
    ['in one line', ['data: ', 'x'.repeat(600), 'x'.repeat(600)]],
    ['in many lines', Array.from({ length: 40 }, () => `data: ${'x'.repeat(30)}\n`)],
    ['and complete', [`data: ${'x'.repeat(1_001)}\n\n`]],
  ])('%s is noticed', (_, chunks) => {
    const reader = new EventReader(1_000);
    expect(chunks.flatMap((chunk) => reader.push(chunk))).toStrictEqual([]);
    expect(reader.isTooLong).toBe(true);
  });

  it('many short ones are not', () => {
    const reader = new EventReader(1_000);
    for (let round = 0; round < 100; round += 1) reader.push(`data: ${'x'.repeat(900)}\n\n`);
    expect(reader.isTooLong).toBe(false);
  });
});

it.each([
  ['events', 'data: a\n\n'],
  ['empty ones', '\n'],
  ['comments', ': a\n'],
  ['fields', 'id: 1\n'],
])('too many %s are noticed', (_, piece) => {
  const reader = new EventReader(1_000);
  reader.push(piece.repeat(20_000));
  expect(reader.areTooMany).toBe(false);
  reader.push(piece);
  expect(reader.areTooMany).toBe(true);
  expect(reader.push('data: b\n\n')).toStrictEqual([]);
});

it('an id is noticed', () => {
  const reader = new EventReader(1_000);
  reader.push('data: a\n\n');
  expect(reader.hasId).toBe(false);
  reader.push('id: 1\n');
  expect(reader.hasId).toBe(true);
});
