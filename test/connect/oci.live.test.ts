import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEngineSettings } from '../../src/connect/container-engine.ts';
import { type EnumerateContext, enumerate } from '../../src/connect/enumerate.ts';
import type { OciPlan } from '../../src/connect/launch-plan.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import { type FakeImage, type FakeState, fakeDocker, SEEING, STAYING } from './fake-docker.ts';
import { loopbackHttp, NO_HTTP } from './loopback.ts';
import { STRONGEST } from './rungs.ts';

const id = (letter: string) => `sha256:${letter.repeat(64)}`;
const DIGEST = id('d');
const IMAGE: FakeImage = { id: id('a'), digest: DIGEST, script: SEEING, layers: [1_000, 2_000] };
const NAME = 'mcp/planet:1.0.0';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-oci-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function look(state: FakeState, plan: Partial<OciPlan> = {}, more: Partial<EnumerateContext> = {}) {
  const docker = fakeDocker(folder, state);
  const sandbox = await openSandbox({ only: STRONGEST });
  const npm = () => {
    throw new Error('npm was asked');
  };
  const engine = readEngineSettings({ PATH: docker.folder });
  const context = { http: NO_HTTP, sandbox, cacheFolder: folder, npm, engine, limits: DEFAULT_LIMITS, abort: new AbortController().signal };
  const enumeration = Enumeration.parse(await enumerate({ kind: 'oci', image: NAME, args: [], ...plan }, { ...context, ...more }));
  return { enumeration, docker, run: docker.commands().find(([command]) => command === 'run') ?? [] };
}

describe('an image of a registry', () => {
  it('is pulled, listed in a container and removed again', async () => {
    const { enumeration, docker } = await look({ registry: { [NAME]: IMAGE } });
    expect(enumeration).toMatchObject({
      status: 'complete',
      launch: `oci:${NAME}`,
      artifact: { registryType: 'oci', name: 'mcp/planet', version: '1.0.0', integrity: DIGEST },
      sandbox: { rung: 'container' },
      tools: [{ name: 'seen' }],
    });
    expect(docker.containers()).toEqual([]);
    expect(docker.local()).toEqual([]);
  });

  it('runs with nothing but its arguments and environment', async () => {
    const plan = { args: ['serve', '--network=host'], environment: { PLANET: 'earth' } };
    const { enumeration, run } = await look({ registry: { [NAME]: { ...IMAGE, volumes: ['/data'] } } }, plan);
    const tool = 'tools' in enumeration ? enumeration.tools[0] : undefined;
    const { argv, environment } = JSON.parse(String(tool?.['description']));
    expect(argv).toEqual(['serve', '--network=host']);
    expect(environment).toMatchObject({ PLANET: 'earth', HOME: '/home/sandbox', HTTP_PROXY: '', https_proxy: '' });
    expect(Object.keys(environment)).not.toContain('PATH');
    expect(run.slice(run.indexOf(IMAGE.id))).toEqual([IMAGE.id, 'serve', '--network=host']);
  });

  it('is given neither network nor rights, and no more than its share', async () => {
    const { run } = await look({ registry: { [NAME]: { ...IMAGE, volumes: ['/data'] } } });
    const given = run.slice(0, run.indexOf(IMAGE.id)).join(' ');
    const { memoryBytes, processes, fileBytes } = DEFAULT_LIMITS.sandbox;
    const wanted = [
      ...['--rm', '--interactive', '--pull never', '--network none', '--read-only', '--cap-drop ALL', '--security-opt no-new-privileges'],
      ...['--user 65534:65534', `--memory ${memoryBytes}`, `--memory-swap ${memoryBytes}`, `--pids-limit ${processes}`, '--cpus 2'],
      ...['--log-driver none', '--no-healthcheck', '--ulimit core=0', '--label mcp-assay.owner='],
      ...['/tmp', '/home/sandbox', '/data'].map((path) => `--tmpfs ${path}:rw,nosuid,nodev,size=${fileBytes}`),
    ];
    for (const option of wanted) expect(given).toContain(option);
    expect(given).not.toMatch(/--privileged|--volume|--mount|docker\.sock|--device/);
  });
});

