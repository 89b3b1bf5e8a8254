import type { Enumeration } from '../model/enumeration.ts';
import { namesInCode } from './asked-by-code.ts';
import type { Start, Tried } from './attempt.ts';
import type { Launch } from './launch.ts';
import type { EnumerationLimits } from './limits.ts';
import { configurationBlocks } from './rungs/configuration-blocks.ts';
import type { PackageTexts } from './rungs/package-texts.ts';
import { vendorOf, withDummies } from './rungs/rung.ts';
import { type Widening, wideningsOf } from './rungs/widening.ts';
import type { Made, Starts } from './starts.ts';

export type Widest = NonNullable<Extract<Enumeration, { status: 'complete' }>['widest']>;

/** What the widest list is looked for from. */
export interface Ground {
  readonly starts: Starts;
  /** Where the default list comes from. */
  readonly best: Made;
  readonly texts: PackageTexts;
  readonly launch: Launch;
  readonly limits: EnumerationLimits;
}

/** Starts for the widest list, beside those for the default one: half of all servers start in 0.4 s. */
const MAX_STARTS = 14;

/**
 * Looks for a longer list than the default one: with credentials that the server can do without, with its toggles, toolsets and modes. What makes
 * the list longer is kept for the next start, everything else is dropped.
 *
 * @returns Nothing where no start lists more.
 */
export async function widen({ starts, best, texts, launch, limits }: Ground): Promise<Widest | undefined> {
  starts.allow(MAX_STARTS, limits.serverMs);
  let widest = best;
  const attempt = async ({ args, env }: Widening): Promise<boolean> => {
    const { start } = widest;
    const widened: Start = { ...start, rung: 'widened', args: joined(start.args, args), env: { ...start.env, ...env } };
    const tried = starts.isMade(widened) ? undefined : await starts.make(widened);
    if (!tried || tried.attempt.toolCount <= widest.tried.attempt.toolCount) return false;
    widest = { start: widened, tried };
    return true;
  };
  const help = await starts.make({ ...best.start, rung: 'widened', args: [...best.start.args, '--help'] });
  for (const widening of await credentialsOf({ texts, launch, best })) await attempt(widening);
  const described = { help: help?.text ?? '', readme: await texts.readme(), code: await texts.code() };
  for (const widening of wideningsOf(described)) {
    if (await attempt(widening)) continue;
    for (const part of widening.parts ?? []) await attempt(part);
  }
  return widest === best ? undefined : toWidest(starts, widest.tried);
}

/** Variables that its README or its code name and that it lists without. */
async function credentialsOf({ texts, launch, best }: Pick<Ground, 'texts' | 'launch' | 'best'>): Promise<Widening[]> {
  const blocks = configurationBlocks(await texts.readme(), await texts.names(), vendorOf(launch));
  const shown = Object.fromEntries(blocks.flatMap(({ env }) => Object.entries(env)));
  const read = await namesInCode(launch.codeFolder, '');
  const steps = [{ ...shown, ...best.start.env }, withDummies({ launch, start: best.start }, read)];
  return steps.map((env) => ({ args: [], env }));
}

/** An option that is given already is given anew. */
function joined(args: readonly string[], added: readonly string[]): string[] {
  const names = new Set(added.map((arg) => arg.split('=')[0]));
  return [...args.filter((arg) => !arg.startsWith('--') || !names.has(arg.split('=')[0])), ...added];
}

function toWidest({ made }: Starts, { result, attempt }: Tried): Widest | undefined {
  if (!('listing' in result)) return undefined;
  const position = made.findIndex(({ tried }) => tried.attempt === attempt);
  return { attempt: position, tools: [...result.listing.tools], answer: [...result.listing.answer] };
}
