import { z } from 'zod';
import { allowedTools, lowerRules, lowerToName } from './lower-rules.ts';
import type { Lowered, PolicyFormat } from './policy-format.ts';
import { yamlProblems, yamlText } from './yaml-text.ts';

/** What the file calls the server. LiteLLM puts it before a tool's name: a tool whose own name begins so could be taken for another. */
const SERVER = 'guarded_server';

/**
 * `allowed_tools` of a server in the configuration of the LiteLLM proxy, which is Python: nothing but our reading of its source checks the file. An empty
 * list allows everything there, so where nothing is allowed there is no server.
 */
export const litellm: PolicyFormat = {
  id: 'litellm',
  title: 'LiteLLM proxy: allowed tools of a server',
  fileName: 'litellm-mcp.yaml',
  documentation: 'https://docs.litellm.ai/docs/mcp_control',
  lower: (policy) => lowerRules(policy, { allowsByDefault: false, isName: (tool) => !tool.startsWith(SERVER), lowerRule: lowerToName }),
  write,
  check: (text) => yamlProblems(text, LiteLLMConfig),
};

function write({ policy }: Lowered): string {
  const allowed = allowedTools(policy);
  const comment = [
    'For "include" in the config.yaml of LiteLLM 1.77.7 or later: older ones do not keep to it (issue 15078).',
    `Add the url or command of the server here. It has to be called ${SERVER}, and no other entry may lead to it.`,
    ...(allowed.length > 0 ? [] : ['Nothing is allowed, and LiteLLM takes an empty list for everything: so there is no server.']),
  ];
  return yamlText(comment, { mcp_servers: allowed.length > 0 ? { [SERVER]: { allowed_tools: allowed } } : {} });
}

const NO_TOOL = 'An empty list allows every tool. Name one, or remove the server';
const Server = z.looseObject({ allowed_tools: z.array(z.string()).min(1, NO_TOOL) });
const LiteLLMConfig = z.looseObject({ mcp_servers: z.record(z.string(), Server) });
