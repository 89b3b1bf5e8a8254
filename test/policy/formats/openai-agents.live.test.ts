import { beforeAll, describe, expect, it } from 'vitest';
import { openaiAgents } from '../../../src/policy/formats/openai-agents.ts';
import { decidesAsLowered } from './consumer.ts';
import { type AgentsSdk, agentsSdk, installAgentsSdk } from './openai-agents.consumer.ts';
import { call, policyOf } from './rules.ts';

let sdk: AgentsSdk;
beforeAll(async () => {
  sdk = await installAgentsSdk();
});

describe('the OpenAI Agents SDK', () => {
  it('shows nothing where nothing is allowed, although an empty list would show everything', async () => {
    const consumer = agentsSdk(sdk);
    consumer.load(openaiAgents.write(openaiAgents.lower(policyOf())));
    expect([await consumer.decide(call('t')), await consumer.decide(call('-'))]).toEqual(['deny', 'deny']);
    consumer.load('{"allowedToolNames":[]}');
    expect(await consumer.decide(call('t'))).toBe('allow');
  });

  it('decides every call as the lowered policy', async () => decidesAsLowered(openaiAgents, () => agentsSdk(sdk)));
});
