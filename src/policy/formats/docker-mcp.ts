import { z } from 'zod';
import { allowedTools, lowerRules, lowerToName } from './lower-rules.ts';
import type { Lowered, PolicyFormat } from './policy-format.ts';
import { yamlProblems, yamlText } from './yaml-text.ts';

/**
 * The Docker MCP Gateway as a Compose service. Its `tools.yaml` lists tools by the server's name in Docker's catalogue, and under any other name leaves all
 * of them enabled; `--tools` enables what it names and nothing else, whatever the server is called. Commas, colons and asterisks mean something there.
 */
export const dockerMcp: PolicyFormat = {
  id: 'docker-mcp',
  title: 'Docker MCP Gateway: enabled tools, as a Compose file',
  fileName: 'compose.mcp-gateway.yaml',
  documentation: 'https://docs.docker.com/reference/cli/docker/mcp/gateway/run',
  lower: (policy) => lowerRules(policy, { allowsByDefault: false, isName: (tool) => /^[\w.-]{1,256}$/.test(tool), lowerRule: lowerToName }),
  write,
  check: (text) => yamlProblems(text, ComposeFile),
};

function write({ policy }: Lowered): string {
  const tools = allowedTools(policy);
  const comment = [
    'Add your --servers and transport to the command. Other tools are not enabled, of no server.',
    ...(tools.length > 0 ? [] : ['Nothing is allowed, and the gateway would take an empty list for everything: so it does not run.']),
  ];
  const gateway = {
    image: 'docker/mcp-gateway',
    command: tools.map((tool) => `--tools=${tool}`),
    ...(tools.length > 0 ? {} : { scale: 0 }),
  };
  return yamlText(comment, { services: { gateway } });
}

const ToolOption = z.string().regex(/^--/, 'Invalid input: expected an option such as --tools=search');
const Gateway = z
  .looseObject({ image: z.string(), command: z.array(ToolOption), scale: z.number().int().min(0).optional() })
  .refine(
    ({ command, scale }) => scale === 0 || command.some((option) => option.startsWith('--tools=')),
    'Without --tools every tool is enabled. Name at least one',
  );
const ComposeFile = z.looseObject({ services: z.looseObject({ gateway: Gateway }) });
