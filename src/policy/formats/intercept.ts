import { z } from 'zod';
import type { AccessPolicy, ToolRule } from '../../model/access-policy.ts';
import { asDenied, type LoweredRule, lowerRules, lowerToName } from './lower-rules.ts';
import type { Lowered, PolicyFormat } from './policy-format.ts';
import { yamlProblems, yamlText } from './yaml-text.ts';

/**
 * The YAML of PolicyLayer's proxy Intercept, version 1. Its windows are those of the calendar in UTC, as ours; a count is of one tool and over all who
 * call through the proxy. Its conditions take `"false"` for `false` and never hold of an array, so none of the model's can be said. It asks nobody.
 * `intercept` has no package on npm: nothing but our reading of its documentation checks the file.
 */
export const intercept: PolicyFormat = {
  id: 'intercept',
  title: 'Intercept: YAML, version 1',
  fileName: 'intercept-policy.yaml',
  documentation: 'https://policylayer.com/docs/policy-reference',
  lower: (policy) =>
    lowerRules(policy, { allowsByDefault: true, isName: (tool) => tool !== '<<', lowerRule: (rule) => lowerRule(rule, policy) }),
  write: ({ policy }) => yamlText(['intercept -c intercept-policy.yaml -- COMMAND'], documentOf(policy)),
  check: (text) => yamlProblems(text, InterceptPolicy),
};

function lowerRule(rule: ToolRule, policy: AccessPolicy): LoweredRule {
  if (rule.require.length > 0) return lowerToName({ ...rule, decision: 'allow', limits: [] });
  if (rule.decision !== 'limit') return lowerToName(rule);
  const what = unsayableLimit(rule, policy);
  if (what !== undefined) return { rule: asDenied(rule), message: `This form cannot say ${what}: the tool is denied.` };
  const limits = rule.limits.map((limit) => ({ ...limit, scope: 'all' as const }));
  const isStricter = rule.limits.some(({ scope }) => scope === 'grant');
  return { rule: { ...rule, limits }, ...(isStricter && { message: 'This form counts the calls of all grants together.' }) };
}

/** A count is named by tool and window; the name of a tool ends at its first dot there, and `_global` is every tool. */
function unsayableLimit({ tool, limits }: ToolRule, { rules }: AccessPolicy): string | undefined {
  if (tool.includes('.') || tool === '_global') return 'how often a tool of this name';
  if (limits.some(({ amount }) => amount !== undefined)) return 'a limit of an amount';
  if (new Set(limits.map(({ window }) => window)).size < limits.length) return 'two limits in one window';
  const others = rules.filter((rule) => rule.tool !== tool).flatMap((rule) => rule.limits);
  return others.some(({ counter }) => limits.some((limit) => limit.counter === counter)) ? 'a limit over several tools' : undefined;
}

function documentOf({ default: standing, rules }: Lowered['policy']) {
  const sorted = rules.toSorted((a, b) => (a.tool < b.tool ? -1 : 1));
  const hide = sorted.filter(({ decision }) => decision === 'hide').map(({ tool }) => tool);
  const shown = sorted.filter(({ decision }) => decision !== 'hide');
  return {
    version: '1',
    default: standing,
    ...(hide.length > 0 && { hide }),
    tools: new Map(shown.map((rule) => [rule.tool, { rules: rulesOf(rule) }])),
  };
}

function rulesOf({ decision, limits, message }: ToolRule) {
  if (decision === 'deny') return [{ name: 'denied', action: 'deny', on_deny: message ?? 'Denied by the policy.' }];
  return limits.map(({ max, window }) => ({ name: `at most ${max} per ${window}`, rate_limit: `${max}/${window}` }));
}

const RuleName = z.string().min(1);
const Denial = z.strictObject({ name: RuleName, action: z.literal('deny'), on_deny: z.string().optional() });
const RateLimit = z.strictObject({
  name: RuleName,
  rate_limit: z.string().regex(/^[1-9]\d{0,15}\/(?:minute|hour|day)$/, 'Invalid input: expected a limit such as 30/minute'),
  on_deny: z.string().optional(),
});
const Evaluation = z.strictObject({
  name: RuleName,
  action: z.literal('evaluate').optional(),
  conditions: z.array(z.strictObject({ path: z.string().regex(/^(?:args|state)\./), op: z.string(), value: z.unknown() })).min(1),
  on_deny: z.string().optional(),
  state: z.looseObject({ counter: z.string().min(1), window: z.enum(['minute', 'hour', 'day']) }).optional(),
});
const InterceptPolicy = z
  .strictObject({
    version: z.literal('1'),
    description: z.string().optional(),
    default: z.enum(['allow', 'deny']),
    hide: z.array(z.string().min(1)).optional(),
    tools: z.record(z.string(), z.strictObject({ rules: z.array(z.union([RateLimit, Denial, Evaluation])) })),
  })
  .refine(
    ({ tools }) => Object.entries(tools).every(([tool, { rules }]) => !tool.includes('.') || !rules.some((rule) => 'rate_limit' in rule)),
    {
      path: ['tools'],
      message: 'A tool with a dot in its name cannot have a rate limit: deny it, or remove the limit',
    },
  );
