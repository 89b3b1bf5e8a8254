import { load } from 'cheerio';

/**
 * The texts of the first `<pre>` elements, as far as `maxLength` characters each. Elements in them are cut out before the HTML parser sees the rest:
 * its time is quadratic in how deep they nest, and reading their text recurses.
 */
export function preformatted(html: string, maxBlocks: number, maxLength: number): string[] {
  const blocks: string[] = [];
  const [opening, closing] = [/<pre(?:\s[^<>]*)?>/gi, /<\/pre/gi];
  while (blocks.length < maxBlocks && opening.exec(html)) {
    closing.lastIndex = opening.lastIndex;
    const end = closing.exec(html)?.index ?? html.length;
    blocks.push(textOf(html.slice(opening.lastIndex, Math.min(end, opening.lastIndex + maxLength))));
    opening.lastIndex = end;
  }
  return blocks;
}

function textOf(html: string): string {
  // What is left of `<` opens no element either, even where two halves of a tag come together.
  return load(html.replace(/<[^<>]*>/g, '').replaceAll('<', '&lt;')).text();
}
