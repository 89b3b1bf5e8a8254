import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dockerMcp } from '../../../src/policy/formats/docker-mcp.ts';
import { decidesAsLowered } from './consumer.ts';
import { dockerGateway } from './docker-mcp.consumer.ts';
import { policyOf } from './rules.ts';

describe('the Docker MCP Gateway', () => {
  it('enables tools by name', () => {
    const text = dockerMcp.write(dockerMcp.lower(policyOf('read', 'list.all', { tool: 'drop', decision: 'hide' })));
    expect(parse(text)).toEqual({ services: { gateway: { image: 'docker/mcp-gateway', command: ['--tools=list.all', '--tools=read'] } } });
  });

  it('does not run where nothing is allowed: without a name everything would be enabled', () => {
    expect(parse(dockerMcp.write(dockerMcp.lower(policyOf())))).toMatchObject({ services: { gateway: { command: [], scale: 0 } } });
    expect(dockerMcp.check('services: {gateway: {image: docker/mcp-gateway, command: []}}\n')).toMatchObject([{ at: '/services/gateway' }]);
  });

  it.each(['a,b', 'a:b', 'a*', '*', 'a b', '"a"'])('leaves %j under the default, and says so', (tool) => {
    const { policy, notes } = dockerMcp.lower(policyOf(tool));
    expect([policy.rules, notes]).toMatchObject([[], [{ tool }]]);
  });

  it('decides every call as the stand-in does', async () => decidesAsLowered(dockerMcp, dockerGateway), 60_000);
});
