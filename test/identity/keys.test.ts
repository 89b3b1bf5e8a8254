import { describe, expect, it } from 'vitest';
import { packageKey } from '../../src/identity/package-key.ts';
import { bearsNameOf, ownsHost } from '../../src/identity/registry-namespace.ts';
import { remoteKey } from '../../src/identity/remote-key.ts';
import { coreName } from '../../src/identity/server-words.ts';
import type { Package } from '../../src/model/registry-entry.ts';
import { placeKey, repositoryPlace } from '../../src/model/repository-place.ts';

describe('packageKey', () => {
  it.each<[Package['registryType'], string, string]>([
    ['npm', '@Scope/Name', 'npm:@Scope/Name'],
    ['pypi', 'My_Server.mcp', 'pypi:my-server-mcp'],
    ['nuget', 'Azure.Mcp', 'nuget:azure.mcp'],
    ['cargo', 'My_Crate', 'cargo:my-crate'],
    ['oci', 'mcp/time', 'oci:docker.io/mcp/time'],
    ['oci', 'alpine:3@sha256:00', 'oci:docker.io/library/alpine'],
    ['oci', 'registry.example:5000/a/b:1', 'oci:registry.example:5000/a/b'],
    ['oci', 'index.docker.io/mcp/time:latest', 'oci:docker.io/mcp/time'],
    ['mcpb', 'https://github.com/Acme/X/releases/download/v1.2.3/thing-1.2.3-darwin-arm64.mcpb', 'mcpb:github.com/acme/x/thing'],
    ['mcpb', 'https://github.com/acme/x/releases/download/hub-v1.0.0+b.1/hub.mcpb', 'mcpb:github.com/acme/x/hub'],
    ['mcpb', 'https://gitlab.com/a/b/-/releases/v1/downloads/c.mcpb', 'mcpb:gitlab.com/a/b/c'],
    ['mcpb', 'https://files.example/c.mcpb', 'mcpb:files.example/c.mcpb'],
  ])('%s %s', (registryType, identifier, key) => {
    expect(packageKey({ registryType, identifier })).toBe(key);
  });

  it('an image without a host is at the host that is named beside it', () => {
    expect(packageKey({ registryType: 'oci', identifier: 'acme/a:1', registryBaseUrl: 'https://ghcr.io' })).toBe('oci:ghcr.io/acme/a');
    expect(packageKey({ registryType: 'oci', identifier: 'acme/a:1', registryBaseUrl: 'https://docker.io' })).toBe('oci:docker.io/acme/a');
  });
});

describe('a package that is started with a URL', () => {
  const startedWith = (registryType: Package['registryType'], identifier: string, type = 'positional') =>
    packageKey({ registryType, identifier, packageArguments: [{ type, value: 'https://a.example/mcp' }] });

  it.each<[Package['registryType'], string]>([
    ['npm', 'mcp-remote'],
    ['npm', 'supergateway'],
    ['pypi', 'mcp-proxy'],
    ['pypi', 'mcp-proxy-for-aws'],
  ])('is what answers there for %s %s, a bridge', (registryType, identifier) => {
    expect(startedWith(registryType, identifier)).toBe('url:https://a.example');
  });

  it.each<[Package['registryType'], string]>([
    ['npm', 'evil-pkg'],
    ['npm', 'mcp-remote-pro'],
    ['oci', 'mcp-remote'],
  ])('is itself for %s %s, which may be anything', (registryType, identifier) => {
    expect(startedWith(registryType, identifier)).not.toContain('url:');
  });
});

describe('remoteKey', () => {
  it.each<[string, string | undefined]>([
    ['HTTPS://A.Example:443/Path/', 'url:https://a.example/Path'],
    ['http://a.example/sse', 'url:https://a.example'],
    ['https://a.example/mcp#x', 'url:https://a.example'],
    ['https://a.example/mcp/sse/', 'url:https://a.example'],
    ['https://a.example/api/mcp', 'url:https://a.example/api'],
    ['https://a.example/mcpx', 'url:https://a.example/mcpx'],
    ['https://a.example:8443/mcp', 'url:https://a.example:8443'],
    ['https://a.example/mcp?login', 'url:https://a.example?login'],
    ['https://a.example/mcp?utm_source=x&b=2&a=1&api_key={k}', 'url:https://a.example?a=1&b=2'],
    ['https://{tenant_id}.a.example/mcp', 'url:https://{}.a.example'],
    ['https://{tenant}.com/mcp', undefined],
    ['https://{host}:{port}/mcp', undefined],
    ['{url}', undefined],
    ['http://localhost:3000/mcp', undefined],
    ['http://127.0.0.1/mcp', undefined],
    ['http://192.168.0.1/mcp', undefined],
    ['http://server/mcp', undefined],
    ['http://0x7f.1/mcp', undefined],
    ['https://a.example/x/../mcp', 'url:https://a.example'],
    ['https://a.example/{an id}/mcp', 'url:https://a.example/{}'],
    ['https://gateway.example/@a/b/mcp', 'url:https://gateway.example/@a/b'],
    ['https:evil.example/mcp', 'url:https://evil.example'],
    ['https://evil.example\\@a.example/mcp', undefined],
    ['https:\\\\a.example/mcp', undefined],
    ['https://user@a.example/mcp', undefined],
    ['https://:secret@a.example/mcp', undefined],
    ['https://{x@evil.example/}.a.example/mcp', undefined],
    ['https://a.example/m\tcp', undefined],
    ['https://a.exam\nple/mcp', undefined],
    ['https://a.example/m cp', undefined],
    [' https://a.example/mcp', undefined],
    ['https://a.example/\u007f', undefined],
    ['ftp://a.example/mcp', undefined],
  ])('%s', (url, key) => {
    expect(remoteKey(url)).toBe(key);
  });
});

