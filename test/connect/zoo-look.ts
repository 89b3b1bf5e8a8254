import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import type { CommandPlan } from '../../src/connect/launch-plan.ts';
import { DEFAULT_LIMITS, type EnumerationLimits } from '../../src/connect/limits.ts';
import { type HostRung, openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';
import type { Enumeration } from '../../src/model/enumeration.ts';
import { NO_HTTP } from './loopback.ts';
import { survivorsOf } from './sandbox-harness.ts';

/** Small, so that a server that uses one of them up is soon done; the time is long, so that one that lists does so also on a busy machine. */
export const LIMITS: EnumerationLimits = {
  ...DEFAULT_LIMITS,
  attemptMs: 10_000,
  serverMs: 30_000,
  maxAttempts: 3,
  maxFrameBytes: 2 ** 21,
  maxSessionBytes: 2 ** 22,
  maxPages: 5,
  maxTools: 200,
  sandbox: { ...DEFAULT_LIMITS.sandbox, memoryBytes: 300 * 2 ** 20 },
};

/** For a server whose time is expected to run out, every time. */
export const SHORT: EnumerationLimits = { ...LIMITS, attemptMs: 3_000, maxAttempts: 1 };

/** What a case of the zoo is expected to end in. */
export interface ZooCase {
  /** Script in test/zoo, and its arguments. */
  readonly server: string;
  readonly status: Enumeration['status'];
  /** Of the fault that ended it. */
  readonly code?: string;
  /** Names of its tools, or their number. */
  readonly tools?: number | readonly string[];
  /** Codes of the faults beside its tools. */
  readonly faults?: readonly string[];
  readonly limits?: EnumerationLimits;
}

export interface ZooLook {
  readonly limits?: EnumerationLimits;
  readonly abort?: AbortSignal;
}

/** @param server - Script in test/zoo, and its arguments. */
export function zooPlan(server: string, marker: string): CommandPlan {
  return { kind: 'command', argv: ['node', ...server.split(' '), marker], cwd: join(import.meta.dirname, '../zoo') };
}

/** What a look at a server of the zoo needs on this rung. Nothing is installed and nobody is called. */
export async function zooContext(rung: HostRung, { limits = LIMITS, abort = new AbortController().signal }: ZooLook = {}) {
  const sandbox = await openSandbox({ only: rung });
  if (!sandbox.ok) throw new Error(sandbox.fault.message);
  const cacheFolder = mkdtempSync(join(tmpdir(), 'zoo-cache-'));
  const npm = () => Promise.reject(new Error('nothing is installed here'));
  const close = () => rmSync(cacheFolder, { recursive: true });
  return { context: { http: NO_HTTP, sandbox, cacheFolder, npm, limits, abort }, close };
}

/** Enumerates it, and looks through the processes of the machine: none of its own may be left. */
export async function lookAtZoo(rung: HostRung, server: string, look: ZooLook = {}): Promise<Enumeration> {
  const marker = `marker-${randomUUID()}`;
  const { context, close } = await zooContext(rung, look);
  try {
    return await enumerate(zooPlan(server, marker), context);
  } finally {
    close();
    expect(await survivorsOf(marker)).toEqual([]);
  }
}

export async function expectCase(rung: HostRung, { server, limits = LIMITS, ...expected }: ZooCase): Promise<Enumeration> {
  const enumeration = await lookAtZoo(rung, server, { limits });
  const seen = seenIn(enumeration);
  expect(seen).toMatchObject({ status: expected.status, ...(expected.code && { code: expected.code }) });
  if (typeof expected.tools === 'number') expect(seen.tools).toHaveLength(expected.tools);
  else if (expected.tools) expect(seen.tools).toEqual(expected.tools);
  if (expected.faults) expect(seen.faults).toEqual(expected.faults);
  return enumeration;
}

/** What a case speaks of, for any outcome. */
function seenIn(enumeration: Enumeration) {
  const isListed = 'tools' in enumeration;
  return {
    status: enumeration.status,
    code: 'fault' in enumeration ? enumeration.fault.code : undefined,
    tools: isListed ? enumeration.tools.map(({ name }) => name) : undefined,
    faults: isListed ? enumeration.faults.map(({ code }) => code) : undefined,
  };
}