describe('an image that is here already', () => {
  it('is taken as it is where its digest is named', async () => {
    const image = `mcp/planet@${DIGEST}`;
    const { enumeration, docker } = await look({ local: { [image]: IMAGE } }, { image });
    expect(enumeration).toMatchObject({ status: 'complete', artifact: { version: '', integrity: DIGEST }, installMs: 0 });
    expect(docker.commands().map(([command]) => command)).not.toContain('pull');
  });

  it('and came from no registry is told apart by its own id', async () => {
    const { digest: _, ...built } = IMAGE;
    const { enumeration } = await look({ local: { 'planet:latest': built } }, { image: 'planet' });
    expect(enumeration).toMatchObject({ status: 'complete', artifact: { name: 'planet', version: 'latest', integrity: IMAGE.id } });
  });

  it('is pulled again where its tag may have moved, and stays', async () => {
    const { enumeration, docker } = await look({ registry: { [NAME]: IMAGE }, local: { [NAME]: IMAGE } });
    expect(enumeration).toMatchObject({ status: 'complete', installMs: 0 });
    expect(docker.commands().map(([command]) => command)).toContain('pull');
    expect(docker.local()).toEqual([NAME]);
  });

  it('and that its tag has moved away from has its name again afterwards', async () => {
    const before = { ...IMAGE, id: id('b') };
    const { enumeration, docker, run } = await look({ registry: { [NAME]: IMAGE }, local: { [NAME]: before } });
    expect(enumeration).toMatchObject({ status: 'complete' });
    expect(run).toContain(IMAGE.id);
    expect(docker.local()).toEqual([NAME]);
    expect(docker.idOf(NAME)).toBe(before.id);
    expect(docker.commands()).toContainEqual(['rmi', `mcp/planet@${DIGEST}`]);
  });
});

it.each<[string, Partial<FakeImage>]>([
  ['too big', { size: 9e9 }],
  ['odd', { volumes: ['/a,b'] }],
])('a pulled image that turns out %s is removed again', async (_, image) => {
  const { enumeration, docker } = await look({ registry: { [NAME]: { ...IMAGE, ...image } } });
  expect(enumeration.attempts).toEqual([]);
  expect(docker.commands().map(([command]) => command)).toContain('pull');
  expect(docker.local()).toEqual([]);
});

it('one whose look is called off when it was just pulled is removed again', async () => {
  const calledOff = new AbortController();
  const pulled = setInterval(() => existsSync(join(folder, 'local.json')) && calledOff.abort(), 1);
  await expect(look({ registry: { [NAME]: IMAGE } }, {}, { abort: calledOff.signal })).rejects.toThrow(/abort/i);
  clearInterval(pulled);
  expect(readFileSync(join(folder, 'local.json'), 'utf8')).toBe('{}');
});

describe('what is not started', () => {
  it.each<[string, FakeState, Partial<OciPlan>, string, string]>([
    ['an engine that does not answer', { isDown: true }, {}, 'refused', 'engine-missing'],
    ['an image that is not there', {}, {}, 'install-failed', 'unknown-package'],
    ['a registry that does not answer', { pullError: 'dial tcp: lookup x: no such host' }, {}, 'install-failed', 'registry-unreachable'],
    ['an image that is too big', { registry: { [NAME]: { ...IMAGE, layers: [3e8, 3e8] } } }, {}, 'install-failed', 'install-too-big'],
    ['an image that turns out too big', { registry: { [NAME]: { ...IMAGE, size: 9e9 } } }, {}, 'install-failed', 'install-too-big'],
    ['an odd volume', { registry: { [NAME]: { ...IMAGE, volumes: ['/a,b'] } } }, {}, 'refused', 'bad-image'],
    ['an option for an image', {}, { image: '--privileged' }, 'refused', 'bad-image-name'],
    ['an image with a space', {}, { image: 'a b' }, 'refused', 'bad-image-name'],
    ['a registry inside this network', {}, { image: '10.0.0.7/mcp/planet' }, 'refused', 'private-address'],
    ['a registry on this machine', {}, { image: 'localhost:5000/planet' }, 'refused', 'private-address'],
  ])('%s', async (_, state, plan, status, code) => {
    const { http, close } = loopbackHttp({ allowLoopback: false });
    const { enumeration, run, docker } = await look(state, plan, { http });
    await close();
    expect(enumeration).toMatchObject({ status, fault: { code, message: expect.stringMatching(/\w/) }, attempts: [] });
    expect(run).toEqual([]);
    expect(docker.containers()).toEqual([]);
  });

  it('nothing without an engine, and how to get one is said', async () => {
    const none = readEngineSettings({ PATH: '/nowhere' });
    const found = await none();
    // Where this machine has one in its usual place, it is asked instead.
    if (!found.ok)
      expect(found.fault).toMatchObject({
        code: 'engine-missing',
        message: expect.stringMatching(/apt-get install podman|systemctl start/),
      });
  });
});

