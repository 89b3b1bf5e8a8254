// Runs inside a sandbox, by plain node: tries the ways out, and prints what came of each as one JSON line: `done`, or why not.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, openSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { constants } from 'node:os';

const asked = JSON.parse(process.argv[2]);
const ERRORS = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));
const ways = { calls, files, kernelFiles, processes, addresses, terminal, limits };

/** In place of the id of a process that runs beside. */
const NEIGHBOUR = Symbol('neighbour');
const NEWUSER = 0x10000000;
/** By their numbers of x86-64, with arguments. */
const CALLS = {
  'unshare user': [272, NEWUSER],
  'unshare mounts': [272, 0x20000],
  'unshare network': [272, 0x40000000],
  'clone user': [56, NEWUSER | 17, 0, 0, 0, 0],
  clone3: [435, '\0'.repeat(88), 88],
  setns: [308, 0, 0],
  mount: [165, 'none', '/tmp', 'tmpfs', 0, 0],
  'bind mount': [165, '/', '/tmp', '', 4096, 0],
  umount: [166, '/proc', 2],
  pivot_root: [155, '/tmp', '/tmp'],
  chroot: [161, '/tmp'],
  fsopen: [430, 'tmpfs', 0],
  'open_tree clone': [428, -100, '/', 1],
  mount_setattr: [442, -100, '/', 0, 0, 0],
  open_by_handle_at: [304, -100, 0, 0],
  'ptrace a neighbour': [101, 16, NEIGHBOUR, 0, 0],
  'read memory of a neighbour': [310, NEIGHBOUR, 0, 0, 0, 0, 0],
  'write memory of a neighbour': [311, NEIGHBOUR, 0, 0, 0, 0, 0],
  'VSOCK socket': [41, 40, 1, 0],
  'ALG socket': [41, 38, 5, 0],
  'PACKET socket': [41, 17, 3, 0],
  'raw socket': [41, 2, 3, 1],
  'BLUETOOTH socket': [41, 31, 3, 1],
  'XDP socket': [41, 44, 3, 0],
  io_uring: [425, 1, '\0'.repeat(120)],
  bpf: [321, 0, 0, 0],
  'bpf program': [321, 5, '\0'.repeat(120), 120],
  'perf events': [298, '\0'.repeat(120), 0, -1, -1, 0],
  userfaultfd: [323, 0],
  'add a key': [248, 'user', 'assay-probe', 'x', 1, -3],
  'read the session keys': [250, 6, -3, 0, 0],
  'kernel log': [103, 3, '\0'.repeat(64), 64],
  kexec: [246, 0, 0, 0, 0],
  'load a module': [175, 0, 0, ''],
  'unload a module': [176, 'assay_probe', 0],
  reboot: [169, 0, 0, 0, 0],
  swapon: [167, '/tmp/none', 0],
  'process accounting': [163, '/tmp/none'],
  'set the clock': [164, '\0'.repeat(16), 0],
  'set the host name': [170, 'assay', 5],
  'set the user': [105, 0],
  'set the groups': [116, 0, 0],
  'make a device': [133, '/tmp/device', 0o060600, 0x0801],
  'io ports': [172, 3],
  'descriptor tables': [154, 1, '\0'.repeat(16), 16],
  'x32 ABI': [0x40000000 + 39],
  'memory file': [319, 'x', 0],
  'shared memory': [29, 0, 4096, 0o1600],
};

