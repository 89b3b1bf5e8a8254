import type { AccessPolicy, Limit, ToolRule } from '../model/access-policy.ts';
import type { JsonObject } from '../model/json.ts';
import { holds, valuesAt } from './conditions.ts';
import { type Charge, type Counters, counterKey, windowAt } from './counters.ts';

/** A `tools/call` as a policy sees it. */
export interface Call {
  readonly tool: string;
  readonly arguments: JsonObject;
  /** Who calls: counts of scope `grant` are kept apart by it. */
  readonly grant: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface Ruling {
  /** `approve`: only when a person says so. */
  readonly decision: 'allow' | 'approve' | 'deny';
  /** The rule that decided; absent where the policy's default did. */
  readonly rule?: ToolRule;
  /** For the caller: which rule, and when to try again where that helps. Nothing that a server wrote but the tool's own name. */
  readonly reason: string;
  /** When there is room again, milliseconds since the epoch; only where a limit denied. */
  readonly retryAt?: number;
}

/**
 * What the policy says of a call. Pure but for the counters: a call that is allowed takes from every limit at once, one that is denied from none. Of a
 * tool that needs approval nothing is taken until {@link settle} is told that it was given.
 */
export function evaluate(policy: AccessPolicy, call: Call, counters: Counters): Ruling {
  const ruling = rule(policy, call, counters);
  return ruling.decision === 'allow' && ruling.charges ? settled(ruling, counters) : withoutCharges(ruling);
}

/** After a person approved: what the policy says now, in which the time may have used up a limit. */
export function settle(policy: AccessPolicy, call: Call, counters: Counters): Ruling {
  const ruling = rule(policy, call, counters);
  if (ruling.decision === 'deny') return withoutCharges(ruling);
  return settled({ ...ruling, decision: 'allow' }, counters);
}

interface Charged extends Ruling {
  readonly charges?: readonly Charge[];
}

function settled(ruling: Charged, counters: Counters): Ruling {
  counters.take(ruling.charges ?? []);
  return withoutCharges(ruling);
}

function withoutCharges({ charges: _, ...ruling }: Charged): Ruling {
  return ruling;
}

function rule(policy: AccessPolicy, call: Call, counters: Counters): Charged {
  const found = policy.rules.find(({ tool }) => tool === call.tool);
  if (!found) return ofDefault(policy.default, call.tool);
  if (found.decision === 'deny' || found.decision === 'hide') return denied(found, found.message ?? 'The policy denies this tool.');
  const broken = found.require.find((condition) => !holds(condition, call.arguments));
  if (broken) return denied(found, `The policy does not allow this value of ${JSON.stringify(broken.path.join('.'))}.`);
  const charges = chargesOf(found, call, counters);
  if ('reason' in charges) return charges;
  const decision = found.decision === 'approve' ? 'approve' : 'allow';
  const reason = decision === 'approve' ? (found.message ?? 'A person has to approve this call.') : 'The policy allows it.';
  return { decision, rule: found, reason, charges };
}

function ofDefault(decision: AccessPolicy['default'], tool: string): Ruling {
  if (decision === 'allow') return { decision, reason: 'No rule names this tool, and the policy allows what it does not name.' };
  return { decision, reason: `No rule names the tool ${JSON.stringify(tool)}, and the policy denies what it does not name.` };
}

function denied(found: ToolRule, reason: string): Ruling {
  return { decision: 'deny', rule: found, reason };
}

/** What the call takes of each limit, or the first that has no room for it. Limits that share a counter take from it one after the other. */
function chargesOf(found: ToolRule, call: Call, counters: Counters): readonly Charge[] | Ruling {
  const charges: Charge[] = [];
  for (const limit of found.limits) {
    const amount = limit.amount ? amountOf(limit.amount, call.arguments) : 1;
    if (amount === undefined) return denied(found, `The amount ${JSON.stringify(limit.amount?.join('.'))} has to be a number from 0.`);
    const { start, end } = windowAt(limit.window, call.now);
    const key = counterKey(limit, call.grant);
    const before = charges.filter((charge) => charge.key === key).reduce((sum, charge) => sum + charge.amount, 0);
    if (counters.taken(key, start) + before + amount > limit.max) return { ...denied(found, full(limit)), retryAt: end };
    charges.push({ key, window: start, amount, max: limit.max });
  }
  return charges;
}

/** The sum of all values there; nothing where one is no number from 0, or there is none. */
function amountOf(path: readonly string[], args: JsonObject): number | undefined {
  const values = valuesAt(path, args);
  if (values === 'too-many' || values.length === 0) return undefined;
  let sum = 0;
  for (const value of values) {
    if (typeof value !== 'number' || !(value >= 0) || !Number.isFinite(value)) return undefined;
    sum += value;
  }
  return Number.isFinite(sum) ? sum : undefined;
}

function full({ max, window, amount }: Limit): string {
  const what = amount ? `a total of ${max}` : `${max} calls`;
  return `The limit of ${what} per ${window} is reached. Try again when the ${window} is over.`;
}
