import { basename } from 'node:path';
import type { Attempt, SandboxRung } from '../../model/enumeration.ts';
import type { Start, Tried } from '../attempt.ts';
import { dummyFor } from '../dummies.ts';
import type { Launch } from '../launch.ts';
import type { Preload } from './aids.ts';
import type { PackageTexts } from './package-texts.ts';

/** Where the climb stands: what was started last and what came of it. */
export interface Foothold {
  readonly launch: Launch;
  readonly start: Start;
  readonly tried: Tried;
  readonly texts: PackageTexts;
  /** What it runs in. */
  readonly sandbox: SandboxRung;
  /** Whether it was started so before. */
  isTried(change: Change): boolean;
}

/** One way on from a start that listed nothing. */
export interface Rung {
  readonly id: Attempt['rung'];
  /** @returns The next start, where what is known asks for it; the same as one before is taken for none. */
  next(foothold: Foothold): Promise<Change | undefined> | Change | undefined;
}

export type Change = Omit<Start, 'rung'>;

/** Dummies for those names that have no value yet. */
export function withDummies({ launch, start }: Pick<Foothold, 'launch' | 'start'>, names: readonly string[]): Start['env'] {
  const missing = names.filter((name) => !Object.hasOwn(start.env, name));
  return { ...start.env, ...Object.fromEntries(missing.map((name) => [name, dummyFor(name, vendorOf(launch))])) };
}

/** Whose it is, written like a variable: `npm:@planet/mcp@1.0.0` is `PLANET_MCP_1_0_0`. */
export function vendorOf({ text }: Launch): string {
  return text
    .replace(/^[a-z]{1,10}:/, '')
    .slice(0, 100)
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_/, '')
    .toUpperCase();
}

/** Whether a module of ours can be loaded before it. An image brings its own files. */
export function runsOnNode({ launch, start, sandbox }: Foothold): boolean {
  const [program] = start.program?.argv ?? launch.argv;
  return sandbox !== 'container' && /^(?:node|bash|sh)$/.test(basename(program));
}

/** Nothing where it has it already. */
export function withPreload(start: Start, preload: Preload): Change | undefined {
  const preloads = start.aids?.preloads ?? [];
  return preloads.includes(preload) ? undefined : { ...start, aids: { ...start.aids, preloads: [...preloads, preload] } };
}
