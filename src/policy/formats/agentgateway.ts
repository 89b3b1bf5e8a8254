import { z } from 'zod';
import { celString } from './cel-text.ts';
import { allowedTools, deniedTools, lowerRules, lowerToName } from './lower-rules.ts';
import type { Lowered, PolicyFormat } from './policy-format.ts';
import { yamlProblems, yamlText } from './yaml-text.ts';

/**
 * `mcpAuthorization` of agentgateway, for the policies of a route or backend with this one server. Its CEL sees the tool's name and no argument
 * (https://github.com/agentgateway/agentgateway/issues/3092), and its rate limits are of a whole route. As soon as there is an allow rule, what none names
 * is denied, prompts and resources too; without any rule everything is allowed, so there is always one. Denied tools are not listed.
 */
export const agentgateway: PolicyFormat = {
  id: 'agentgateway',
  title: 'agentgateway: CEL rules over tool names',
  fileName: 'agentgateway-mcp-authorization.yaml',
  documentation: 'https://agentgateway.dev/docs/standalone/latest/configuration/security/mcp-authz/',
  verifiedBy: { consumer: '@marcbachmann/cel-js', version: '8.0.0', how: 'engine' },
  lower: (policy) => lowerRules(policy, { allowsByDefault: true, isName: () => true, lowerRule: lowerToName }),
  write,
  check: (text) => yamlProblems(text, AgentgatewayAuthorization),
};

function write({ policy }: Lowered): string {
  const comment = [
    'Goes under "policies" where agentgateway has this one server as its target: another target could have a tool of the same name.',
    policy.default === 'deny'
      ? 'What no rule names is denied: other tools, and all prompts and resources.'
      : 'What no rule names is allowed.',
  ];
  return yamlText(comment, { mcpAuthorization: { rules: policy.default === 'deny' ? allowRules(policy) : denyRules(policy) } });
}

/** A rule that never matches where nothing is allowed: no rule at all would allow everything. */
function allowRules(policy: Lowered['policy']) {
  const tools = allowedTools(policy);
  return tools.length > 0 ? tools.map((tool) => ({ allow: isTool(tool) })) : [{ allow: 'false' }];
}

function denyRules(policy: Lowered['policy']) {
  return deniedTools(policy).map((tool) => ({ deny: isTool(tool) }));
}

function isTool(tool: string): string {
  return `mcp.tool.name == ${celString(tool)}`;
}

const Rule = z.union([
  z.string().min(1),
  z.strictObject({ allow: z.string().min(1) }),
  z.strictObject({ deny: z.string().min(1) }),
  z.strictObject({ require: z.string().min(1) }),
]);
const AgentgatewayAuthorization = z.strictObject({ mcpAuthorization: z.strictObject({ rules: z.array(Rule) }) });
