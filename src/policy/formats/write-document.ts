import type { AccessPolicy, Condition, ToolRule } from '../../model/access-policy.ts';
import type { PolicyCondition, PolicyDocument, ToolPolicy } from '../../model/policy.ts';

/** The published document of a policy that says only what the document can: see the format `json`. */
export function policyDocument(policy: AccessPolicy): PolicyDocument {
  const hide = policy.rules.filter(({ decision }) => decision === 'hide').map(({ tool }) => tool);
  const shown = policy.rules.filter(({ decision }) => decision !== 'hide').sort((a, b) => (a.tool < b.tool ? -1 : 1));
  return {
    version: '1',
    default: policy.default,
    ...(hide.length > 0 && { hide: hide.sort() }),
    // Defines own properties whatever the key: an assignment to a name such as __proto__ would be lost.
    ...(shown.length > 0 && { tools: Object.fromEntries(shown.map((rule) => [rule.tool, bodyOf(rule)])) }),
  };
}

function bodyOf({ decision, message, limits, require }: ToolRule): ToolPolicy {
  if (decision === 'deny') return { deny_if: [{ conditions: [], on_deny: message ?? 'Denied by the policy.' }] };
  const needed = require.filter(({ ifAbsent }) => ifAbsent === 'fails');
  const refused = require.filter(({ ifAbsent }) => ifAbsent === 'holds');
  return {
    ...(needed.length > 0 && { require: needed.map((condition) => ({ conditions: needs(condition), on_deny: ON_DENY })) }),
    ...(refused.length > 0 && { deny_if: refused.map((condition) => ({ conditions: refuses(condition), on_deny: ON_DENY })) }),
    ...(limits.length > 0 && { limits: limits.map(({ counter, window, max }) => ({ counter, window, max, scope: 'grant' as const })) }),
  };
}

/** The name of the argument would be the server's words in ours. */
const ON_DENY = 'The policy does not allow these arguments.';

/** What has to hold of an argument that has to be there. */
function needs(condition: Condition): PolicyCondition[] {
  const path = pathOf(condition);
  if (condition.op === 'at-most' && typeof condition.value === 'number')
    return [
      { path, op: 'gte', value: 0 },
      { path, op: 'lte', value: condition.value },
    ];
  return [{ path, op: condition.op === 'not-one-of' ? 'not_in' : 'in', value: valuesOf(condition) }];
}

/** What must not hold of an argument that may be absent: every operator is false of one that is. */
function refuses(condition: Condition): PolicyCondition[] {
  return [{ path: pathOf(condition), op: condition.op === 'not-one-of' ? 'in' : 'not_in', value: valuesOf(condition) }];
}

function pathOf({ path }: Condition): string {
  return ['args', ...path].join('.');
}

function valuesOf(condition: Condition) {
  if ('values' in condition && Array.isArray(condition.values)) return [...condition.values];
  throw new Error(`${condition.op} has no words in this form`);
}
