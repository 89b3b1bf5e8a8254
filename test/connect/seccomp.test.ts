import { describe, expect, it } from 'vitest';
import { seccompFilter } from '../../src/connect/sandbox/seccomp.ts';

const X86_64 = 0xc000003e;
const AARCH64 = 0xc00000b7;

interface Call {
  readonly architecture: number;
  readonly number: number;
  readonly argument: number;
}

const NAMES: Readonly<Record<number, string>> = {
  [0x7fff0000]: 'allow',
  [0x80000000]: 'kill',
  [0x00050001]: 'EPERM',
  [0x00050026]: 'ENOSYS',
  [0x00050061]: 'EAFNOSUPPORT',
};

/** Where the judged argument lies: mmap has its flags in the fourth. */
const ARGUMENT_OFFSETS: ReadonlyMap<number, number> = new Map([[9, 40]]);

/** Runs the program as the kernel does: the four instructions that it consists of. */
function decide(program: Buffer, { architecture, number, argument }: Call): string {
  const fields = new Map([
    [0, number],
    [4, architecture],
    [ARGUMENT_OFFSETS.get(number) ?? 16, argument],
  ]);
  let accumulator = 0;
  for (let at = 0; at < program.length / 8; at += 1) {
    const offset = at * 8;
    const k = program.readUInt32LE(offset + 4);
    const jump = (isTrue: boolean) => program.readUInt8(offset + (isTrue ? 2 : 3));
    const code = program.readUInt16LE(offset);
    if (code === 0x20) accumulator = fields.get(k) ?? Number.NaN;
    else if (code === 0x15) at += jump(accumulator === k);
    else if (code === 0x35) at += jump(accumulator >= k);
    else if (code === 0x45) at += jump((BigInt(accumulator) & BigInt(k)) !== 0n);
    else if (code === 0x06) return NAMES[k] ?? `unknown answer ${k}`;
    else throw new Error(`unknown instruction ${code}`);
  }
  throw new Error('the program ended without an answer');
}

describe('the filter for x86-64', () => {
  const program = seccompFilter('x64') ?? Buffer.alloc(0);

  it.each([
    ['read', 0, 0, 'allow'],
    ['execve', 59, 0, 'allow'],
    ['the last call that exists', 470, 0, 'allow'],
    ['ptrace', 101, 0, 'EPERM'],
    ['mount', 165, 0, 'EPERM'],
    ['unshare', 272, 0, 'EPERM'],
    ['bpf', 321, 0, 'EPERM'],
    ['modify_ldt', 154, 0, 'EPERM'],
    ['memfd_create', 319, 0, 'EPERM'],
    ['memfd_secret', 447, 0, 'EPERM'],
    ['shmget', 29, 0, 'EPERM'],
    ['msgget', 68, 0, 'EPERM'],
    ['semget', 64, 0, 'EPERM'],
    ['mmap of private memory', 9, 0x22, 'allow'],
    ['mmap of a file, shared', 9, 0x01, 'allow'],
    ['mmap of shared memory', 9, 0x21, 'EPERM'],
    ['mmap of shared memory without reserve', 9, 0x4021, 'EPERM'],
    ['clone3', 435, 0, 'ENOSYS'],
    ['io_uring_setup', 425, 0, 'ENOSYS'],
    ['io_uring_register', 427, 0, 'ENOSYS'],
    ['a call of the x32 ABI', 0x40000000 + 101, 0, 'ENOSYS'],
    ['clone of a thread', 56, 0x3d0f00, 'allow'],
    ['clone into a user namespace', 56, 0x10000000, 'EPERM'],
    ['clone into a mount namespace', 56, 0x00020000, 'EPERM'],
    ['socket UNIX', 41, 1, 'allow'],
    ['socket INET6', 41, 10, 'allow'],
    ['socket NETLINK', 41, 16, 'allow'],
    ['socket PACKET', 41, 17, 'EAFNOSUPPORT'],
    ['socket ALG', 41, 38, 'EAFNOSUPPORT'],
    ['socket VSOCK', 41, 40, 'EAFNOSUPPORT'],
  ])('%s', (_, number, argument, expected) => {
    expect(decide(program, { architecture: X86_64, number, argument })).toBe(expected);
  });

  it('kills a call of another architecture', () => {
    expect(decide(program, { architecture: AARCH64, number: 0, argument: 0 })).toBe('kill');
  });
});

it('has no filter for an architecture whose numbers it does not know', () => {
  expect(seccompFilter('arm64')).toBeUndefined();
});
