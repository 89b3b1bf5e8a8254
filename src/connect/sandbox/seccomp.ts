/** Denied with EPERM: ways to reach other processes, the kernel, mounts, namespaces and the clock. Numbers of x86-64. */
const DENIED_CALLS: readonly number[] = [
  ...[101, 310, 311, 438, 135], // ptrace, process_vm_readv, process_vm_writev, pidfd_getfd, personality
  ...[246, 320, 175, 313, 176, 169], // kexec_load, kexec_file_load, init_module, finit_module, delete_module, reboot
  ...[321, 298, 323, 103], // bpf, perf_event_open, userfaultfd, syslog
  ...[248, 249, 250], // add_key, request_key, keyctl
  ...[165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442], // mount, umount2, pivot_root, chroot and the newer mount calls
  ...[272, 308], // unshare, setns
  ...[303, 304], // name_to_handle_at, open_by_handle_at
  ...[167, 168, 179, 163], // swapon, swapoff, quotactl, acct
  ...[164, 227, 305], // settimeofday, clock_settime, clock_adjtime
  ...[172, 173, 154], // iopl, ioperm, modify_ldt
  // Memory that belongs to no process, and so is counted for none: memfd_create, memfd_secret, shmget, msgget, semget.
  ...[319, 447, 29, 68, 64],
];

/** Answered with ENOSYS, so that callers fall back: clone3 hides its flags from a filter, io_uring passes by it. */
const ABSENT_CALLS: readonly number[] = [435, 425, 426, 427];

const CLONE = 56;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const CLONE_NEW_NAMESPACE = 0x7e020000;

const MMAP = 9;
const MAP_SHARED = 0x01;
const MAP_ANONYMOUS = 0x20;

const SOCKET = 41;
/**
 * UNIX, INET, INET6 and NETLINK. Any other family, VSOCK to the hypervisor above all, reaches past a network namespace. UNIX stays, although
 * sockets of the host could lie in a mounted folder (those are masked): without it `tsx`, which many servers are started by, ends at once.
 */
const ALLOWED_SOCKET_FAMILIES: readonly number[] = [1, 2, 10, 16];

const AUDIT_ARCH_X86_64 = 0xc000003e;
/** Calls of the x32 ABI carry this bit and would pass by the numbers above. */
const X32_BIT = 0x40000000;

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

const LOAD = 0x20;
const RETURN = 0x06;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_ANY_BIT = 0x45;

const KILL_PROCESS = 0x80000000;
const ALLOW = 0x7fff0000;

/** Offsets in struct seccomp_data; of the arguments the low half. */
const CALL_NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;
const FOURTH_ARGUMENT = 40;

interface Instruction {
  readonly code: number;
  readonly jumpTrue: number;
  readonly jumpFalse: number;
  readonly k: number;
}

/**
 * The classic-BPF program that bubblewrap installs for the server: a deny list over the calls that matter, socket families by allow-list.
 *
 * @returns Nothing on architectures whose call numbers are not known here.
 */
export function seccompFilter(architecture: string): Buffer | undefined {
  if (architecture !== 'x64') return undefined;
  const program = [
    load(ARCHITECTURE),
    jump(JUMP_EQUAL, AUDIT_ARCH_X86_64, 1, 0),
    answer(KILL_PROCESS),
    load(CALL_NUMBER),
    ...when(JUMP_AT_LEAST, X32_BIT, refuse(ENOSYS)),
    ...DENIED_CALLS.flatMap((call) => when(JUMP_EQUAL, call, refuse(EPERM))),
    ...ABSENT_CALLS.flatMap((call) => when(JUMP_EQUAL, call, refuse(ENOSYS))),
    ...guardArgument(CLONE, FIRST_ARGUMENT, when(JUMP_ANY_BIT, CLONE_NEW_NAMESPACE, refuse(EPERM)), answer(ALLOW)),
    // Only both flags together: shared memory without a file, which stays filled when the process that filled it has ended.
    ...guardArgument(
      MMAP,
      FOURTH_ARGUMENT,
      [...when(JUMP_ANY_BIT, MAP_SHARED, jump(JUMP_ANY_BIT, MAP_ANONYMOUS, 1, 0)), answer(ALLOW)],
      refuse(EPERM),
    ),
    ...guardArgument(
      SOCKET,
      FIRST_ARGUMENT,
      ALLOWED_SOCKET_FAMILIES.flatMap((family) => when(JUMP_EQUAL, family, answer(ALLOW))),
      refuse(EAFNOSUPPORT),
    ),
    answer(ALLOW),
  ];
  return Buffer.concat(program.map(encode));
}

/** For one call only: judge the argument at `offset`, else give `otherwise`. Other calls jump over all of it. */
function guardArgument(call: number, offset: number, checks: readonly Instruction[], otherwise: Instruction): Instruction[] {
  return [jump(JUMP_EQUAL, call, 0, checks.length + 2), load(offset), ...checks, otherwise];
}

function when(code: number, k: number, outcome: Instruction): Instruction[] {
  return [jump(code, k, 0, 1), outcome];
}

function load(offset: number): Instruction {
  return { code: LOAD, jumpTrue: 0, jumpFalse: 0, k: offset };
}

function jump(code: number, k: number, jumpTrue: number, jumpFalse: number): Instruction {
  return { code, jumpTrue, jumpFalse, k };
}

function answer(k: number): Instruction {
  return { code: RETURN, jumpTrue: 0, jumpFalse: 0, k };
}

function refuse(errno: number): Instruction {
  return answer(0x00050000 | errno);
}

function encode({ code, jumpTrue, jumpFalse, k }: Instruction): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(jumpTrue, 2);
  bytes.writeUInt8(jumpFalse, 3);
  bytes.writeUInt32LE(k, 4);
  return bytes;
}
