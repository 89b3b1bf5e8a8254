import type { AttemptContext, Start, Tried } from './attempt.ts';
import type { Launch } from './launch.ts';
import type { PackageTexts } from './rungs/package-texts.ts';
import type { Foothold } from './rungs/rung.ts';
import { type Made, Starts } from './starts.ts';
import type { Widest, widen } from './widest.ts';

/** Every start of a server, and what they gave. */
export interface Climbed {
  /** In order; at least one. */
  readonly tries: readonly Tried[];
  /** Where the default list comes from; without any, what told most. */
  readonly best: Tried;
  /** What that was started with. */
  readonly start: Start;
  /** Where it was asked for and is longer. */
  readonly widest?: Widest;
}

/**
 * Starts the server bare, and after a failure as the rungs say, again and again within the limits. A bare start that lists is final for the default
 * list: dummies can shorten a list or break a server that was well (2 of 97 measured), so they are for those that list nothing.
 */
export async function climb(launch: Launch, context: AttemptContext): Promise<Climbed> {
  const { limits, sandbox } = context;
  const starts = new Starts(launch, context);
  const texts = packageTexts(launch);
  const common = {
    launch,
    sandbox: sandbox.record.rung,
    isTried: (change: Omit<Start, 'rung'>) => starts.isMade(change),
  };
  starts.allow(limits.maxAttempts, limits.serverMs);
  let start: Start | undefined = { rung: 'bare', args: [], env: launch.environment ?? {} };
  while (start) {
    const tried: Tried | undefined = await starts.make(start);
    if (!tried || hasTools(tried)) break;
    start = await nextStart({ ...common, texts: await texts(), start, tried });
  }
  const best = bestOf(starts.made);
  if (!best) throw new Error('the ladder made no start');
  const widest = context.widen && hasTools(best.tried) ? await widestOf({ starts, best, texts: await texts(), launch, limits }) : undefined;
  return { tries: starts.made.map(({ tried }) => tried), best: best.tried, start: best.start, ...(widest && { widest }) };
}

/** Loaded, as the rungs are, after a start that does not do: most servers need none of it, and all of it takes as long to load as they to start. */
function packageTexts({ codeFolder }: Launch): () => Promise<PackageTexts> {
  let texts: PackageTexts | undefined;
  return async () => {
    const { PackageTexts } = await import('./rungs/package-texts.ts');
    texts ??= new PackageTexts(codeFolder);
    return texts;
  };
}

async function widestOf(ground: Parameters<typeof widen>[0]): Promise<Widest | undefined> {
  const { widen } = await import('./widest.ts');
  return widen(ground);
}

/** The first rung that knows a start not yet made. */
async function nextStart(foothold: Foothold): Promise<Start | undefined> {
  const { RUNGS } = await import('./rungs/index.ts');
  for (const { id, next } of RUNGS) {
    const change = await next(foothold);
    if (change && !foothold.isTried(change)) return { ...change, rung: id };
  }
  return undefined;
}

/** The start that told most: the longest list, else the last that says what the server needs, else the last. */
function bestOf(made: readonly Made[]): Made | undefined {
  const listed = made.filter(({ tried }) => 'listing' in tried.result);
  if (listed.length > 0) return listed.reduce((best, one) => (one.tried.attempt.toolCount > best.tried.attempt.toolCount ? one : best));
  return made.findLast(({ tried }) => tried.attempt.status.startsWith('needs-')) ?? made.at(-1);
}

function hasTools({ result }: Tried): boolean {
  return 'listing' in result && result.listing.tools.length > 0;
}
