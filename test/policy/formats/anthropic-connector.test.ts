import { describe, expect, it } from 'vitest';
import { anthropicConnector } from '../../../src/policy/formats/anthropic-connector.ts';
import { connector } from './anthropic-connector.consumer.ts';
import { decidesAsLowered } from './consumer.ts';
import { policyOf } from './rules.ts';

describe('the toolset of the Anthropic MCP connector', () => {
  it('enables what is allowed, and nothing else', () => {
    const lowered = anthropicConnector.lower(policyOf('read', { tool: 'pay', decision: 'approve' }));
    expect(JSON.parse(anthropicConnector.write(lowered))).toEqual({
      type: 'mcp_toolset',
      mcp_server_name: 'S',
      default_config: { enabled: false },
      configs: { read: { enabled: true } },
    });
    expect(lowered.notes).toMatchObject([{ tool: 'pay' }]);
  });

  it('takes no file that leaves open what is done with other tools: they would be enabled', () => {
    expect(anthropicConnector.check('{"type":"mcp_toolset","mcp_server_name":"S","configs":{}}')).toMatchObject([
      { at: '/default_config' },
    ]);
  });

  it('decides every call as the stand-in does', async () => decidesAsLowered(anthropicConnector, connector), 60_000);
});
