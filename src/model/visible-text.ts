/**
 * Text of unknown origin made safe to print: control characters, direction marks and invisible characters become visible escapes
 * (`\u001b`), so that nothing a server sends can move the cursor, forge a line or hide a word. Line feeds and tabs are escaped too
 * unless `multiline`. `##[` is broken up: CI systems take `##[error]` anywhere in a line for a command.
 */
export function visibleText(text: string, { multiline = false } = {}): string {
  return text.replaceAll('##[', '##\\u005b').replace(UNSAFE, (character) => {
    if (multiline && (character === '\n' || character === '\t')) return character;
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

// Cc: C0, DEL, C1. Cf: direction marks, zero-width, tags. Cs: lone surrogates. Zl, Zp: line and paragraph separator. Co: private use.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Co}]/gu;
