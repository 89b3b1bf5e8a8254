import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { agentgateway } from '../../../src/policy/formats/agentgateway.ts';
import { gateway } from './agentgateway.consumer.ts';
import { decidesAsLowered } from './consumer.ts';
import { isFalse, perMinute, policyOf } from './rules.ts';

describe('CEL for agentgateway', () => {
  it('allows by the exact name', () => {
    const text = agentgateway.write(agentgateway.lower(policyOf('read', 'a"\\b', { tool: 'drop', decision: 'deny' })));
    expect(parse(text)).toEqual({
      mcpAuthorization: { rules: [{ allow: 'mcp.tool.name == "a\\u0022\\u005cb"' }, { allow: 'mcp.tool.name == "read"' }] },
    });
  });

  it('has a rule where nothing is allowed: without one everything would be', () => {
    expect(parse(agentgateway.write(agentgateway.lower(policyOf())))).toEqual({ mcpAuthorization: { rules: [{ allow: 'false' }] } });
  });

  it.each([{ decision: 'limit' as const, limits: [perMinute(30)] }, { decision: 'approve' as const }, { require: [isFalse] }])(
    'denies %j, and says so',
    (rule) => {
      const { policy, notes } = agentgateway.lower(policyOf(rule));
      expect(policy.rules).toMatchObject([{ decision: 'deny' }]);
      expect(notes).toMatchObject([{ tool: 't' }]);
    },
  );

  it('denies by name under a default that allows', () => {
    const lowered = agentgateway.lower({ ...policyOf('read', { tool: 'drop', decision: 'hide' }), default: 'allow' });
    expect(parse(agentgateway.write(lowered)).mcpAuthorization.rules).toEqual([{ deny: 'mcp.tool.name == "drop"' }]);
  });

  it('names what is wrong with a file', () => {
    expect(agentgateway.check('mcpAuthorization:\n  rules:\n    - permit: "true"\n')).toContainEqual(
      expect.objectContaining({ at: '/mcpAuthorization/rules/0/permit' }),
    );
  });

  it('decides every call as the engine does', async () => decidesAsLowered(agentgateway, gateway), 60_000);
});
