import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '../../src');

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const textOf = (name: string) => readFileSync(join(SOURCES, name), 'utf8');

/** Imports that cost time whenever the file is loaded. */
function loadedBy(name: string): string[] {
  return [...textOf(name).matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from '([^']+)'/gm)].map(([, to = '']) => to);
}

it('the protocol’s SDK is loaded for remotes alone', () => {
  const users = files.filter((name) => loadedBy(name).some((to) => to.startsWith('@modelcontextprotocol/')));
  expect(users.sort()).toStrictEqual(['connect/remote/auth-posture.ts', 'connect/remote/transports.ts', 'guard/http-upstream.ts']);
  const outside = files.filter((name) => !name.startsWith('connect/remote/'));
  expect(outside.filter((name) => loadedBy(name).some((to) => to.includes('/remote/')))).toStrictEqual([]);
  expect(textOf('connect/enumerate.ts')).toContain("await import('./remote/approach.ts')");
});

it('the SDK of the newest revision is loaded for those who speak only that', () => {
  const loaded = files.flatMap(loadedBy);
  expect(loaded).not.toContain('@modelcontextprotocol/client');
  expect(textOf('connect/remote/transports.ts')).toContain("await import('@modelcontextprotocol/client')");
});
