import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { climb } from '../../src/connect/ladder.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { npmLaunch } from '../../src/connect/npm-launch.ts';
import { type HostRung, openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import type { Attempt } from '../../src/model/enumeration.ts';
import { RUNGS } from './rungs.ts';

const ZOO = join(import.meta.dirname, '../zoo');
const README = `# Zoo

\`\`\`json
{ "mcpServers": { "remote": { "command": "npx", "args": ["-y", "zoo", "--transport", "http"] } } }
\`\`\`

\`\`\`jsonc
{
  "mcpServers": {
    // the keeper's
    "zoo": { "command": "npx", "args": ["-y", "zoo@latest", "--keeper"], "env": { "ZOO_PLACE": "<your place>" } },
  }
}
\`\`\`
`;

interface Case {
  readonly server: string;
  readonly rungs: readonly Attempt['rung'][];
  readonly tools: readonly string[];
  readonly readme?: string;
}

/** Servers each of which lists by one rung, and what was tried until then. */
const CASES: readonly Case[] = [
  { server: 'works', rungs: ['bare'], tools: ['first', 'second'] },
  { server: 'asks-environment', rungs: ['bare', 'asked-environment'], tools: ['first'] },
  { server: 'asks-subcommand', rungs: ['bare', 'asked-arguments'], tools: ['first'] },
  { server: 'asks-value', rungs: ['bare', 'asked-environment', 'accepted-value'], tools: ['first'] },
  { server: 'asks-file', rungs: ['bare', 'credential-file'], tools: ['first'] },
  { server: 'asks-native', rungs: ['bare', 'native-stub'], tools: ['first'] },
  { server: 'asks-import', rungs: ['bare', 'mended-imports'], tools: ['first'] },
  { server: 'asks-network', rungs: ['bare', 'answered-network', 'answered-network'], tools: ['first'] },
  { server: 'asks-feature', rungs: ['bare', 'feature-flag'], tools: ['feed', 'count'] },
  { server: 'asks-quietly', rungs: ['bare', 'code-environment'], tools: ['first'] },
  { server: 'asks-readme', rungs: ['bare', 'readme'], tools: ['first'], readme: README },
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rungs-test-'));
  // Open to the user inside.
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.each(RUNGS)('in $rung', ({ rung, isHere }) => {
  it.skipIf(!isHere).each(CASES)('$server is listed by $rungs', async ({ server, rungs, tools, readme }) => {
    install([server], readme);
    const { best, tries } = await look(rung, { zoo: `${server}.js` });
    expect(tries.map(({ attempt }) => attempt.rung)).toEqual(rungs);
    expect(namesOf(best.result)).toEqual(tools);
  });

  it.skipIf(!isHere)('another program is started where the first is none, and is recorded', async () => {
    install(['asks-program', 'works']);
    const { tries } = await look(rung, { zoo: 'asks-program.js', 'zoo-server': 'works.js' });
    expect(tries.map(({ attempt: { rung: id, program, toolCount } }) => ({ id, program, toolCount }))).toEqual([
      { id: 'bare', program: undefined, toolCount: 0 },
      { id: 'other-program', program: 'zoo-server', toolCount: 2 },
    ]);
  });

  it.skipIf(!isHere)('the widest list is found beside the default one, and only where it is asked for', async () => {
    install(['widens']);
    const { best, tries, widest } = await look(rung, { zoo: 'widens.js' }, true);
    expect(namesOf(best.result)).toEqual(['first']);
    expect(widest?.tools.map(({ name }) => name)).toEqual(['first', 'every', 'bird', 'fish', 'night', 'keyed']);
    expect(tries[widest?.attempt ?? 0]?.attempt).toMatchObject({
      rung: 'widened',
      args: ['--toolsets=birds,fish', '--all-tools'],
      environmentNames: ['ZOO_API_KEY', 'ZOO_ENABLE_NIGHT'],
      toolCount: 6,
    });
    expect((await look(rung, { zoo: 'widens.js' })).tries).toHaveLength(1);
  });
});

function install(servers: readonly string[], readme = ''): void {
  const app = join(folder, 'node_modules/zoo');
  mkdirSync(app, { recursive: true });
  for (const file of ['serve', ...servers]) copyFileSync(join(ZOO, `${file}.js`), join(app, `${file}.js`));
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'zoo', type: 'module' }));
  writeFileSync(join(app, 'README.md'), readme);
}

async function look(rung: HostRung, bins: Record<string, string>, widen = false) {
  const opened = await openSandbox({ only: rung });
  if (!opened.ok) throw new Error(opened.fault.message);
  const { sandbox } = opened;
  const artifact = { registryType: 'npm', name: 'zoo', version: '1.0.0', integrity: 'sha512-x' } as const;
  const installed = { artifact, folder, packageFolder: 'node_modules/zoo', bins, installMs: 0, cached: true, sizeBytes: 0 };
  const launched = npmLaunch({ kind: 'npm', name: 'zoo', args: [] }, installed, sandbox);
  if (!launched.ok) throw new Error(launched.fault.message);
  return climb(launched.launch, { sandbox, limits: DEFAULT_LIMITS, widen, abort: new AbortController().signal });
}

function namesOf(result: Awaited<ReturnType<typeof climb>>['best']['result']): string[] {
  return 'listing' in result ? result.listing.tools.map(({ name }) => name) : [];
}