/** Each call in a process of its own, one after the other; a text among the arguments is passed by its address. */
function calls() {
  const neighbour = spawn('sleep', ['30'], { stdio: 'ignore' });
  const program = [
    'use POSIX ();',
    'for my $way (split /\\x02/, <STDIN>) { my ($name, $call, @args) = split /\\x01/, $way, -1;',
    // A number becomes one, a text stays one.
    '@args = map { /^#(.*)/ ? 0 + $1 : do { my $text = pack("H*", substr($_, 1)) . "\\0"; $text } } @args;',
    'my $pid = fork; die "no fork" unless defined $pid;',
    'if (!$pid) { my $result = syscall(0 + $call, @args); POSIX::_exit($result == -1 ? $! + 0 : 255) }',
    'waitpid $pid, 0; print "$name\\x01$?\\n"; }',
  ].join(' ');
  const argument = (value) => {
    if (value === NEIGHBOUR) return `#${neighbour.pid}`;
    return typeof value === 'number' ? `#${value}` : `$${Buffer.from(value).toString('hex')}`;
  };
  const input = Object.entries(CALLS).map(([name, [call, ...args]]) => [name, call, ...args.map(argument)].join('\x01'));
  const { stdout, stderr } = spawnSync('perl', ['-e', program], { input: input.join('\x02'), encoding: 'utf8' });
  neighbour.kill('SIGKILL');
  if (!stdout) throw new Error(stderr);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\x01'));
  return Object.fromEntries(lines.map(([name, status]) => [name, outcomeOf(Number(status))]));
}

/** Of a wait status: how the call ended that an exit code tells of. */
function outcomeOf(status) {
  if (status & 127) return `signal ${status & 127}`;
  return status >> 8 === 255 ? 'done' : (ERRORS.get(status >> 8) ?? String(status >> 8));
}

/** Files of the host, by every path that could lead there. */
function files() {
  const link = '/tmp/link-to-outside';
  attempt(() => symlinkSync(asked.secretFile, link));
  const paths = {
    'by its path': asked.secretFile,
    'through a link of its own package': `${process.cwd()}/link-to-secret`,
    'through a link to the root of its own package': `${process.cwd()}/link-to-root${asked.secretFile}`,
    'through a link that it makes': link,
    'through the folder above': `${process.cwd()}/../../../../..${asked.secretFile}`,
    'through the first process': `/proc/1/root${asked.secretFile}`,
    'through its own root': `/proc/self/root${asked.secretFile}`,
    'through its caller': `/proc/${asked.callerPid}/root${asked.secretFile}`,
    'beside its own folder': `${process.cwd()}/../secret.txt`,
    'of another package in the cache': asked.otherPackage,
    'passwords of the host': '/etc/shadow',
    'home of root': '/root/.bashrc',
  };
  return Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, attempt(() => readFileSync(path))]));
}

/** What the kernel shows as files, to read and to write. */
function kernelFiles() {
  const written = [
    '/proc/sys/kernel/core_pattern',
    '/proc/sys/kernel/hostname',
    '/proc/sys/kernel/modprobe',
    '/proc/sys/user/max_user_namespaces',
    '/proc/sysrq-trigger',
    '/proc/self/uid_map',
    '/proc/1/mem',
    '/sys/fs/cgroup/release_agent',
    '/sys/kernel/uevent_helper',
  ];
  const devices = [
    '/dev/mem',
    '/dev/kmsg',
    '/dev/sda',
    '/dev/vda',
    '/dev/fuse',
    '/dev/kvm',
    '/dev/vsock',
    '/dev/net/tun',
    '/dev/loop-control',
  ];
  const read = ['/proc/kcore', '/proc/kmsg', `/proc/${asked.callerPid}/environ`, `/proc/${asked.callerPid}/cmdline`];
  return Object.fromEntries([
    ...written.map((path) => [`write ${path}`, attempt(() => writeFileSync(path, '0'))]),
    ...devices.map((path) => [`open ${path}`, attempt(() => openSync(path, 'r'))]),
    ...read.map((path) => [`read ${path.replace(`${asked.callerPid}`, 'caller')}`, attempt(() => readFileSync(path))]),
    ['lower the score of the memory killer', attempt(() => writeFileSync('/proc/self/oom_score_adj', '-1000'))],
    ['change its own package', attempt(() => writeFileSync('/escape/package.json', '{}'))],
    ['open its own package to writing', attempt(() => chmodSync('/escape', 0o777))],
  ]);
}

