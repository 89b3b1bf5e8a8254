import { openConnection } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { EnumerateContext } from '../../src/connect/enumerate.ts';
import { installNpm } from '../../src/connect/install/npm-install.ts';
import type { NpmPlan } from '../../src/connect/launch-plan.ts';
import { prepareNpm } from '../../src/connect/npm-launch.ts';
import { commandOfFile } from '../../src/connect/program.ts';
import { unsandboxed } from '../../src/connect/sandbox/unsandboxed.ts';
import { readSettings } from '../../src/read-settings.ts';

/** One server that is measured, installed. */
export interface Subject {
  readonly plan: NpmPlan;
  /** As `assay` takes it. */
  readonly target: string;
  /** What starts it without a sandbox. */
  readonly command: readonly string[];
}

/** Servers of the live corpus that list their tools when they are started with nothing, over domains and sizes: 1 to 401 tools. */
const SERVERS: Readonly<Record<string, string>> = {
  '@bitwarden/mcp-server': '2026.7.0',
  '@cyanheads/git-mcp-server': '2.15.3',
  '@mcpfun/mcp-server-ccxt': '1.2.1',
  '@modelcontextprotocol/server-everything': '2026.8.31',
  '@modelcontextprotocol/server-memory': '2026.8.31',
  '@modelcontextprotocol/server-sequential-thinking': '2026.8.31',
  '@pinecone-database/mcp': '0.3.0',
  '@upstash/context7-mcp': '4.1.1',
  'boondmanager-mcp-server': '2.15.2',
  'exa-mcp-server': '3.4.1',
  'firecrawl-mcp': '3.26.0',
  'hostinger-api-mcp': '1.63.2',
  'portkey-admin-mcp': '0.12.0',
  'ssh-mcp': '2.11.0',
  'terraform-mcp-server': '0.13.0',
};
const INSPECTOR = { name: '@modelcontextprotocol/inspector', version: '2.12.0' };

export async function openContext(): Promise<EnumerateContext> {
  const config = readConfig();
  return openConnection(config, { settings: async () => readSettings(config.settingsFile), abort: new AbortController().signal });
}

/** Installs them, where they are not in the cache. */
export async function openSubjects(context: EnumerateContext): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const [name, version] of Object.entries(SERVERS)) {
    const plan: NpmPlan = { kind: 'npm', name, version, args: [] };
    const preparation = await prepareNpm(plan, { ...context, sandbox: unsandboxed() });
    if (!preparation.ok) throw new Error(preparation.fault.message);
    const [program, ...args] = preparation.launch.argv;
    const command = [program === 'node' ? process.execPath : program, ...args];
    subjects.push({ plan, target: `npm:${name}@${version}`, command });
  }
  return subjects;
}

/** The command of the inspector, installed as any other package is. */
export async function openInspector({ sandbox, cacheFolder, npm, limits, abort }: EnumerateContext): Promise<string[]> {
  if (!sandbox.ok) throw new Error(sandbox.fault.message);
  const bounds = { timeoutMs: limits.installMs, maxBytes: limits.maxInstallBytes };
  const install = await installNpm({ ...INSPECTOR, sandbox: sandbox.sandbox, cacheFolder, npm, limits: bounds, abort });
  if (!install.ok) throw new Error(install.fault.message);
  const { folder, packageFolder, bins } = install.installed;
  const file = [folder, packageFolder, bins['mcp-inspector']].join('/');
  const command = commandOfFile(file, file);
  if (!command) throw new Error('the inspector has no program');
  return [process.execPath, ...command.slice(1)];
}
