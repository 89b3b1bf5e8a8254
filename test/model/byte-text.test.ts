import { expect, it } from 'vitest';
import { bytesOfText, byteText } from '../../src/model/byte-text.ts';

it.each([
  ['0', 0],
  ['1234', 1_234],
  ['10GB', 10e9],
  ['10 gb', 10e9],
  ['500M', 500e6],
  ['1.5GiB', 1.5 * 2 ** 30],
  ['2kib', 2_048],
  ['', undefined],
  ['GB', undefined],
  ['-1GB', undefined],
  ['10 GB of it', undefined],
  ['1e9', undefined],
  ['999999999999TB', undefined],
])('%j is so many bytes', (text, bytes) => {
  expect(bytesOfText(text)).toBe(bytes);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [999_960, '1.0 MB'],
  [20e9, '20.0 GB'],
  [412e6, '412 MB'],
  [5e15, '5000 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(byteText(bytes)).toBe(text);
});
