import { describe, expect, it } from 'vitest';
import { readManifests } from '../../../src/connect/static/manifests.ts';

function namesIn(path: string, value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return readManifests([{ path, text }]).tools.map(({ definition }) => definition.name);
}

const TOOL = { name: 'get_user', description: 'Gets', inputSchema: { type: 'object' } };
const BUNDLE = { manifest_version: '0.3', name: 'x', version: '1', server: { type: 'node' } };

describe('a file that lists tools', () => {
  it.each<[string, string, unknown, string[]]>([
    ['a bundle', 'manifest.json', { ...BUNDLE, tools: [{ name: 'a', description: 'd' }, { name: 'b' }] }, ['a', 'b']],
    ['a bundle of before', 'manifest.json', { ...BUNDLE, manifest_version: undefined, dxt_version: '0.1', tools: [{ name: 'a' }] }, ['a']],
    ['an array', 'tools.json', [TOOL], ['get_user']],
    ['an object', 'mcp-tools.json', { tools: [TOOL] }, ['get_user']],
    ['an answer', 'server.json', { jsonrpc: '2.0', id: 1, result: { tools: [TOOL] } }, ['get_user']],
    ['some without a schema', 'tools.json', [TOOL, { name: 'b', description: 'd' }], ['get_user', 'b']],
  ])('%s', (_, path, value, names) => {
    expect(namesIn(path, value)).toStrictEqual(names);
  });

  it.each<[string, string, unknown]>([
    ['an extension of a browser', 'manifest.json', { manifest_version: 3, name: 'x', tools: [{ name: 'a', description: 'd' }] }],
    ['functions for a model', 'tools.json', [{ type: 'function', function: { name: 'a', parameters: {} } }]],
    ['names and texts alone', 'tools.json', [{ name: 'hammer', description: 'Hits' }]],
    ['another file', 'users.json', [TOOL]],
    ['another list', 'mcp.json', [TOOL, { id: 1 }]],
    ['names that are none', 'tools.json', [{ ...TOOL, name: 'Get a user' }]],
    ['no JSON', 'tools.json', '[{'],
    ['nothing', 'tools.json', []],
  ])('%s does not', (_, path, value) => {
    expect(namesIn(path, value)).toStrictEqual([]);
  });

  it('keeps of a definition what the protocol knows, and says when there is more', () => {
    const text = JSON.stringify({ ...BUNDLE, tools_generated: true, tools: [{ ...TOOL, title: 1, secret: true }] }, null, 2);
    const { tools, faults } = readManifests([{ path: 'manifest.json', text }]);
    expect(tools).toStrictEqual([{ definition: TOOL, file: 'manifest.json', line: 11 }]);
    expect(faults).toMatchObject([{ code: 'tools-generated' }]);
  });
});
