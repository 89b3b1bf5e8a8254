import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namesInCode } from '../../src/connect/asked-by-code.ts';
import { dummyFor } from '../../src/connect/dummies.ts';
import { climb } from '../../src/connect/ladder.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import type { SandboxSpec } from '../../src/connect/sandbox/sandbox.ts';
import { type FakeServer, fakeSandbox } from './streams.ts';

const LIMITS = { ...DEFAULT_LIMITS, attemptMs: 200, serverMs: 5_000 };
const TOOLS = [{ tools: [{ name: 'first' }, { name: 'second' }] }];

let codeFolder: string;
beforeEach(() => {
  codeFolder = mkdtempSync(join(tmpdir(), 'ladder-test-'));
});
afterEach(() => rmSync(codeFolder, { recursive: true }));

describe('starts', () => {
  it('once when the bare start lists, even when it asks for something', async () => {
    const { starts } = await climbWith((server) => {
      server.stderr.write('Warning: A_TOKEN is not set\n');
      server.serve(TOOLS);
    });
    expect(starts).toEqual([{ rung: 'bare', args: [], names: [], status: 'complete' }]);
  });

  it('with what it asks for, one demand after the other, environment before arguments', async () => {
    const { starts, best } = await climbWith((server, { env, argv }) => {
      if (!env['A_URL']) return fail(server, 'A_URL is required, or use --token');
      if (!env['A_KEY']) return fail(server, 'A_KEY is required');
      if (!argv.includes('--token')) return fail(server, 'A_KEY is wrong. Pass --token');
      return server.serve(TOOLS);
    });
    expect(starts).toEqual([
      { rung: 'bare', args: [], names: [], status: 'needs-auth' },
      { rung: 'asked-environment', args: [], names: ['A_URL'], status: 'needs-auth' },
      { rung: 'asked-environment', args: [], names: ['A_KEY', 'A_URL'], status: 'needs-auth' },
      { rung: 'asked-arguments', args: ['--token', dummyFor('TOKEN')], names: ['A_KEY', 'A_URL'], status: 'complete' },
    ]);
    expect(best?.attempt.toolCount).toBe(2);
  });

  it('with the value it describes', async () => {
    const values: (string | undefined)[] = [];
    await climbWith((server, { env }) => {
      values.push(env['A_KEY']);
      fail(server, env['A_KEY'] ? 'A_KEY must start with ak_' : 'A_KEY is missing');
    });
    expect(values).toEqual([undefined, dummyFor('A_KEY'), `ak_${dummyFor('A_KEY')}`]);
  });

  it('with names that only its code tells', async () => {
    writeFileSync(join(codeFolder, 'index.js'), 'start(process.env.HIDDEN_TOKEN)');
    const { starts } = await climbWith((server, { env }) => (env['HIDDEN_TOKEN'] ? server.serve(TOOLS) : fail(server, 'Not configured')));
    expect(starts.map(({ names, status }) => ({ names, status }))).toEqual([
      { names: [], status: 'crashed' },
      { names: ['HIDDEN_TOKEN'], status: 'complete' },
    ]);
  });

  it('no more often than the limit, when every start asks for another name', async () => {
    const { starts } = await climbWith((server, { env }) => fail(server, `NAME_${'X'.repeat(Object.keys(env).length)}_KEY is missing`));
    expect(starts).toHaveLength(LIMITS.maxAttempts);
  });

  it('no longer than the time for one server', async () => {
    const limits = { ...LIMITS, attemptMs: 700, serverMs: 800 };
    const { starts } = await climbWith(
      (server, { env }) => server.stderr.write(`NAME_${'X'.repeat(Object.keys(env).length)}_KEY is missing\n`),
      limits,
    );
    expect(starts).toHaveLength(1);
  });

  it('not again when it asks for nothing new', async () => {
    const { starts } = await climbWith((server) => fail(server, 'A_KEY is missing'));
    expect(starts.map(({ names }) => names)).toEqual([[], ['A_KEY']]);
  });

  it('only ever without network and with nothing of ours in the environment', async () => {
    const specs: SandboxSpec[] = [];
    await climbWith((server, spec) => {
      specs.push(spec);
      fail(server, 'A_KEY is missing');
    });
    expect(specs.map(({ network, env }) => ({ network, names: Object.keys(env) }))).toEqual([
      { network: false, names: ['BROWSER'] },
      { network: false, names: ['BROWSER', 'A_KEY'] },
    ]);
  });
});