/** Processes of the host: to be seen, to be ended. */
function processes() {
  const outcomes = Object.fromEntries(
    Object.entries(asked.pids).map(([name, pid]) => [`end ${name}`, attempt(() => process.kill(pid, 'SIGKILL'))]),
  );
  const seen = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const foreign = seen.filter((pid) => commandOf(pid).includes(asked.marker.join('')));
  return { ...outcomes, foreign: foreign.length, namespaceOfCaller: attempt(() => readlinkSync(`/proc/${asked.callerPid}/ns/pid`)) };
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

/** Addresses that are near, and services of the host at them. */
async function addresses() {
  const targets = {
    loopback: { host: '127.0.0.1', port: asked.port },
    'another of the loopback': { host: '127.0.0.53', port: asked.port },
    'loopback, IPv6': { host: '::1', port: asked.port },
    unspecified: { host: '0.0.0.0', port: asked.port },
    metadata: { host: '169.254.169.254', port: 80 },
    'metadata, IPv6': { host: 'fd00:ec2::254', port: 80 },
    'the host in its network': { host: asked.hostAddress, port: asked.port },
    'a name of the internet': { host: 'example.com', port: 443 },
    'abstract socket': { path: `\0${asked.abstractSocket}` },
    'container engine': { path: '/var/run/docker.sock' },
    'system bus': { path: '/run/dbus/system_bus_socket' },
  };
  const reached = await Promise.all(Object.entries(targets).map(async ([name, target]) => [name, await reach(target)]));
  return Object.fromEntries(reached);
}

function reach(target) {
  return new Promise((resolve) => {
    const socket = createConnection({ ...target, timeout: 1_500 });
    const end = (outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.once('connect', () => end('done'));
    socket.once('timeout', () => end('timeout'));
    socket.once('error', (error) => end(error.code));
  });
}

/** Typing into the terminal of whoever scans: TIOCSTI on everything that is open, and on the terminal of the session. */
function terminal() {
  const push = 'my $c = "x"; exit(ioctl(F, 0x5412, $c) ? 0 : $! + 0)';
  const tries = ['/proc/self/fd/0', '/proc/self/fd/1', '/proc/self/fd/2', '/dev/tty', '/dev/console', '/dev/pts/0'];
  return Object.fromEntries(
    tries.map((path) => {
      const { status } = spawnSync('perl', ['-e', `open(F, "+<", "${path}") or exit(250); ${push}`], { stdio: 'inherit' });
      return [path, status === 0 ? 'done' : status === 250 ? 'not open' : (ERRORS.get(status) ?? String(status))];
    }),
  );
}

/** Raising its own limits. */
function limits() {
  const raise = (option) => {
    const { status } = spawnSync('sh', ['-c', `ulimit ${option} 99999999`], { stdio: 'ignore' });
    return status === 0 ? 'done' : 'refused';
  };
  const options = { 'open files': '-n', processes: '-u', 'size of files': '-f', memory: '-d', 'processor time': '-t', cores: '-c' };
  // Shells differ in the letters they know: an unknown one is refused too, which the control tells apart.
  const nice = spawnSync('nice', ['-n', '-5', 'true'], { encoding: 'utf8' });
  return {
    ...Object.fromEntries(Object.entries(options).map(([name, option]) => [name, raise(option)])),
    priority: /cannot|denied|not permitted/i.test(nice.stderr ?? '') ? 'refused' : 'done',
  };
}

function attempt(doIt) {
  try {
    doIt();
    return 'done';
  } catch (error) {
    return error.code ?? error.name;
  }
}

const outcomes = {};
for (const way of asked.ways) outcomes[way] = await ways[way]();
const report = `${JSON.stringify(outcomes)}\n`;
process.stdout.write(report, () => process.exit());
