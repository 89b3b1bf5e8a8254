import type { AccessPolicy, ToolRule } from '../model/access-policy.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts';
import type { Counters } from '../policy/counters.ts';
import { evaluate, type Ruling, settle } from '../policy/evaluate.ts';
import type { AuditEntry, AuditLog } from './audit-log.ts';
import { hasTwin } from './client-frame.ts';
import { RoomTaken } from './journal-counters.ts';

/** Other processes may take the room that was seen; each time one of them got a call through. */
const MAX_LOOKS = 1_000;

export interface GateOptions {
  readonly grant: string;
  readonly counters: Counters;
  readonly audit: Pick<AuditLog, 'write'>;
  /** Nothing is denied; what would have been is written down. */
  readonly observe: boolean;
  readonly now: () => number;
}

/** Decides calls and writes every decision down. Whatever goes wrong here is a denial. */
export class Gate {
  /** Replaced as a whole when the file changes. */
  policy: AccessPolicy;
  readonly #options: GateOptions;

  constructor(policy: AccessPolicy, options: GateOptions) {
    this.policy = policy;
    this.#options = options;
  }

  decide(tool: string, args: JsonObject): Ruling {
    return this.#decided(evaluate, tool, args);
  }

  /** After a person approved. */
  settle(tool: string, args: JsonObject): Ruling {
    return this.#decided(settle, tool, args);
  }

  /** Where a person did not approve. */
  refuse(tool: string, args: JsonObject, reason: string): Ruling {
    return this.#written({ ...this.#ruleOf(tool), decision: 'deny', reason }, 'deny', tool, args);
  }

  isShown(tool: string): boolean {
    const { rule } = this.#ruleOf(tool);
    return this.#options.observe || (rule ? rule.decision !== 'hide' : this.policy.default === 'allow');
  }

  #ruleOf(name: string): { readonly rule?: ToolRule } {
    const rule = this.policy.rules.find(({ tool }) => tool === name);
    return rule ? { rule } : {};
  }

  #decided(decide: typeof evaluate, tool: string, args: JsonObject): Ruling {
    const ruling = this.#ruling(decide, tool, args);
    const { observe } = this.#options;
    if (observe && ruling.decision !== 'allow') {
      const written = this.#written(ruling, ruling.decision === 'deny' ? 'would-deny' : 'would-ask', tool, args);
      return { ...written, decision: 'allow' };
    }
    const decision = ruling.decision === 'approve' ? 'ask' : ruling.decision;
    return this.#written(ruling, decide === settle && decision === 'allow' ? 'approved' : decision, tool, args);
  }

  #ruling(decide: typeof evaluate, tool: string, args: JsonObject): Ruling {
    const { rule } = this.#ruleOf(tool);
    if (rule && hasOtherSpelling(rule, args)) {
      return { rule, decision: 'deny', reason: 'An argument that the policy looks at is spelled in another way too.' };
    }
    if (!rule && this.policy.default === 'allow' && hasTwin({ [tool]: null }, new Set(this.policy.rules.map((each) => each.tool)))) {
      return { decision: 'deny', reason: 'The policy names a tool that is only spelled in another way.' };
    }
    const { grant, counters, now } = this.#options;
    try {
      for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
        const ruling = attempt(() => decide(this.policy, { tool, arguments: args, grant, now: now() }, counters));
        if (ruling) return ruling;
      }
      return { ...(rule && { rule }), decision: 'deny', reason: 'Too many guards count at once. Try again.' };
    } catch (error) {
      return { ...(rule && { rule }), decision: 'deny', reason: `The counters cannot be kept (${codeOf(error)}).` };
    }
  }

  /** A decision that cannot be written down is not carried out. */
  #written(ruling: Ruling, decision: AuditEntry['decision'], tool: string, args: JsonObject): Ruling {
    const { audit, grant, now, observe } = this.#options;
    try {
      audit.write({ tool, decision, rule: ruling.rule?.decision ?? 'default', reason: ruling.reason, grant }, args, now());
      return ruling;
    } catch (error) {
      if (observe) return ruling;
      return { ...ruling, decision: 'deny', reason: `The audit log cannot be written (${codeOf(error)}).` };
    }
  }
}

/** Nothing where another process was quicker. */
function attempt(decide: () => Ruling): Ruling | undefined {
  try {
    return decide();
  } catch (error) {
    if (error instanceof RoomTaken) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error ? String((error as NodeJS.ErrnoException).code ?? error.message) : 'unknown';
}

/** A server whose reader ignores case would take `Path` where `path` was looked at. */
function hasOtherSpelling({ require, limits }: ToolRule, args: JsonObject): boolean {
  const names = new Set([...require.flatMap(({ path }) => path), ...limits.flatMap(({ amount }) => amount ?? [])]);
  const open: JsonValue[] = names.size > 0 ? [args] : [];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isJsonObject(value) && hasTwin(value, names)) return true;
    if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) open.push(member);
  }
  return false;
}