describe('of several starts', () => {
  it('the longest list is kept', async () => {
    const { best } = await climbWith((server, { env }) => {
      server.stderr.write('Set A_KEY for tools\n');
      server.serve(env['A_KEY'] ? TOOLS : [{ tools: [] }]);
    });
    expect(best?.attempt).toMatchObject({ rung: 'asked-environment', toolCount: 2 });
  });

  it('an empty list is better than none', async () => {
    const { best } = await climbWith((server, { env }) => {
      server.stderr.write('Set A_KEY for tools\n');
      if (env['A_KEY']) fail(server, 'Invalid');
      else server.serve([{ tools: [] }]);
    });
    expect(best?.attempt).toMatchObject({ rung: 'bare', status: 'complete', toolCount: 0 });
  });

  it('without any list the last that says what it needs is kept', async () => {
    const { best } = await climbWith((server, { env }) => fail(server, env['A_KEY'] ? 'Segmentation fault' : 'A_KEY is missing'));
    expect(best?.attempt.status).toBe('needs-auth');
  });
});

describe('names in code', () => {
  it('are read in every way that code reads the environment, and only those that look like credentials', async () => {
    writeFileSync(
      join(codeFolder, 'a.js'),
      `const { B_SECRET, c } = process.env; process.env.A_TOKEN; process.env['C_URL']; process.env.A_TIMEOUT; process.env.NODE_AUTH_TOKEN;
       env.D_HOST; process.env.HTTPS_PROXY_URL; process.env.E_FLAGS`,
    );
    writeFileSync(join(codeFolder, 'b.py'), 'os.environ.get("P_PASSWORD")');
    expect((await namesInCode(codeFolder, '')).sort()).toEqual(['A_TOKEN', 'B_SECRET', 'C_URL', 'D_HOST', 'P_PASSWORD']);
  });

  it('come from the files of the stack trace alone when those have any', async () => {
    mkdirSync(join(codeFolder, 'dist'));
    writeFileSync(join(codeFolder, 'dist/client.js'), 'process.env.A_TOKEN');
    writeFileSync(join(codeFolder, 'other.js'), 'process.env.B_TOKEN');
    expect(await namesInCode(codeFolder, 'at file:///app/dist/client.js:1:1')).toEqual(['A_TOKEN']);
  });

  it('skip what has gone since the start', async () => {
    expect(await namesInCode(join(codeFolder, 'gone'), '')).toEqual([]);
  });

  it.skipIf(process.geteuid?.() === 0)('skip what is closed', async () => {
    mkdirSync(join(codeFolder, 'closed'), { mode: 0 });
    writeFileSync(join(codeFolder, 'closed.js'), 'process.env.B_TOKEN', { mode: 0 });
    writeFileSync(join(codeFolder, 'a.js'), 'process.env.A_TOKEN');
    const names = await namesInCode(codeFolder, '');
    // A folder that nobody may read cannot be removed either.
    chmodSync(join(codeFolder, 'closed'), 0o700);
    expect(names).toEqual(['A_TOKEN']);
  });

  it('never from behind a link, dependencies or tests', async () => {
    for (const folder of ['node_modules', 'test']) {
      mkdirSync(join(codeFolder, folder));
      writeFileSync(join(codeFolder, folder, 'a.js'), 'process.env.A_TOKEN');
    }
    symlinkSync(join(codeFolder, 'test/a.js'), join(codeFolder, 'linked.js'));
    symlinkSync('/', join(codeFolder, 'root'));
    expect(await namesInCode(codeFolder, '')).toEqual([]);
  });
});

function fail(server: FakeServer, text: string): void {
  server.stderr.write(`${text}\n`);
  server.exit(1);
}

async function climbWith(play: (server: FakeServer, spec: SandboxSpec) => void, limits = LIMITS) {
  const launch = { text: 'npm:example@1.0.0', argv: ['node', '/app/index.js'], cwd: '/home/sandbox', mounts: [], codeFolder } as const;
  const { tries, best } = await climb(launch, { sandbox: fakeSandbox(play), limits, abort: new AbortController().signal });
  const starts = tries.map(({ attempt: { rung, args, environmentNames, status } }) => ({ rung, args, names: environmentNames, status }));
  return { starts, best };
}
