import type { AccessPolicy, ToolRule } from '../../src/model/access-policy.ts';

const WHY: ToolRule['why'] = { category: 'Write', access: 'Write', by: 'unknown', reason: 'A test.', evidence: [], signals: [] };

export function ruleOf(tool: string, decision: ToolRule['decision'], more: Partial<ToolRule> = {}): ToolRule {
  return { tool, decision, limits: [], require: [], why: WHY, ...more };
}

export function limited(tool: string, max: number): ToolRule {
  return ruleOf(tool, 'limit', { limits: [{ counter: `${tool}_rate`, window: 'minute', max, scope: 'grant' }] });
}

export function policyOf(rules: readonly ToolRule[], defaultDecision: AccessPolicy['default'] = 'deny'): AccessPolicy {
  return { form: 'assay-policy/1', server: 'test', profile: 'standard', default: defaultDecision, rules: [...rules], placeholders: [] };
}
