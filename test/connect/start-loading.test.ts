import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const SOURCES = new URL('../../src/', import.meta.url);
const LOADED = `import { registerHooks } from 'node:module';
const urls = new Set();
registerHooks({ resolve: (specifier, context, next) => { const found = next(specifier, context); urls.add(found.url); return found; } });
await import(process.argv[1]);
process.stdout.write(JSON.stringify([...urls]));`;

/** Paths of all that is loaded with a module, in a process of its own. */
async function loadedWith(module: string): Promise<string[]> {
  const args = ['--input-type=module', '--eval', LOADED, new URL(module, SOURCES).href];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout).filter((url: string) => url.startsWith('file:'));
}

// What is loaded before a server is started is waited for; what is loaded while it starts is not.
it('a server is started before zod, the rungs, the classifiers or anything of the network is loaded', async () => {
  const loaded = await loadedWith('cli/commands/list.ts');
  expect(loaded.some((url) => url.endsWith('/src/connect/attempt.ts'))).toBe(true);
  const heavy =
    /\/node_modules\/(?!commander\/)|\/classifiers\/|\/connect\/(?:rungs\/(?!aids)|static\/(?!with-reading)|remote\/)|\/net\/(?!lazy|source)|\/src\/store\//;
  expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
});

it('the version is said without loading a command', async () => {
  const loaded = await loadedWith('cli/run.ts');
  expect(loaded.filter((url) => /\/cli\/commands\/|\/zod\//.test(url))).toEqual([]);
});

it.each(['connect/connection.ts', 'connect/session.ts', 'cli/list-view.ts'])(
  '%s, loaded while it starts, takes no zod with it',
  async (module) => {
    expect((await loadedWith(module)).filter((url) => url.includes('/zod/'))).toEqual([]);
  },
);
