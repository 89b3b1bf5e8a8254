import { describe, expect, it } from 'vitest';
import { annotatedRows, goldRows } from '../../evaluation/corpora.ts';
import { isHeldOut, isIn } from '../../evaluation/split.ts';

describe('the split of servers', () => {
  // Fixed for good: another split would show rules the rows that they are measured on.
  it.each([
    ['portkey-admin-mcp', false],
    ['ssh-mcp', false],
    ['@azure-devops/mcp', true],
    ['umbraco/Umbraco-CMS-MCP-Dev', true],
  ])('%s: held out %s', (server, heldOut) => {
    expect(isHeldOut(server)).toBe(heldOut);
  });

  it('holds out about a third of the servers, each whole', () => {
    const servers = [...new Set([...goldRows(), ...annotatedRows()].map(({ server }) => server))];
    const share = servers.filter(isHeldOut).length / servers.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.42);
    for (const server of servers) expect(isIn('build', server)).toBe(!isIn('held-out', server));
  });
});
