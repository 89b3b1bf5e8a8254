import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { assay, type RunOptions } from './assay.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'assay-cli-'));
});
afterAll(() => rm(cwd, { recursive: true }));

const OLD_NODE = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.19.0"})';

type Case = [what: string, args: string[], options: Partial<RunOptions>, code: number, line: RegExp];

describe('one clear line and the right exit code', () => {
  it.each<Case>([
    ['unknown package', ['scan', 'npm:this-package-does-not-exist-assay-zzz'], {}, 3, /npm:this-package.*no package of this name/],
    ['malformed target', ['scan', 'nonsense'], {}, 2, /"nonsense" is not a target.*npm:name/],
    ['nothing to scan', ['scan'], {}, 2, /nothing to scan\. Use npm:name/],
    ['unreadable file', ['classify', 'nope.json'], {}, 2, /cannot read "nope.json": there is no such file/],
    ['a folder instead of a file', ['classify', '.'], {}, 2, /it is a folder/],
    ['input that is not JSON', ['classify'], { input: 'hello' }, 2, /is not JSON/],
    ['a line that is no tool', ['classify'], { input: '{"name":"a"}\n{"nom":"b"}\n' }, 2, /line 2 is not a tool/],
    ['empty input', ['classify'], {}, 2, /the input is empty/],
    [
      'unreachable database',
      ['status'],
      { env: { DATABASE_URL: 'postgres://me:hidden@127.0.0.1:1/assay' } },
      3,
      /127\.0\.0\.1:1\/assay cannot be used.*ECONNREFUSED/,
    ],
    ['malformed database address', ['status'], { env: { DATABASE_URL: 'nonsense' } }, 3, /should look like postgres:\/\//],
    ['Node too old', ['scan', 'npm:a'], { nodeArgs: ['--import', OLD_NODE] }, 3, /needs Node\.js 22\.18 or newer, this is 20\.19\.0/],
    ['unknown server', ['policy', 'nothing-of-this-name'], {}, 3, /no server "nothing-of-this-name"/],
    ['no catalogue yet', ['status'], {}, 3, /no catalogue here yet.*assay nightly/],
    ['a command where none is taken', ['classify', '--', 'tools.json'], {}, 2, /only scan, list, explain, policy and guard take a command/],
    ['a server and a command', ['policy', 'npm:a', '--', 'node', 'x'], {}, 2, /not both/],
    ['nothing to explain', ['explain'], {}, 2, /nothing to scan/],
    ['a target and a command to explain', ['explain', 'npm:a', 'tool', '--', 'node', 'x'], {}, 2, /not both/],
    ['an unknown server to explain', ['explain', 'nothing-of-this-name'], {}, 3, /no server "nothing-of-this-name"/],
    ['a missing file to explain', ['explain', 'nope.json'], {}, 2, /cannot read "nope.json"/],
    [
      'tools of several servers to explain',
      ['explain', '-'],
      { input: '{"server":"a","name":"x"}\n{"server":"b","name":"y"}' },
      2,
      /tools of 2 servers/,
    ],
    [
      'an unknown tool to explain',
      ['explain', '-', 'get_thnig'],
      { input: '[{"name":"get_thing"},{"name":"zzz"}]' },
      2,
      /no tool named "get_thnig"\. Did you mean "get_thing"\?/,
    ],
    [
      'a cache that is a file',
      ['scan', 'npm:a@1.0.0'],
      { env: { ASSAY_CACHE: process.execPath } },
      3,
      /npm:a@1\.0\.0 was not listed \(refused\).*ASSAY_CACHE/,
    ],
    ['unknown source', ['nightly', '--source', 'nowhere'], {}, 2, /no source nowhere\. Sources: official-registry, npm, github, starter/],
    ['missing settings', ['nightly', '--config', 'none.json'], {}, 2, /none\.json cannot be read.*ENOENT/],
    ['a remote of this machine', ['scan', 'http://127.0.0.1:1/mcp'], {}, 2, /only with --allow-loopback/],
    ['unknown program', ['scan', '--', 'no-such-program'], {}, 3, /no program no-such-program/],
  ])('%s', async (_, args, options, code, line) => {
    const ran = await assay(args, { cwd, ...options });
    expect(ran).toMatchObject({ code, stdout: '' });
    expect(ran.stderr.trimEnd().split('\n')).toStrictEqual([expect.stringMatching(line)]);
    expect(ran.stderr).not.toContain('hidden');
  });

  it.each([['bogus'], ['nightly', '--limit', 'x'], ['nightly', '--since', 'tomorrow'], ['scan', '--fail-on', 'never']])(
    'bad usage: %s %s',
    async (...args) => {
      const ran = await assay(args.filter(Boolean), { cwd });
      expect(ran).toMatchObject({ code: 2, stdout: '' });
      expect(ran.stderr).toMatch(/^assay: .*\nTry: assay .*--help\n$/);
    },
  );

  it('a site that cannot be written is a fault of the run', async () => {
    const ran = await assay(['nightly', '--only', 'publish', '--json', '--out', process.execPath], { cwd });
    expect(ran.code).toBe(3);
    expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'failed', faults: [{ stage: 'publish', fault: { code: 'feed-unwritable' } }] });
  });

  it('held lock', async () => {
    const store = await openStore({ folder: join(cwd, '.assay') });
    try {
      const ran = await assay(['status'], { cwd });
      expect(ran).toMatchObject({ code: 3, stdout: '' });
      expect(ran.stderr.trimEnd().split('\n')).toStrictEqual([expect.stringContaining(String(process.pid))]);
    } finally {
      await store.close();
    }
  });

  it.runIf(process.getuid?.() !== 0)('a file without read permission', async () => {
    await writeFile(join(cwd, 'secret.json'), '[]');
    await chmod(join(cwd, 'secret.json'), 0o000);
    expect(await assay(['classify', 'secret.json'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('permission denied'),
    });
  });
});

describe('help', () => {
  it.each(['scan', 'classify', 'policy', 'nightly', 'status', 'migrate'])('%s has an example', async (command) => {
    const ran = await assay([command, '--help'], { cwd });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/Examples:\n {2}.*assay/);
  });
});
