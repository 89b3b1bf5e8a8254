import { askedNames } from './asked.ts';
import { askedArguments } from './asked-arguments.ts';
import { namesInCode } from './asked-by-code.ts';
import { askedValues } from './asked-values.ts';
import { type AttemptContext, type Start, type Tried, tryOnce } from './attempt.ts';
import { dummyFor } from './dummies.ts';
import type { Launch } from './launch.ts';

/** Less is not worth a start: half of all servers need 0.4 s, one in ten more than 1.1 s. */
const LEAST_USEFUL_MS = 1_000;

/**
 * Starts the server bare, and after a failure with dummies for what its output asks for, again and again within the limits. A bare start that
 * lists is final: dummies can shorten a list or break a server that was well (2 of 97 measured), so they are for those that list nothing.
 *
 * @returns Every start, in order; at least one.
 */
export async function climb(launch: Launch, context: AttemptContext): Promise<Tried[]> {
  const { limits } = context;
  const deadline = performance.now() + limits.serverMs;
  const tries: Tried[] = [];
  let start: Start | undefined = { rung: 'bare', args: [], env: launch.environment ?? {} };
  while (start && tries.length < limits.maxAttempts) {
    const leftMs = deadline - performance.now();
    if (tries.length > 0 && leftMs < LEAST_USEFUL_MS) break;
    const tried: Tried = await tryOnce(launch, start, Math.min(limits.attemptMs, leftMs), context);
    tries.push(tried);
    start = hasTools(tried) ? undefined : await nextStart(launch, start, tried);
  }
  return tries;
}

/** The start that told most: the longest list, else the last that says what the server needs, else the last. */
export function bestOf(tries: readonly Tried[]): Tried | undefined {
  const listed = tries.filter(({ result }) => 'listing' in result);
  if (listed.length > 0) return listed.reduce((best, tried) => (tried.attempt.toolCount > best.attempt.toolCount ? tried : best));
  return tries.findLast(({ attempt }) => attempt.status.startsWith('needs-')) ?? tries.at(-1);
}

function hasTools({ result }: Tried): boolean {
  return 'listing' in result && result.listing.tools.length > 0;
}

/** Environment first, arguments only when no new name appears: filling in optional flags breaks servers that a variable would have satisfied. */
async function nextStart(launch: Launch, { args, env }: Start, { text, attempt }: Tried): Promise<Start | undefined> {
  const values = askedValues(text, env);
  const names = askedNames(text).filter((name) => !Object.hasOwn(env, name));
  const asked = { ...env, ...dummies(names), ...values };
  if (names.length > 0 || Object.keys(values).length > 0) return { rung: 'asked-environment', args, env: asked };
  const added = askedArguments(text, [...launch.argv, ...args]);
  if (added.length > 0) return { rung: 'asked-arguments', args: [...args, ...added], env };
  // Code names far more than is needed, so it is only asked about a start that ended of itself: one that hangs would hang again.
  if (attempt.status !== 'crashed' && attempt.status !== 'needs-auth') return undefined;
  const inCode = (await namesInCode(launch.codeFolder, text)).filter((name) => !Object.hasOwn(env, name));
  if (inCode.length > 0) return { rung: 'asked-environment', args, env: { ...env, ...dummies(inCode) } };
  return undefined;
}

function dummies(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, dummyFor(name)]));
}
