import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/model/visible-text.ts';

describe('visibleText', () => {
  it.each([
    ['\u001b[2J\u0007', '\\u001b[2J\\u0007'],
    ['a\nb\tc\rd', 'a\\u000ab\\u0009c\\u000dd'],
    ['x\u202ey\u200bz\u{e0041}', 'x\\u202ey\\u200bz\\u{e0041}'],
    ['\ud800 \u2028 \ue000 \u009b', '\\ud800 \\u2028 \\ue000 \\u009b'],
    ['##[error]pwned', '##\\u005berror]pwned'],
    ['größer 日本 🙂 [x] #1', 'größer 日本 🙂 [x] #1'],
  ])('%j', (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it('keeps lines and tabs where asked', () => {
    expect(visibleText('a\n\tb\r', { multiline: true })).toBe('a\n\tb\\u000d');
  });
});
