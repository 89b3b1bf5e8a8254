/** Words that nearly every server's name has and that tell none from another. */
const AFFIXES = new Set(['mcp', 'mcps', 'server', 'servers', 'modelcontextprotocol', 'the', 'official', 'remote']);

/** The words of a name, in lower case: `Exa MCP Server` → exa, mcp, server. */
export function nameWords(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/**
 * What a name says beside that it is a server, in one word: `owner/shadow-crawl-mcp` and `ShadowCrawl` are equal. Empty when it says nothing else.
 */
export function coreName(name: string): string {
  const own = name.split('/').at(-1) ?? '';
  return nameWords(own)
    .filter((word) => !AFFIXES.has(word))
    .join('');
}

/** Share of words two texts have in common, 0 to 1. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return common / (a.size + b.size - common);
}
