import { z } from 'zod';
import { allowedTools, deniedTools, lowerRules, lowerToName } from './lower-rules.ts';
import type { Lowered, PolicyFormat } from './policy-format.ts';
import { problemsOf, readJson } from './problems.ts';

/**
 * The `mcp_toolset` of Anthropic's MCP connector, for `tools` of a Messages request; as `BetaMCPToolset` of @anthropic-ai/sdk 1.12.0 has it. Whether a tool
 * is enabled is decided at Anthropic's, which nothing on npm stands in for. A request that has no server of that name is refused.
 */
export const anthropicConnector: PolicyFormat = {
  id: 'anthropic-connector',
  title: 'Anthropic MCP connector: the toolset of a server',
  fileName: 'mcp-toolset.json',
  documentation: 'https://docs.claude.com/en/docs/agents-and-tools/mcp-connector',
  lower: (policy) => lowerRules(policy, { allowsByDefault: true, isName: () => true, lowerRule: lowerToName }),
  write: (lowered) => `${JSON.stringify(toolsetOf(lowered), null, 2)}\n`,
  check(text) {
    const read = readJson(text);
    if ('problems' in read) return read.problems;
    const parsed = Toolset.safeParse(read.value);
    return parsed.success ? [] : problemsOf(parsed.error);
  },
};

function toolsetOf({ policy }: Lowered): z.infer<typeof Toolset> {
  const isOpen = policy.default === 'allow';
  const named = isOpen ? deniedTools(policy) : allowedTools(policy);
  return {
    type: 'mcp_toolset',
    mcp_server_name: policy.server,
    default_config: { enabled: isOpen },
    configs: Object.fromEntries(named.map((tool) => [tool, { enabled: !isOpen }])),
  };
}

const ToolConfig = z.strictObject({ enabled: z.boolean().optional(), defer_loading: z.boolean().optional() });
const Toolset = z.strictObject({
  type: z.literal('mcp_toolset'),
  mcp_server_name: z.string().min(1),
  // Without it every tool is enabled.
  default_config: ToolConfig.required({ enabled: true }),
  configs: z.record(z.string(), ToolConfig).optional(),
});
