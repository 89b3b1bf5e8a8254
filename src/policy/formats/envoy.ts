import { z } from 'zod';
import type { AccessPolicy, ToolRule } from '../../model/access-policy.ts';
import { celCondition, celString } from './cel-text.ts';
import { allowedTools, asDenied, deniedTools, type LoweredRule, lowerRules, lowerToConditions } from './lower-rules.ts';
import type { Lowered, PolicyFormat } from './policy-format.ts';
import { yamlProblems, yamlText } from './yaml-text.ts';

/**
 * The authorization of an `MCPRoute` of Envoy AI Gateway (now Agent Router), as a merge patch. The first rule that matches decides; a CEL error is no
 * match. Its CEL sees arguments, and has a limit on what an evaluation may cost, beyond which a call is denied. It counts nothing and asks nobody.
 */
export const envoy: PolicyFormat = {
  id: 'envoy',
  title: 'Envoy AI Gateway: CEL rules of an MCPRoute',
  fileName: 'envoy-mcproute-patch.yaml',
  documentation: 'https://aigateway.envoyproxy.io/docs/capabilities/mcp/',
  verifiedBy: { consumer: '@marcbachmann/cel-js', version: '8.0.0', how: 'engine' },
  lower: (policy) =>
    lowerRules(policy, {
      allowsByDefault: true,
      isName: () => true,
      lowerRule: (rule) => lowerRule(rule, policy),
    }),
  write,
  check: (text) => yamlProblems(text, MCPRoutePatch),
};

const ARGUMENTS = 'request.mcp.params.arguments';

/** What Kubernetes takes: rules, and characters of an expression. */
const MAX_RULES = 32;
const MAX_CHARACTERS = 4096;

function lowerRule(rule: ToolRule, policy: AccessPolicy): LoweredRule {
  const lowered = lowerToConditions(rule, policy, (condition) => celCondition(condition, ARGUMENTS) !== undefined);
  if (lowered.rule.decision !== 'allow' || narrowedExpression(rule).length <= MAX_CHARACTERS) return lowered;
  return {
    rule: asDenied(rule),
    message: `What its arguments must be like takes more than ${MAX_CHARACTERS} characters: the tool is denied.`,
  };
}

function write({ policy }: Lowered): string {
  const isClosed = policy.default === 'deny';
  const action = isClosed ? 'Allow' : 'Deny';
  const rules = (isClosed ? allowExpressions(policy) : oneOf(deniedTools(policy))).map((cel) => ({ action, cel }));
  const comment = [
    'kubectl patch mcproute NAME --type merge --patch-file envoy-mcproute-patch.yaml',
    'For a route with this one server behind it: another could have a tool of the same name.',
  ];
  return yamlText(comment, { spec: { securityPolicy: { authorization: { defaultAction: isClosed ? 'Deny' : 'Allow', rules } } } });
}

/** Tools without conditions, then the others. A tool is listed whatever is asked of its arguments: a list has none. */
function allowExpressions({ rules, ...policy }: AccessPolicy): string[] {
  const open = allowedTools({ ...policy, rules: rules.filter(({ require }) => require.length === 0) });
  const narrowed = rules.filter(({ decision, require }) => decision === 'allow' && require.length > 0);
  return [...oneOf(open), ...packed(narrowed.map(narrowedExpression), ' || ', MAX_CHARACTERS)];
}

function oneOf(tools: readonly string[]): string[] {
  const inList = (list: string) => `request.mcp.tool in [${list}]`;
  return packed(tools.map(celString), ', ', MAX_CHARACTERS - inList('').length).map(inList);
}

/** The parts, joined to as few as keep to the limit. */
function packed(parts: readonly string[], separator: string, maxCharacters: number): string[] {
  const all: string[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last !== undefined && last.length + separator.length + part.length <= maxCharacters) all[all.length - 1] = last + separator + part;
    else all.push(part);
  }
  return all;
}

function narrowedExpression({ tool, require }: ToolRule): string {
  const conditions = require.map((condition) => celCondition(condition, ARGUMENTS) ?? 'false');
  return `(request.mcp.tool == ${celString(tool)} && (request.mcp.method == "tools/list" || (${conditions.join(' && ')})))`;
}

const Rule = z.strictObject({
  action: z.enum(['Allow', 'Deny']),
  cel: z.string().min(1).max(MAX_CHARACTERS).optional(),
  source: z.looseObject({}).optional(),
  target: z.looseObject({}).optional(),
});
const Authorization = z.strictObject({ defaultAction: z.enum(['Allow', 'Deny']), rules: z.array(Rule).max(MAX_RULES) });
const MCPRoutePatch = z.looseObject({ spec: z.looseObject({ securityPolicy: z.looseObject({ authorization: Authorization }) }) });
