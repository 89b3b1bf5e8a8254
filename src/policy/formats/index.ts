import type { PolicyFormat } from './policy-format.ts';

/** A form that can be asked for; loaded when it is, because some bring a parser along. */
export interface ListedFormat {
  /** As in `--format`, and as in the format itself. */
  readonly id: string;
  load(): Promise<PolicyFormat>;
}

/** Every form, in the order that help and documents show. */
export const POLICY_FORMATS: readonly ListedFormat[] = [
  { id: 'json', load: async () => (await import('./json.ts')).json },
  { id: 'assay', load: async () => (await import('./assay.ts')).assay },
  { id: 'intercept', load: async () => (await import('./intercept.ts')).intercept },
  { id: 'toolhive-cedar', load: async () => (await import('./toolhive-cedar.ts')).toolhiveCedar },
  { id: 'agentgateway', load: async () => (await import('./agentgateway.ts')).agentgateway },
  { id: 'envoy', load: async () => (await import('./envoy.ts')).envoy },
  { id: 'docker-mcp', load: async () => (await import('./docker-mcp.ts')).dockerMcp },
  { id: 'litellm', load: async () => (await import('./litellm.ts')).litellm },
  { id: 'openai-agents', load: async () => (await import('./openai-agents.ts')).openaiAgents },
  { id: 'anthropic-connector', load: async () => (await import('./anthropic-connector.ts')).anthropicConnector },
];
