import { describe, expect, it } from 'vitest';
import { isPlausible, judge } from '../../crawlers/npm/judge.ts';
import { ManifestDocument } from '../../crawlers/npm/manifest.ts';
import documents from '../fixtures/crawlers/npm/package-documents.json' with { type: 'json' };
import { PACKAGES } from './doubles/npm-double.ts';

const SDK = { dependencies: { '@modelcontextprotocol/sdk': '^1.0.0' } };
const BIN = { bin: 'dist/index.js' };

function verdictOf(manifest: Record<string, unknown>) {
  return judge(ManifestDocument.parse({ version: '1.0.0', ...manifest }));
}

describe('a package is judged by its manifest', () => {
  it.each([
    ['@upstash/context7-mcp', true, 'mcp-name'],
    ['@modelcontextprotocol/server-filesystem', true, 'mcp-name'],
    ['@modelcontextprotocol/server-github', true, 'framework-and-program'],
    ['@playwright/mcp', true, 'mcp-name'],
    ['mcp-remote', false, 'other-role-in-name'],
    ['@modelcontextprotocol/sdk', false, 'no-program'],
  ])('the real %s: %s, by %s', (name, isServer, sign) => {
    const document = documents.find((one) => one.name === name);
    expect(verdictOf(Object.values(document?.versions ?? {})[0] ?? {})).toMatchObject({
      isServer,
      sign,
      why: expect.stringMatching(/\.$/),
    });
  });

  it.each<[string, Record<string, unknown>, boolean, string]>([
    ['a bundled server', { name: 'acme-mcp', keywords: ['mcp-server'], ...BIN }, true, 'bundled'],
    ['a bundled server by its description', { name: 'acme', description: 'An MCP server', keywords: ['mcp'], ...BIN }, true, 'bundled'],
    ['the same without a keyword', { name: 'acme-mcp', description: 'An MCP server', ...BIN }, false, 'no-sign'],
    ['keywords as one text', { name: 'acme-mcp', keywords: 'acme, mcp-server', ...BIN }, true, 'bundled'],
    ['a server that is a command line too', { name: 'acme', keywords: ['mcp'], ...SDK, ...BIN }, true, 'framework-and-program'],
    ['the SDK and a program, without a word of MCP', { name: 'acme', ...SDK, ...BIN }, false, 'no-sign'],
    ['an empty bin', { name: 'acme-mcp', keywords: ['mcp'], bin: {}, ...SDK }, false, 'no-program'],
    ['a framework as a peer', { name: 'acme-mcp', ...BIN, peerDependencies: { fastmcp: '3' } }, true, 'framework-and-program'],
    ['a client', { name: '@acme/mcp-client', keywords: ['mcp'], ...SDK, ...BIN }, false, 'other-role-in-name'],
    [
      'a client by its description',
      { name: 'acme-mcp', description: 'MCP client for terminals', ...SDK, ...BIN },
      false,
      'other-role-in-description',
    ],
    ['an inspector', { name: '@modelcontextprotocol/inspector', ...SDK, ...BIN }, false, 'other-role-in-name'],
    ['a proxy', { name: 'mcp-server-proxy', ...SDK, ...BIN }, false, 'other-role-in-name'],
    ['a gateway that names itself a server', { name: 'mcp-gateway', mcpName: 'io.github.acme/gateway', ...BIN }, true, 'mcp-name'],
    ['a server for gateways', { name: 'aws-api-gateway-mcp', ...SDK, ...BIN }, true, 'framework-and-program'],
    ['a server for a registry', { name: 'mcp-server-registry', ...SDK, ...BIN }, true, 'framework-and-program'],
    [
      'a server that tells of an SDK',
      { name: '@acme/mcp', description: 'MCP server for the SDK of Acme', ...SDK, ...BIN },
      true,
      'framework-and-program',
    ],
    [
      'a server on another one’s framework',
      { name: 'x-mcp', description: 'MCP server framework docs', ...SDK, ...BIN },
      true,
      'framework-and-program',
    ],
    [
      'a framework',
      { name: 'acme', description: 'A framework for building MCP servers', ...SDK, ...BIN },
      false,
      'other-role-in-description',
    ],
    ['a bridge', { name: 'acme', description: 'Remote bridge for Model Context Protocol', ...BIN }, false, 'other-role-in-description'],
    ['a generator', { name: '@acme/create-mcp-server', keywords: ['mcp-server'], ...SDK, ...BIN }, false, 'generator'],
    ['an agent', { name: 'acme-agent', description: 'Agent with MCP support', keywords: ['mcp'], ...SDK, ...BIN }, false, 'uses-servers'],
    ['an mcpName that is none', { name: 'acme', mcpName: 'acme', ...BIN }, false, 'no-sign'],
  ])('%s', (_, manifest, isServer, sign) => {
    expect(verdictOf(manifest)).toMatchObject({ isServer, sign });
  });

  it('a search hit that may be a server is never passed over', () => {
    const missed = PACKAGES.filter(({ isServer, manifest }) => isServer && !isPlausible(ManifestDocument.parse(manifest)));
    expect(missed).toStrictEqual([]);
    expect(isPlausible({ name: 'left-pad', description: 'Pads', keywords: ['utils'] })).toBe(false);
  });
});

describe('a manifest that holds anything', () => {
  it.each([
    ['bin', { bin: 7 }],
    ['keywords', { keywords: [{}] }],
    ['description', { description: ['x'] }],
    ['repository', { repository: { url: 7 } }],
    ['homepage', { homepage: false }],
    ['dependencies', { dependencies: 'none' }],
    ['mcpName', { mcpName: { name: 'x' } }],
  ])('costs only its %s', (_, wrong) => {
    expect(ManifestDocument.parse({ name: 'x', version: '1.0.0', ...wrong })).toMatchObject({ name: 'x', version: '1.0.0' });
  });

  it.each([
    ['no name', { version: '1.0.0' }],
    ['a name that is a path', { name: '../x', version: '1.0.0' }],
    ['a version that is no text', { name: 'x', version: 7 }],
    ['bottomless nesting', { name: 'x', version: '1.0.0', a: JSON.parse('['.repeat(500) + ']'.repeat(500)) }],
    ['a list', []],
  ])('is none with %s', (_, document) => {
    expect(ManifestDocument.safeParse(document).success).toBe(false);
  });
});
