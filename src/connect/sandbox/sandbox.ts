import type { Readable, Writable } from 'node:stream';
import type { SandboxRecord } from '../../model/enumeration.ts';

/** A host folder or file made visible inside; nothing else of the host is, beyond the system's programs and libraries. */
export interface Mount {
  /** Absolute path on the host. */
  readonly source: string;
  /** Absolute path inside. */
  readonly target: string;
  readonly writable: boolean;
  /** Known to hold nothing but files, folders and links, so it is not searched for sockets of the host. */
  readonly holdsOnlyFiles?: boolean;
}

/** Bounds of one sandbox. Sources of the numbers: measured on real servers (peak memory 527 MB, processor 3.4 s). */
export interface SandboxLimits {
  /** RLIMIT_DATA per process, bytes; counts what is reserved, used or not. RLIMIT_AS would break WebAssembly. */
  readonly dataBytes: number;
  /** Resident memory of all processes together, bytes. */
  readonly memoryBytes: number;
  readonly processes: number;
  readonly openFiles: number;
  /** Largest file it may write, and the size of each private tmpfs, bytes. */
  readonly fileBytes: number;
  /** Processor time, seconds. */
  readonly cpuSeconds: number;
}

export interface SandboxSpec {
  /** Program and arguments, as paths inside. */
  readonly argv: readonly [string, ...string[]];
  /** The whole environment inside; nothing is inherited. PATH, HOME, TMPDIR and LANG are added unless given. */
  readonly env: Readonly<Record<string, string>>;
  /** Working folder inside. */
  readonly cwd: string;
  readonly mounts: readonly Mount[];
  /** Only ever true for installing; a server runs without. */
  readonly network: boolean;
  readonly limits: SandboxLimits;
}

export interface SandboxExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it could not be started at all. */
  readonly spawnError?: string;
  /** The bound for which the sandbox itself ended it. */
  readonly exceeded?: 'memory';
}

export interface SandboxedProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when the sandbox's first process is gone and its streams are closed; never rejects. */
  readonly exited: Promise<SandboxExit>;
  /** Kills the whole tree at once. Safe to call twice. */
  kill(): void;
}

/** One way to run a program isolated. The whole tree dies with the process that started it. */
export interface Sandbox {
  readonly record: SandboxRecord;
  start(spec: SandboxSpec): SandboxedProcess;
}
