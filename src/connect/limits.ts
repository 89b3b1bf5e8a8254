import type { SandboxLimits } from './sandbox/sandbox.ts';

/** Bounds of one enumeration. Everything a server sends or does is cut off at one of them. */
export interface EnumerationLimits {
  /** One start: spawn, handshake and every page. */
  readonly attemptMs: number;
  /** A server that has greeted and not yet answered what it was asked before that: by then it is asked again. */
  readonly askAgainMs: number;
  /** One connection to a remote: handshake and every page, without waiting for its turn at the host. */
  readonly connectionMs: number;
  /** All waiting for its turn at the host, of one look at a remote: a host is asked twice a second, and may be many remotes' host. */
  readonly turnsMs: number;
  /** All starts of one server, or connections to it, together, without installing and without waiting for a turn. */
  readonly serverMs: number;
  readonly maxAttempts: number;
  /** One line of stdout, or one message of a remote. */
  readonly maxFrameBytes: number;
  /** All of stdout in one start, or all that a remote sends in one connection. */
  readonly maxSessionBytes: number;
  readonly maxPages: number;
  readonly maxTools: number;
  /** One tool definition. */
  readonly maxToolBytes: number;
  /** What is kept of stderr, and of stdout outside the protocol, to read what the server asks for; the rest is read and dropped. */
  readonly maxKeptTextBytes: number;
  readonly installMs: number;
  readonly maxInstallBytes: number;
  /** All installs in the cache together; absent means 20 GB. */
  readonly maxCacheBytes?: number | undefined;
  readonly sandbox: SandboxLimits;
}

const MIB = 2 ** 20;

/**
 * Measured on 97 servers of the npm registry: the slowest took 3.3 s from spawn to tools on an idle machine and 8 s with four at once on two cores,
 * the biggest answer was 1.1 MB with 401 tools, the most memory 527 MB, the most processor time 3.4 s, and none paged. An install took 37 s at
 * most; two of 106 packages were bigger than 400 MB.
 */
export const DEFAULT_LIMITS: EnumerationLimits = {
  attemptMs: 10_000,
  askAgainMs: 2_000,
  connectionMs: 20_000,
  turnsMs: 5 * 60_000,
  serverMs: 45_000,
  maxAttempts: 12,
  maxFrameBytes: 8 * MIB,
  maxSessionBytes: 32 * MIB,
  maxPages: 50,
  maxTools: 2_000,
  maxToolBytes: MIB,
  maxKeptTextBytes: 64 * 1024,
  installMs: 90_000,
  maxInstallBytes: 400 * MIB,
  // Node 24 reserves 0.55 GiB of data for its main thread and for each worker thread before it runs a line, and loggers start workers: at 1 GiB a
  // first worker aborts the server, at 3 GiB the fifth.
  sandbox: { dataBytes: 3072 * MIB, memoryBytes: 1024 * MIB, processes: 64, openFiles: 1024, fileBytes: 64 * MIB, cpuSeconds: 30 },
};
