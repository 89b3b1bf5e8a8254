import { z } from 'zod';
import { allowedTools, deniedTools, lowerRules, lowerToName } from './lower-rules.ts';
import type { Lowered, PolicyFormat } from './policy-format.ts';
import { problemsOf, readJson } from './problems.ts';

/**
 * The static tool filter of an MCP server in the OpenAI Agents SDK: `toolFilter: JSON.parse(readFileSync('openai-tool-filter.json', 'utf8'))`. What it
 * leaves out the model is not shown and cannot call. It knows names alone.
 */
export const openaiAgents: PolicyFormat = {
  id: 'openai-agents',
  title: 'OpenAI Agents SDK: the tool filter of an MCP server',
  fileName: 'openai-tool-filter.json',
  documentation: 'https://openai.github.io/openai-agents-js/guides/mcp/#tool-filtering',
  verifiedBy: { consumer: '@openai/agents-core', version: '0.20.0', how: 'engine' },
  lower: (policy) => lowerRules(policy, { allowsByDefault: true, isName: () => true, lowerRule: lowerToName }),
  write: (lowered) => `${JSON.stringify(filterOf(lowered), null, 2)}\n`,
  check(text) {
    const read = readJson(text);
    if ('problems' in read) return read.problems;
    const parsed = ToolFilter.safeParse(read.value);
    if (!parsed.success) return problemsOf(parsed.error);
    const { allowedToolNames } = parsed.data;
    const isOpen = allowedToolNames?.length === 0;
    return isOpen ? [{ at: '/allowedToolNames', message: 'An empty list allows every tool. Name one, or remove the list.' }] : [];
  },
};

/** An empty list allows everything. What is allowed and blocked is blocked, and what is not allowed is not allowed: together, nothing. */
const NOTHING = { allowedToolNames: ['-'], blockedToolNames: ['-'] };

function filterOf({ policy }: Lowered): ToolFilter {
  if (policy.default === 'allow') return { blockedToolNames: deniedTools(policy) };
  const allowedToolNames = allowedTools(policy);
  return allowedToolNames.length > 0 ? { allowedToolNames } : NOTHING;
}

const ToolFilter = z.strictObject({ allowedToolNames: z.array(z.string()).optional(), blockedToolNames: z.array(z.string()).optional() });
type ToolFilter = z.infer<typeof ToolFilter>;
