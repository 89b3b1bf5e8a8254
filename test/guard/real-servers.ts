import { openConnection } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { prepareNpm } from '../../src/connect/npm-launch.ts';
import { unsandboxed } from '../../src/connect/sandbox/unsandboxed.ts';
import { readSettings } from '../../src/read-settings.ts';

export interface RealServer {
  readonly name: string;
  /** What starts it. */
  readonly command: readonly string[];
  /** A call that only reads, and answers at once. */
  readonly call: { readonly name: string; readonly arguments: Readonly<Record<string, string>> };
}

/** Three servers from the registry, installed where they are not in the cache. @param folder - For what they keep and serve. */
export async function realServers(folder: string): Promise<RealServer[]> {
  const servers: readonly (Omit<RealServer, 'command'> & { readonly version: string; readonly args: readonly string[] })[] = [
    {
      name: '@modelcontextprotocol/server-everything',
      version: '2026.8.31',
      args: [],
      call: { name: 'echo', arguments: { message: 'hi' } },
    },
    {
      name: '@modelcontextprotocol/server-filesystem',
      version: '2026.8.31',
      args: [folder],
      call: { name: 'list_directory', arguments: { path: folder } },
    },
    {
      name: '@modelcontextprotocol/server-memory',
      version: '2026.8.31',
      args: [],
      call: { name: 'search_nodes', arguments: { query: 'x' } },
    },
  ];
  const config = readConfig();
  const context = await openConnection(config, {
    settings: async () => readSettings(config.settingsFile),
    abort: new AbortController().signal,
  });
  const prepared: RealServer[] = [];
  for (const { name, version, args, call } of servers) {
    const preparation = await prepareNpm({ kind: 'npm', name, version, args: [] }, { ...context, sandbox: unsandboxed() });
    if (!preparation.ok) throw new Error(preparation.fault.message);
    const [program = '', ...rest] = preparation.launch.argv;
    prepared.push({ name, command: [program === 'node' ? process.execPath : program, ...rest, ...args], call });
  }
  return prepared;
}