describe('a container that does not end', () => {
  it('is removed when its time is over', async () => {
    const limits = { ...DEFAULT_LIMITS, attemptMs: 1_000, serverMs: 1_500, maxAttempts: 1 };
    const { enumeration, docker } = await look({ registry: { [NAME]: { ...IMAGE, script: STAYING } } }, {}, { limits });
    expect(enumeration).toMatchObject({ status: 'timeout' });
    expect(docker.commands().filter(([command]) => command === 'rm')).not.toEqual([]);
    expect(docker.containers()).toEqual([]);
  });

  it('is removed when the look is called off', async () => {
    const over = new AbortController();
    const looking = look({ registry: { [NAME]: { ...IMAGE, script: STAYING } } }, {}, { abort: over.signal });
    const containers = () => (existsSync(join(folder, 'containers')) ? readdirSync(join(folder, 'containers')) : []);
    await until(() => containers().length > 0);
    over.abort(new Error('called off'));
    await expect(looking).rejects.toThrow('called off');
    expect(containers()).toEqual([]);
  });

  it('is removed when whoever looks is killed', async () => {
    const docker = fakeDocker(folder, { registry: { [NAME]: { ...IMAGE, script: STAYING } } });
    const runner = spawn(process.execPath, [join(import.meta.dirname, 'oci-runner.ts'), NAME, folder], { stdio: 'ignore' });
    await until(() => docker.containers().length > 0);
    runner.kill('SIGKILL');
    await until(() => docker.containers().length === 0);
    expect(docker.containers()).toEqual([]);
  });
});

it('containers that a run left behind are removed by the next', async () => {
  const gone = `${'b'.repeat(12)} other-machine-1:4000000:5:1000`;
  const here = `${'c'.repeat(12)} other-machine-1:4000000:5:${Date.now()}`;
  const strangers = `${'e'.repeat(12)} `;
  const { docker } = await look({ registry: { [NAME]: IMAGE }, listed: [gone, here, strangers] });
  expect(docker.commands()).toContainEqual(['rm', '-f', 'b'.repeat(12)]);
});

const real = await readEngineSettings(process.env)();
it.skipIf(!real.ok || !process.env['ASSAY_TEST_IMAGE'])('a real engine lists the image of ASSAY_TEST_IMAGE', async () => {
  const sandbox = await openSandbox({ only: STRONGEST });
  const { http, close } = loopbackHttp();
  const npm = () => {
    throw new Error('npm was asked');
  };
  const context = {
    http,
    sandbox,
    cacheFolder: folder,
    npm,
    engine: async () => real,
    limits: DEFAULT_LIMITS,
    abort: new AbortController().signal,
  };
  const enumeration = await enumerate({ kind: 'oci', image: process.env['ASSAY_TEST_IMAGE'] ?? '', args: [] }, context);
  await close();
  expect(enumeration).toMatchObject({ status: 'complete', sandbox: { rung: 'container' } });
});

/** Polls for up to ten seconds. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !isTrue(); tries += 1) await wait(50);
}
