import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type InstallRequest, installNpm } from '../../../src/connect/install/npm-install.ts';
import { readNpmSettings } from '../../../src/connect/install/npm-settings.ts';
import { openSandbox } from '../../../src/connect/sandbox/open-sandbox.ts';
import { openaiAgents } from '../../../src/policy/formats/openai-agents.ts';
import type { Consumer } from './consumer.ts';

/** What is used of the SDK. */
export interface AgentsSdk {
  getAllMcpTools(servers: readonly object[]): Promise<readonly unknown[]>;
}

// Kept between runs of the tests. With what it needs it takes 66 MB, too much for everybody who develops here.
const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/assay-test');
const LIMITS: InstallRequest['limits'] = { timeoutMs: 90_000, maxBytes: 4 * 10 ** 8 };

/** The SDK in the version that the format names. */
export async function installAgentsSdk(): Promise<AgentsSdk> {
  const { consumer: name, version } = openaiAgents.verifiedBy ?? { consumer: '', version: '' };
  const opened = await openSandbox({});
  if (!opened.ok) throw new Error(opened.fault.message);
  const abort = new AbortController().signal;
  const npm = readNpmSettings(process.env);
  const result = await installNpm({ name, version, sandbox: opened.sandbox, cacheFolder: CACHE, npm, limits: LIMITS, abort });
  if (!result.ok) throw new Error(result.fault.message);
  return createRequire(join(result.installed.folder, 'any.js'))(name);
}

/** The SDK itself, with a server that has the one tool that is asked for. */
export function agentsSdk(sdk: AgentsSdk): Consumer {
  let toolFilter: unknown;
  return {
    load(text) {
      toolFilter = JSON.parse(text);
      return undefined;
    },
    async decide({ tool }) {
      const tools = await sdk.getAllMcpTools([serverWith(tool, toolFilter)]);
      return tools.length === 1 ? 'allow' : 'deny';
    },
  };
}

function serverWith(tool: string, toolFilter: unknown): object {
  const inputSchema = { type: 'object', properties: {}, required: [], additionalProperties: false };
  return {
    name: 'server',
    cacheToolsList: false,
    toolFilter,
    connect: async () => undefined,
    close: async () => undefined,
    invalidateToolsCache: async () => undefined,
    callTool: async () => [],
    listTools: async () => [{ name: tool, inputSchema }],
  };
}
