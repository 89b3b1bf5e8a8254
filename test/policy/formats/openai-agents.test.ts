import { describe, expect, it } from 'vitest';
import { openaiAgents } from '../../../src/policy/formats/openai-agents.ts';
import { isFalse, perMinute, policyOf } from './rules.ts';

describe('the tool filter of the OpenAI Agents SDK', () => {
  it('names what is allowed', () => {
    const lowered = openaiAgents.lower(
      policyOf('read', { tool: 'a', decision: 'deny' }, { tool: 'b', decision: 'limit', limits: [perMinute(1)] }),
    );
    expect(JSON.parse(openaiAgents.write(lowered))).toEqual({ allowedToolNames: ['read'] });
    expect(lowered.notes).toMatchObject([{ tool: 'b' }]);
  });

  it('denies a tool with a condition, and says so', () => {
    const { policy, notes } = openaiAgents.lower(policyOf({ require: [isFalse] }));
    expect([policy.rules, notes]).toMatchObject([[{ decision: 'deny' }], [{ tool: 't' }]]);
  });

  it('takes no file whose empty list would allow everything', () => {
    expect(openaiAgents.check('{"allowedToolNames":[]}')).toMatchObject([{ at: '/allowedToolNames' }]);
    expect(openaiAgents.check('{"allowedTools":["a"]}')).toMatchObject([{ at: '/allowedTools' }]);
  });
});
