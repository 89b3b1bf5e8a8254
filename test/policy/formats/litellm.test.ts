import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { litellm } from '../../../src/policy/formats/litellm.ts';
import { decidesAsLowered } from './consumer.ts';
import { litellmProxy } from './litellm.consumer.ts';
import { policyOf } from './rules.ts';

describe('the LiteLLM proxy', () => {
  it('lists what is allowed', () => {
    const text = litellm.write(litellm.lower(policyOf('read', 'list-all', { tool: 'drop', decision: 'hide' })));
    expect(parse(text)).toEqual({ mcp_servers: { guarded_server: { allowed_tools: ['list-all', 'read'] } } });
  });

  it('has no server where nothing is allowed: an empty list would allow everything', () => {
    expect(parse(litellm.write(litellm.lower(policyOf())))).toEqual({ mcp_servers: {} });
    expect(litellm.check('mcp_servers: {a: {allowed_tools: []}}\n')).toMatchObject([{ at: '/mcp_servers/a/allowed_tools' }]);
  });

  it('leaves a name that stands for another tool under the default, and says so', () => {
    const { policy, notes } = litellm.lower(policyOf('guarded_server-drop', 'read'));
    expect([policy.rules, notes]).toMatchObject([[{ tool: 'read' }], [{ tool: 'guarded_server-drop' }]]);
  });

  it('decides every call as the stand-in does', async () => decidesAsLowered(litellm, litellmProxy), 60_000);
});
