import type { AccessPolicy, Condition, Limit, ToolRule } from '../../../src/model/access-policy.ts';
import type { Call } from '../../../src/policy/evaluate.ts';

const RULE: ToolRule = {
  tool: 't',
  decision: 'allow',
  limits: [],
  require: [],
  why: { category: 'Read', access: 'Read', by: 'classification', reason: 'r', evidence: [], signals: [] },
};

/** What is said of a tool; a name alone is a tool that is allowed. */
export type Said = string | Partial<ToolRule>;

export function policyOf(...rules: readonly Said[]): AccessPolicy {
  return {
    form: 'assay-policy/1',
    server: 'S',
    profile: 'standard',
    default: 'deny',
    rules: rules.map((rule) => (typeof rule === 'string' ? { ...RULE, tool: rule } : { ...RULE, ...rule })),
    placeholders: [],
  };
}

export function perMinute(max: number, more: Partial<Limit> = {}): Limit {
  return { counter: 't_rate', window: 'minute', max, scope: 'grant', ...more };
}

export const isFalse: Condition = { op: 'one-of', path: ['force'], values: [false], ifAbsent: 'holds' };
export const isListed: Condition = { op: 'one-of', path: ['action'], values: ['list', 'get'], ifAbsent: 'fails' };

export function call(tool: string, args: Call['arguments'] = {}): Call {
  return { tool, arguments: args, grant: 'one', now: 0 };
}
