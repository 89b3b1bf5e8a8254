import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { ListingBuilder } from '../../src/connect/listing.ts';
import { misfitOf } from '../../src/connect/tool-size.ts';
import { isDeeperThan } from '../../src/model/json.ts';

const LIMITS = { maxPages: 4, maxTools: 2_000, maxToolBytes: 2 ** 20 };

/** `JSON.stringify` of what was judged, counted by its calls. */
function addTool(x: unknown) {
  const stringify = vi.spyOn(JSON, 'stringify');
  const builder = new ListingBuilder('npm:example', LIMITS);
  builder.addPage({ tools: [{ name: 'a', x }] }, '{}');
  const texts = stringify.mock.calls.length;
  stringify.mockRestore();
  return { codes: builder.listing.faults.map(({ code }) => code), texts };
}

it.each<[string, unknown, string[]]>([
  ['is small', { type: 'object' }, []],
  ['is one long text', 'x'.repeat(8 * 2 ** 20), ['tool-too-big']],
  ['has millions of values', new Array(2 ** 21).fill([]), ['tool-too-big']],
  ['has a million members', Object.fromEntries(Array.from({ length: 2 ** 19 }, (_, index) => [index, 0])), ['tool-too-big']],
  ['nests without end', JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)), ['tool-too-deep']],
])('no text is made of a tool that %s', (_, x, codes) => {
  expect(addTool(x)).toEqual({ codes, texts: 0 });
});

it('judges by the bytes of its text, whatever it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(400), fc.integer({ min: 1, max: 6 }), (value, maxBytes, maxDepth) => {
      const isTooBig = Buffer.byteLength(JSON.stringify(value)) > maxBytes;
      const isTooDeep = isDeeperThan(value, maxDepth);
      const misfit = misfitOf(value, { maxDepth, maxBytes });
      expect(misfit !== undefined).toBe(isTooBig || isTooDeep);
      if (misfit) expect(misfit === 'too-big' ? isTooBig : isTooDeep).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

it('a big tool is made a text of once, however many small ones have its name', () => {
  let read = 0;
  const big = {
    name: 'a',
    get description() {
      read += 1;
      return 'x';
    },
  };
  const small = Array.from({ length: 1_000 }, () => ({ name: 'a', title: 'same' }));
  const builder = new ListingBuilder('npm:example', LIMITS);
  builder.addPage({ tools: [big, ...small] }, '{}');
  expect(builder.listing.tools).toHaveLength(2);
  expect(read).toBeLessThan(10);
});
