import { readPython } from '../../../../src/connect/static/python/read-python.ts';
import type { ReadTool } from '../../../../src/connect/static/source-reader.ts';

const HEAD = 'from mcp.server.fastmcp import FastMCP, Context\nimport mcp.types as types\nfrom mcp.server import Server\n';

/** Tools of a package of one module, which begins with the usual imports, or of several, by path. */
export function toolsOf(source: string | Readonly<Record<string, string>>): readonly ReadTool[] {
  const modules = typeof source === 'string' ? { 'server.py': HEAD + source } : source;
  return readPython(Object.entries(modules).map(([path, text]) => ({ path, text }))).tools;
}

export function namesOf(source: string | Readonly<Record<string, string>>): string[] {
  return toolsOf(source).map(({ definition }) => definition.name);
}

export function definitionOf(source: string): ReadTool['definition'] | undefined {
  return toolsOf(source)[0]?.definition;
}
