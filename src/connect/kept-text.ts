import { visibleText } from '../model/visible-text.ts';

/** The end of a stream of text whose length the other side decides. */
export interface KeptText {
  add(chunk: Buffer): void;
  text(): string;
}

/** @param maxBytes - What is kept; a little more while chunks arrive. */
export function createKeptText(maxBytes: number): KeptText {
  let chunks: Buffer[] = [];
  let keptBytes = 0;

  function add(chunk: Buffer): void {
    const end = chunk.subarray(-maxBytes);
    chunks.push(end);
    keptBytes += end.length;
    // Joined only now and then: a server that writes byte by byte would otherwise cost a copy of everything kept for each byte.
    if (keptBytes > 2 * maxBytes || chunks.length > 1_024) compact();
  }

  function compact(): void {
    chunks = [Buffer.concat(chunks).subarray(-maxBytes)];
    keptBytes = chunks[0]?.length ?? 0;
  }

  return {
    add,
    text() {
      compact();
      return chunks[0]?.toString('utf8') ?? '';
    },
  };
}

/** The end of what a server wrote, safe to print, at most `maxBytes` of UTF-8. */
export function visibleEnd(text: string, maxBytes: number): string {
  const end = text.slice(-maxBytes).replaceAll('\r\n', '\n').trim();
  const visible = Buffer.from(visibleText(end, { multiline: true }));
  let start = Math.max(0, visible.length - maxBytes);
  // Not in the middle of a character.
  while (((visible[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return visible.subarray(start).toString('utf8');
}
