import type { Package } from './registry-entry.ts';

/**
 * Packages that are no server: they pass everything on to a URL they are given, and the server is what answers there. A closed list, because any
 * package can be given a URL, and who lists one must not pass for the server at that URL.
 */
const BRIDGES = new Set([
  ...['npm:mcp-remote', 'npm:mcp-proxy', 'npm:supergateway', 'npm:@pyroprompts/mcp-stdio-to-streamable-http-adapter'],
  ...['pypi:mcp-proxy', 'pypi:mcp-proxy-for-aws'],
]);

export function isBridge({ registryType, identifier }: Pick<Package, 'registryType' | 'identifier'>): boolean {
  return BRIDGES.has(`${registryType}:${identifier}`);
}
