import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An image as a registry or the engine has it. */
export interface FakeImage {
  readonly id: string;
  readonly digest?: string;
  readonly size?: number;
  readonly volumes?: readonly string[];
  /** Sizes of its compressed layers. */
  readonly layers?: readonly number[];
  /** The program that runs as the container: a script for Node. */
  readonly script: string;
}

export interface FakeEngine {
  /** Folder for PATH. */
  readonly folder: string;
  /** Command lines in order, without the program. */
  commands(): string[][];
  /** Names of containers that are there. */
  containers(): string[];
  /** Images that are on this machine. */
  local(): string[];
  /** The id that a name stands for. */
  idOf(name: string): string | undefined;
}

export interface FakeState {
  readonly registry?: Readonly<Record<string, FakeImage>>;
  readonly local?: Readonly<Record<string, FakeImage>>;
  /** What `info` fails with. */
  readonly isDown?: boolean;
  /** What `pull` fails with. */
  readonly pullError?: string;
  /** Lines of `ps`. */
  readonly listed?: readonly string[];
}

/**
 * A program that takes the arguments of docker as its documentation has them. A container is a process of its own, which goes on when the client that
 * started it is killed.
 */
const PROGRAM = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { spawn } = require('node:child_process');
const { join } = require('node:path');
const here = __dirname;
const [command, ...args] = process.argv.slice(2);
appendFileSync(join(here, 'commands'), JSON.stringify(process.argv.slice(2)) + '\\n');
const state = JSON.parse(readFileSync(join(here, 'state.json'), 'utf8'));
const localFile = join(here, 'local.json');
const local = existsSync(localFile) ? JSON.parse(readFileSync(localFile, 'utf8')) : { ...state.local };
// Whole or not at all: a pull may be called off at any moment.
const keep = () => {
  writeFileSync(localFile + '.' + process.pid, JSON.stringify(local));
  renameSync(localFile + '.' + process.pid, localFile);
};
const fail = (text) => { console.error(text); process.exit(1); };
const containerFile = (name) => join(here, 'containers', name);
const commands = {
  info() {
    if (state.isDown) fail('Cannot connect to the Docker daemon');
    console.log('28.2.2');
  },
  ps() {
    for (const line of state.listed ?? []) console.log(line);
  },
  image() {
    const image = local[args[1]];
    if (!image) fail('Error response from daemon: No such image: ' + args[1]);
    const volumes = image.volumes && Object.fromEntries(image.volumes.map((path) => [path, {}]));
    const digests = image.digest ? [args[1].replace(/[:@][^/]*$/, '') + '@' + image.digest] : [];
    console.log(JSON.stringify([{ Id: image.id, RepoDigests: digests, Size: image.size ?? 1000, Config: { Volumes: volumes ?? null } }]));
  },
  manifest() {
    const image = (state.registry ?? {})[args[1]];
    if (!image?.layers) fail('no such manifest');
    console.log(JSON.stringify({ schemaVersion: 2, layers: image.layers.map((size) => ({ size })) }));
  },
  pull() {
    const name = args.at(-1);
    const image = (state.registry ?? {})[name];
    if (state.pullError || !image) fail(state.pullError ?? 'Error response from daemon: manifest unknown');
    // What had the name before keeps its id alone.
    if (local[name] && local[name].id !== image.id) local[local[name].id] = local[name];
    local[name] = image;
    keep();
  },
  tag() {
    local[args[1]] = local[args[0]];
    delete local[args[0]];
    keep();
  },
  rmi() {
    delete local[args.at(-1)];
    keep();
  },
  rm() {
    for (const name of args.slice(1)) {
      if (!existsSync(containerFile(name))) continue;
      const pid = Number(readFileSync(containerFile(name), 'utf8'));
      try { process.kill(pid, 'SIGKILL'); } catch {}
      rmSync(containerFile(name), { force: true });
    }
  },
  run() {
    const name = args[args.indexOf('--name') + 1];
    const at = args.findIndex((arg) => /^sha256:/.test(arg));
    const image = Object.values(local).find(({ id }) => id === args[at]);
    const env = {};
    args.forEach((arg, index) => { if (arg === '--env') { const [key, ...value] = args[index + 1].split('='); env[key] = value.join('='); } });
    const child = spawn(process.execPath, ['-e', image.script, '--', ...args.slice(at + 1)], { env, detached: true, stdio: 'pipe' });
    writeFileSync(containerFile(name), String(child.pid));
    process.stdin.pipe(child.stdin).on('error', () => {});
    child.stdout.pipe(process.stdout);
    child.stderr.pipe(process.stderr);
    child.on('close', (code) => { rmSync(containerFile(name), { force: true }); process.exit(code ?? 137); });
  },
};
commands[command]();
`;

export function fakeDocker(folder: string, state: FakeState): FakeEngine {
  mkdirSync(join(folder, 'containers'), { recursive: true });
  writeFileSync(join(folder, 'docker'), PROGRAM);
  chmodSync(join(folder, 'docker'), 0o755);
  writeFileSync(join(folder, 'state.json'), JSON.stringify(state));
  const lines = () => (existsSync(join(folder, 'commands')) ? readFileSync(join(folder, 'commands'), 'utf8').trim().split('\n') : []);
  const localImages = (): Record<string, FakeImage> => JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8'));
  return {
    folder,
    commands: () => lines().map((line) => JSON.parse(line)),
    containers: () => readdirSync(join(folder, 'containers')),
    local: () => Object.keys(localImages()),
    idOf: (name) => localImages()[name]?.id,
  };
}

/** A server in a container: lists what it sees. */
export const SEEING = `
const seen = { argv: process.argv.slice(1), environment: process.env };
const tool = { name: 'seen', description: JSON.stringify(seen), inputSchema: { type: 'object' } };
const server = { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'seen', version: '1' } };
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result: method === 'initialize' ? server : { tools: [tool] } }));
});
`;
/** One that says nothing, and stays when nobody listens any more. */
export const STAYING = `
for (const stream of [process.stdin, process.stdout]) stream.on('error', () => {});
console.error('here');
setInterval(() => {}, 1000);
`;
