// Runs inside a sandbox, by plain node: tries what a hostile server would, and prints what came of it as one JSON line.
import { spawn, spawnSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { constants, existsSync, openSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { hostname, networkInterfaces, userInfo } from 'node:os';

const asked = JSON.parse(process.argv[2]);
const attempts = { look, network, write, breakOut, fork, memory, treeMemory, file, spin, leave, unownedMemory, memoryFiles, hostFiles };
const report = `${JSON.stringify(await attempts[asked.attempt]())}\n`;
process.stdout.write(report, () => asked.stay || process.exit());

function look() {
  const status = readFileSync('/proc/self/status', 'utf8');
  const field = (name) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1];
  return {
    uid: process.getuid(),
    user: userInfo().username,
    hostname: hostname(),
    capabilities: field('CapEff'),
    noNewPrivileges: field('NoNewPrivs'),
    seccomp: field('Seccomp'),
    environment: process.env,
    firstEnvironment: answer(() => readFileSync('/proc/1/environ', 'latin1')),
    firstCommand: answer(() => readFileSync('/proc/1/cmdline', 'latin1')),
    processes: readdirSync('/proc').filter((name) => /^\d+$/.test(name)),
    openFiles: readdirSync('/proc/self/fd').map((name) => answer(() => readlinkSync(`/proc/self/fd/${name}`))),
    root: readdirSync('/'),
    settings: readdirSync('/etc'),
    homes: readdirSync('/home'),
    secret: answer(() => readFileSync(asked.secretFile, 'utf8')),
    shadow: answer(() => readFileSync('/etc/shadow', 'utf8').length),
    keys: answer(() => readFileSync('/proc/keys', 'utf8')),
    keysAreMasked: readFileSync('/proc/self/mountinfo', 'utf8').includes(' /proc/keys '),
    app: answer(() => readdirSync('/app')),
    folder: process.cwd(),
    nodeVersion: process.version,
    spawnedVersion: spawnSync('node', ['--version'], { encoding: 'utf8' }).stdout?.trim(),
    caller: existsSync(asked.callerHome),
  };
}

async function network() {
  return {
    interfaces: Object.keys(networkInterfaces()),
    loopback: await reach({ host: '127.0.0.1', port: asked.port }),
    abstractSocket: await reach({ path: `\0${asked.abstractSocket}` }),
    metadata: await reach({ host: '169.254.169.254', port: 80 }),
    name: await lookup('registry.invalid').then(String, (error) => error.code),
  };
}

function write() {
  const attempt = (path) => answer(() => writeFileSync(path, 'x') ?? 'written');
  const outside = ['/', '/usr/', '/etc/', '/app/', '/dev/', '/dev/shm/', '/proc/', '/opt/'].map((folder) => [
    folder,
    attempt(`${folder}assay-probe`),
  ]);
  const own = ['/tmp/', '/home/sandbox/'].map((folder) => [folder, attempt(`${folder}assay-probe`)]);
  return { outside: Object.fromEntries(outside), own: Object.fromEntries(own) };
}

function run(program, ...args) {
  return spawnSync(program, args, { encoding: 'utf8' }).status;
}

/** Reaches the calls that node does not offer. */
function perl(code) {
  return run('perl', '-e', code);
}

function breakOut() {
  // VSOCK is family 40, ptrace call 101 of x86-64 with PTRACE_TRACEME, setns call 308.
  return {
    userNamespace: run('unshare', '--user', 'true'),
    mountNamespace: run('unshare', '--mount', 'true'),
    mount: run('mount', '-t', 'tmpfs', 'x', '/tmp'),
    vsock: perl('exit(socket(S, 40, 1, 0) ? 0 : 1)'),
    unixSocket: perl('exit(socket(S, 1, 1, 0) ? 0 : 1)'),
    ptrace: perl('exit(syscall(101, 0, 0, 0, 0) == 0 ? 0 : 1)'),
  };
}

async function fork() {
  const outcomes = await Promise.all(Array.from({ length: asked.count }, () => startSleep(['20'])));
  return {
    started: outcomes.filter((outcome) => outcome === 'started').length,
    refused: outcomes.filter((outcome) => outcome === 'EAGAIN').length,
  };
}

function memory() {
  const kept = [];
  const step = 2 ** 25;
  const outcome = answer(() => {
    while (kept.length * step < asked.bytes) kept.push(Buffer.alloc(step, 1));
    return 'allocated';
  });
  return { outcome, bytes: kept.length * step };
}

async function treeMemory() {
  const hold = `const kept = Buffer.alloc(${asked.bytes}, 1); setInterval(() => kept.length, 1000)`;
  for (let count = 0; count < asked.count; count += 1) spawn(process.execPath, ['-e', hold], { stdio: 'ignore' });
  return new Promise((resolve) => setTimeout(() => resolve('survived'), 15_000));
}

/** Ways to memory that outlives whoever filled it, by their calls of x86-64: memfd_create 319, shmget 29, mmap 9 with MAP_SHARED | MAP_ANONYMOUS. */
function unownedMemory() {
  return {
    memoryFile: perl('my $n = "x"; exit(syscall(319, $n, 0) < 0)'),
    systemV: perl('exit(syscall(29, 0, 4096, 01600) < 0)'),
    shared: perl('exit(syscall(9, 0, 4096, 3, 0x21, -1, 0) == -1)'),
    private: perl('exit(syscall(9, 0, 4096, 3, 0x22, -1, 0) == -1)'),
    zero: answer(() => openSync('/dev/zero', 'r+')),
  };
}

/** Files of memory, filled by writing: mapped by no process. */
function memoryFiles() {
  const fill = `my $n = "x"; my $b = "x" x ${asked.bytes}; for (1..${asked.count}) { my $fd = syscall(319, $n, 0); syscall(1, $fd, $b, length $b); }`;
  spawn('perl', ['-e', `${fill} sleep 15`], { stdio: 'ignore' });
  return new Promise((resolve) => setTimeout(() => resolve('survived'), 10_000));
}

async function hostFiles() {
  return {
    file: answer(() => readFileSync(`${asked.folder}/plain.txt`, 'utf8')),
    socket: await reach({ path: `${asked.folder}/host.sock` }),
    pipe: answer(() => openSync(`${asked.folder}/host.fifo`, constants.O_RDWR | constants.O_NONBLOCK) && 'opened'),
  };
}

function file() {
  const content = Buffer.alloc(asked.bytes);
  return asked.paths.map((path) => answer(() => writeFileSync(path, content) ?? 'written'));
}

function spin() {
  const until = Date.now() + 15_000;
  while (Date.now() < until);
  return 'survived';
}

/** Leaves a process of its own session behind; asked to `stay`, this one keeps running too. */
async function leave() {
  const outcome = await startSleep([asked.marker], { detached: true });
  if (asked.stay) setInterval(() => {}, 1_000);
  return outcome;
}

function startSleep(args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn('sleep', args, { stdio: 'ignore', ...options });
    child.unref();
    child.once('spawn', () => resolve('started'));
    child.once('error', (error) => resolve(error.code));
  });
}

function reach(target) {
  return new Promise((resolve) => {
    const socket = connect({ ...target, timeout: 2_000 });
    const end = (outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.once('connect', () => end('connected'));
    socket.once('timeout', () => end('timeout'));
    socket.once('error', (error) => end(error.code));
  });
}

function answer(attempt) {
  try {
    return attempt();
  } catch (error) {
    return error.code ?? error.name;
  }
}
