import type { Artifact } from '../model/enumeration.ts';
import type { Fault } from '../model/fault.ts';
import type { Launch } from './launch.ts';
import type { FailedStatus } from './outcome.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** Everything on disk, ready to be started. */
export interface Prepared {
  readonly launch: Launch;
  /** What it runs in. */
  readonly sandbox: Sandbox;
  /** Absent for a command line. */
  readonly artifact?: Artifact;
  /** Milliseconds; 0 when nothing had to be fetched. */
  readonly installMs: number;
  /** Gives back what was made for this look alone. Never rejects. */
  readonly release?: () => Promise<void>;
}

/** Why it cannot be started, and what is known of it all the same. */
export interface NotPrepared {
  readonly status: FailedStatus;
  readonly fault: Fault;
  readonly artifact?: Artifact;
  readonly installMs?: number;
  /** Host folder of the server's own files, where they could be had: they can still be read. */
  readonly codeFolder?: string;
}

export type Preparation = ({ readonly ok: true } & Prepared) | ({ readonly ok: false } & NotPrepared);
