import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Frame, Framer } from '../../src/connect/frames.ts';

const LIMITS = { maxFrameBytes: 1_000, maxSessionBytes: 5_000 };
const message = (text: string) => ({ kind: 'message', text });
const noise = (text: string) => ({ kind: 'noise', text });

describe('one line', () => {
  it.each([
    ['a message', '{"jsonrpc":"2.0","id":1}\n', [message('{"jsonrpc":"2.0","id":1}')]],
    ['Windows line ends', '{"jsonrpc":"2.0"}\r\n', [message('{"jsonrpc":"2.0"}')]],
    ['a byte order mark', '\uFEFF{"jsonrpc":"2.0"}\n', [message('{"jsonrpc":"2.0"}')]],
    ['white space before it', '  {"jsonrpc":"2.0"}\n', [message('  {"jsonrpc":"2.0"}')]],
    ['white space after it', '{"jsonrpc":"2.0"} \t\r\n', [message('{"jsonrpc":"2.0"} \t')]],
    ['empty lines', '\n\r\n\n', []],
    ['a banner', 'Hello!\n', [noise('Hello!')]],
    ['JSON that is not JSON-RPC', '{"level":30}\n', [noise('{"level":30}')]],
    ['half a message', '{"jsonrpc":"2.0",\n', [noise('{"jsonrpc":"2.0",')]],
    ['an array', '[{"jsonrpc":"2.0"}]\n', [noise('[{"jsonrpc":"2.0"}]')]],
    ['another version', '{"jsonrpc":"1.0"}\n', [noise('{"jsonrpc":"1.0"}')]],
    ['no line end yet', '{"jsonrpc":"2.0"}', []],
  ])('%s', (_, input, expected) => {
    expect(new Framer(LIMITS).push(Buffer.from(input)).map(shown)).toEqual(expected);
  });

  it('keeps at most 4 kB of noise', () => {
    const [frame] = new Framer({ maxFrameBytes: 1e6, maxSessionBytes: 1e6 }).push(Buffer.from(`${'x'.repeat(10_000)}\n`));
    expect(frame).toEqual(noise('x'.repeat(4_096)));
  });

  it('is read at the end of the stream without a line end', () => {
    const framer = new Framer(LIMITS);
    framer.push(Buffer.from('{"jsonrpc":"2.0"}'));
    expect(framer.end().map(shown)).toEqual([message('{"jsonrpc":"2.0"}')]);
    expect(framer.end()).toEqual([]);
  });
});

describe('limits', () => {
  it.each([
    ['exactly a frame', `${'x'.repeat(1_000)}\n`, undefined],
    ['one byte more', 'x'.repeat(1_001), 'frame-too-big'],
    ['exactly a session', 'xxxx\n'.repeat(1_000), undefined],
    ['one byte more in many frames', `${'xxxx\n'.repeat(1_000)}x`, 'session-too-big'],
  ])('%s', (_, input, overflow) => {
    const framer = new Framer(LIMITS);
    framer.push(Buffer.from(input));
    expect(framer.overflow).toBe(overflow);
  });

  const ROOMY = { maxFrameBytes: 2 ** 23, maxSessionBytes: 2 ** 25 };

  it.each([
    ['lines', 'x\n', 20_000],
    ['openings of an object', '{\n', 20_000],
    ['objects', '{}\n', 20_000],
    ['empty lines', '\n', 20_000],
    ['bytes', `${'x'.repeat(2 ** 19)}\n`, 8],
  ])('noise ends the session: %s', (_, line, most) => {
    const framer = new Framer(ROOMY);
    framer.push(Buffer.from(line.repeat(most)));
    expect(framer.overflow).toBeUndefined();
    expect(framer.end()).toEqual([]);
    expect(framer.overflow).toBeUndefined();
    framer.push(Buffer.from(line.repeat(10)));
    expect(framer.overflow).toBe('session-too-big');
    expect(framer.push(Buffer.from('{"jsonrpc":"2.0"}\n'))).toEqual([]);
  });

  it('messages are no noise', () => {
    const framer = new Framer(ROOMY);
    expect(framer.push(Buffer.from('{"jsonrpc":"2.0"}\n'.repeat(20_010)))).toHaveLength(20_010);
    expect(framer.overflow).toBeUndefined();
  });

  it.each(['{', '{ "a": [', ' {"a":1', '}'])('a line that cannot be an object is not parsed: %s', (line) => {
    const parse = vi.spyOn(JSON, 'parse');
    new Framer(LIMITS).push(Buffer.from(`${line}\n`));
    const calls = parse.mock.calls.length;
    parse.mockRestore();
    expect(calls).toBe(0);
  });

  it('what came before the limit is kept, what comes after it is not read', () => {
    const framer = new Framer(LIMITS);
    expect(framer.push(Buffer.from(`{"jsonrpc":"2.0"}\n${'x'.repeat(2_000)}\n{"jsonrpc":"2.0"}\n`))).toHaveLength(1);
    expect(framer.push(Buffer.from('{"jsonrpc":"2.0"}\n'))).toEqual([]);
    expect(framer.end()).toEqual([]);
  });
});

describe('whatever the bytes are', () => {
  const anyLine = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.json({ maxDepth: 2 }).map((text) => Buffer.from(text)),
    fc.jsonValue({ maxDepth: 2 }).map((params) => Buffer.from(JSON.stringify({ jsonrpc: '2.0', params }))),
  );
  const anyBytes = fc.array(anyLine, { maxLength: 30 }).map((lines) => Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])));

  it('any chunking gives the same frames and the same overflow', () => {
    fc.assert(
      fc.property(anyBytes, fc.array(fc.nat(3_000)), fc.integer({ min: 10, max: 200 }), (bytes, cuts, maxFrameBytes) => {
        const limits = { maxFrameBytes, maxSessionBytes: 800 };
        expect(readInChunks(bytes, cuts, limits)).toEqual(readInChunks(bytes, [], limits));
      }),
      { numRuns: 500 },
    );
  });
});

function readInChunks(bytes: Buffer, cuts: readonly number[], limits: typeof LIMITS) {
  const framer = new Framer(limits);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  let start = 0;
  const frames: Frame[] = [];
  for (const end of ends) {
    frames.push(...framer.push(bytes.subarray(start, end)));
    start = end;
  }
  return { frames: [...frames, ...framer.end()], overflow: framer.overflow };
}

function shown({ kind, text }: Frame) {
  return { kind, text };
}