describe('repositoryPlace', () => {
  it.each<[string, string | undefined, string?]>([
    ['https://github.com/Acme/Thing', 'repo:github.com/acme/thing'],
    ['http://www.github.com/acme/thing.git/', 'repo:github.com/acme/thing'],
    ['git+https://github.com/acme/thing.git', 'repo:github.com/acme/thing'],
    ['git://github.com/acme/thing.git', 'repo:github.com/acme/thing'],
    ['git+ssh://git@github.com/acme/thing.git', 'repo:github.com/acme/thing'],
    ['git@github.com:acme/thing.git', 'repo:github.com/acme/thing'],
    ['github:acme/thing', 'repo:github.com/acme/thing'],
    ['acme/thing', 'repo:github.com/acme/thing'],
    ['https://github.com/acme/thing?tab=readme#x', 'repo:github.com/acme/thing'],
    ['https://github.com/acme/thing/tree/main/packages/a/', 'repo:github.com/acme/thing#packages/a'],
    ['https://github.com/acme/thing/blob/main/src/time', 'repo:github.com/acme/thing#src/time'],
    ['https://github.com/acme/thing/blob/main/src/README.md', 'repo:github.com/acme/thing#src'],
    ['https://github.com/acme/thing', 'repo:github.com/acme/thing#packages/a', './packages/a/'],
    ['https://github.com/acme/thing', 'repo:github.com/acme/thing', '.'],
    ['https://github.com/acme/thing', 'repo:github.com/acme/thing', '../x'],
    ['https://gitlab.com/group/sub/thing/-/tree/main/a', 'repo:gitlab.com/group/sub/thing#a'],
    ['https://git.acme.com/a/b.git', 'repo:git.acme.com/a/b'],
    ['https://github.com/acme', undefined],
    ['https://docs.acme.com/guide/mcp', undefined],
    ['https://acme.com', undefined],
    ['', undefined],
  ])('%s', (url, key, subfolder) => {
    const place = repositoryPlace({ url, subfolder });
    expect(place && placeKey(place)).toBe(key);
  });
});

describe('a namespace', () => {
  it.each<[string, string, boolean]>([
    ['com.acme', 'mcp.acme.com', true],
    ['com.acme', 'acme.com', true],
    ['com.acme', 'evilacme.com', false],
    ['com.acme.mcp', 'mcp.acme.com', true],
    ['com.acme.mcp', 'acme.com', false],
    ['io.github.acme', 'acme.github.io', true],
    ['io.github.acme', 'api.github.io', false],
  ])('%s owns %s: %s', (namespace, host, owns) => {
    expect(ownsHost(namespace, host)).toBe(owns);
  });

  it.each<[string, string, boolean]>([
    ['com.stripe', 'stripe/agent-toolkit', true],
    ['ai.exa', 'exa-labs/exa-mcp-server', true],
    ['com.mux', 'muxinc/mux-node-sdk', true],
    ['io.globalping', 'jsdelivr/globalping-mcp-server', true],
    ['uk.co.acme', 'acme/a', true],
    ['com.figma.mcp', 'figma/mcp-server-guide', true],
    ['com.stripe-tools', 'stripe/agent-toolkit', false],
    ['com.evil.stripe', 'stripe/agent-toolkit', false],
    ['app.vercel.stripe', 'stripe/agent-toolkit', false],
    ['app.vercel.mcp', 'vercel/x', false],
    ['io.github.stripe', 'stripe/agent-toolkit', false],
    ['com.mcp', 'acme/a-mcp', false],
  ])('%s bears the name of %s: %s', (namespace, name, bears) => {
    const [owner = ''] = name.split('/');
    expect(bearsNameOf(namespace, { repository: `github.com/${name}`, owner, folder: '' })).toBe(bears);
  });
});

it.each([
  ['owner/shadow-crawl-mcp', 'shadowcrawl'],
  ['ShadowCrawl MCP Server', 'shadowcrawl'],
  ['com.acme/mcp', ''],
  ['12306 服务器', '12306服务器'],
])('coreName %s', (name, core) => {
  expect(coreName(name)).toBe(core);
});
