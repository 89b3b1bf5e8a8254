import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunReport } from '../../src/model/run-report.ts';
import { openStore } from '../../src/store/open-store.ts';
import { assay } from '../cli/assay.ts';
import { serveRegistry } from '../crawlers/doubles/registry-double.ts';
import { dumpStore } from '../store/dump.ts';
import { startPostgres, type TestPostgres } from '../store/postgres.ts';
import { rowsOfPackages } from './registry-rows.ts';

/** Small servers that need nothing. */
const PACKAGES = ['portkey-admin-mcp', '@modelcontextprotocol/server-filesystem', '@modelcontextprotocol/server-memory'];
const COUNT = PACKAGES.length;

let root: string;
let cache: string;
let postgres: TestPostgres;
let registry: Awaited<ReturnType<typeof serveRegistry>>;
let config: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'assay-nightly-'));
  cache = join(root, 'cache');
  postgres = await startPostgres();
  registry = await serveRegistry(rowsOfPackages(PACKAGES));
  config = join(root, 'settings.json');
  const sources = [{ kind: 'registry', id: 'small', baseUrl: registry.url, provesNames: true }];
  await writeFile(config, JSON.stringify({ sources, allowLoopback: true }));
});
afterAll(async () => {
  registry.server.close();
  await postgres.stop();
  await rm(root, { recursive: true });
});

async function newFolder(): Promise<string> {
  return mkdtemp(join(root, 'run-'));
}

async function nightly(cwd: string, env: Record<string, string> = {}, onStderr?: Parameters<typeof assay>[1]['onStderr']) {
  return assay(['nightly', '--config', config, '--json'], { cwd, env: { ASSAY_CACHE: cache, ...env }, onStderr });
}

async function report(cwd: string, env?: Record<string, string>): Promise<RunReport> {
  const ran = await nightly(cwd, env);
  expect(ran.code, ran.stderr).toBe(0);
  return RunReport.parse(JSON.parse(ran.stdout));
}

const stage = ({ stages }: RunReport, name: string) => stages.find((row) => row.stage === name);

async function feedLines(cwd: string, file: string): Promise<{ id: string; server: string; definition: { name: string } }[]> {
  const text = await readFile(join(cwd, 'site', 'feed', file), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Processes that see this test's install cache, inside a sandbox or out. */
async function processesOfThisTest(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const seen = await Promise.all(pids.map(async (pid) => ((await mentions(pid)).includes(cache) ? [pid] : [])));
  return seen.flat();
}

async function mentions(pid: string): Promise<string> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  return (await Promise.all(['cmdline', 'mountinfo', 'environ'].map(read))).join('\n');
}

/** Without the rows of runs, which hold times and folders, and without what differs from start to start: measured times and servers' own logs. */
async function settledDump(location: Parameters<typeof openStore>[0]): Promise<string[]> {
  const store = await openStore(location);
  try {
    const rows = (await dumpStore(store)).filter((line) => !line.startsWith('runs '));
    return rows.map((line) => line.replaceAll(/"(durationMs|installMs|stderr)":(\d+|"(?:[^"\\]|\\.)*")/g, '"$1":null'));
  } finally {
    await store.close();
  }
}

describe('nightly over real servers', () => {
  it('lists, classifies and publishes; the same again does nothing', async () => {
    const cwd = await newFolder();
    const first = await report(cwd);
    expect(first.servers).toStrictEqual({ total: COUNT, byStatus: { complete: COUNT } });
    expect(stage(first, 'enumerate')).toMatchObject({ done: COUNT, skipped: 0, failed: 0 });
    const tools = await feedLines(cwd, 'tools.jsonl');
    expect(tools).toHaveLength(first.tools.total);
    expect(tools.filter(({ server }) => server === 'npm:portkey-admin-mcp')).toHaveLength(181);

    const again = await report(cwd);
    for (const name of ['enumerate', 'classify', 'policy'])
      expect(stage(again, name)).toMatchObject({ done: 0, skipped: COUNT, failed: 0 });
    expect(again).toMatchObject({ tools: first.tools, faults: [], changes: { since: first.run, toolsAdded: [], toolsRedefined: [] } });
    expect(again.feed).toMatchObject({ generation: 1, changed: false });
  });

  it('leaves the same rows in PostgreSQL as in the embedded database', async () => {
    const embedded = await newFolder();
    await report(embedded);
    const databaseUrl = await postgres.newDatabase();
    await report(await newFolder(), { DATABASE_URL: databaseUrl });
    const rows = await settledDump({ folder: join(embedded, '.assay') });
    const same = new Set(await settledDump({ databaseUrl }));
    expect(rows.length).toBeGreaterThan(500);
    expect(same.size).toBe(rows.length);
    expect(rows.filter((row) => !same.has(row)).map((row) => row.slice(-300))).toStrictEqual([]);
  });

  it.each(['embedded', 'PostgreSQL'])('killed in the middle, it is complete after another run (%s)', async (kind) => {
    const cwd = await newFolder();
    const env = kind === 'PostgreSQL' ? { DATABASE_URL: await postgres.newDatabase() } : undefined;
    const killed = await nightly(cwd, env, (text, child) => {
      if (/"stage":"enumerate","subject"/.test(text)) child.kill('SIGKILL');
    });
    expect(killed.code).toBeNull();
    await expect.poll(processesOfThisTest, { timeout: 5_000 }).toStrictEqual([]);

    const resumed = await report(cwd, env);
    expect(resumed.servers).toStrictEqual({ total: COUNT, byStatus: { complete: COUNT } });
    expect(stage(resumed, 'enumerate')?.skipped).toBeGreaterThan(0);
    const names = (await feedLines(cwd, 'tools.jsonl')).map(({ server, definition }) => `${server} ${definition.name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(resumed.tools.total);
    expect((await feedLines(cwd, 'servers.jsonl')).map(({ id }) => id)).toHaveLength(COUNT);
    expect(
      (await readdir(join(cwd, 'site', 'feed'), { recursive: true })).filter((name) => !/\.jsonl?$|^policies$/.test(name)),
    ).toStrictEqual([]);
  });
});
