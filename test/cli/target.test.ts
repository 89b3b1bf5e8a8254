import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isScanTarget, parseTarget, plansOf } from '../../src/cli/target.ts';

describe('parseTarget', () => {
  it.each([
    ['npm:portkey-admin-mcp', 'portkey-admin-mcp', undefined],
    ['npm:portkey-admin-mcp@0.12.0', 'portkey-admin-mcp', '0.12.0'],
    ['npm:@scope/name', '@scope/name', undefined],
    ['npm:@scope/name@1.2.3-rc.1+build', '@scope/name', '1.2.3-rc.1+build'],
    ['npm:@scope/name@latest', '@scope/name', 'latest'],
    ['npm:name@^1.2.0', 'name', '^1.2.0'],
  ])('%s', (target, name, version) => {
    expect(parseTarget(target)).toStrictEqual({ kind: 'npm', name, version, args: [] });
  });

  it.each([
    '',
    'npm:',
    'npm:@scope',
    'npm:../x',
    'npm:-rf',
    'npm:a b',
    'npm:.hidden',
    'npm:a@1 --x',
    'npm:@a/@b',
    'portkey',
    'npm:a@file:..',
    'pypi:',
    'pypi:-r',
    'pypi:x@1 --pre',
    'pypi:x@https://127.0.0.1/x.whl',
    'oci:',
    'oci:--privileged',
    'oci:a b',
    'mcpb:',
    'mcpb:ftp://example.com/x.mcpb',
    'mcpb:https://user:word@example.com/x.mcpb',
    'no-version.whl',
    'github:acme/planet',
    'ftp://example.com/mcp',
    'https://',
    'https://user:word@example.com/mcp',
  ])('%j is refused with the forms that work', (target) => {
    expect(() => parseTarget(target)).toThrow(/npm:name\[@version\]/);
  });

  it.each<[string, object]>([
    ['pypi:Planet_MCP', { kind: 'pypi', name: 'planet-mcp', args: [] }],
    ['pypi:planet@1.2.3rc1', { kind: 'pypi', name: 'planet', version: '1.2.3rc1', args: [] }],
    ['pypi:planet==1.2', { kind: 'pypi', name: 'planet', version: '1.2', args: [] }],
    ['oci:ghcr.io/acme/planet:1.2', { kind: 'oci', image: 'ghcr.io/acme/planet:1.2', args: [] }],
    ['mcpb:https://example.com/x.mcpb', { kind: 'mcpb', location: 'https://example.com/x.mcpb', args: [] }],
    ['mcpb:x.zip', { kind: 'mcpb', location: resolve('x.zip'), args: [] }],
    ['./x.dxt', { kind: 'mcpb', location: resolve('x.dxt'), args: [] }],
    [
      'd/planet_mcp-1.0-py3-none-any.whl',
      { kind: 'pypi', name: 'planet-mcp', version: '1.0', wheel: resolve('d/planet_mcp-1.0-py3-none-any.whl'), args: [] },
    ],
  ])('%s', (target, plan) => {
    expect(parseTarget(target)).toStrictEqual(plan);
    expect(isScanTarget(target)).toBe(true);
  });

  it.each([
    ['nuget:Acme.Planet', /NuGet packages are not run.*command line/],
    ['cargo:planet', /Crates are not run.*cargo install/],
  ])('%s is refused with what to do instead', (target, message) => {
    expect(() => parseTarget(target)).toThrow(message);
  });

  it.each(['https://example.com/mcp', 'HTTPS://example.com', 'https://example.com:8443/a/sse?x=1', 'https://127.0.0.1.example.com/'])(
    '%s is called',
    (url) => {
      expect(parseTarget(url)).toStrictEqual({ kind: 'remote', url, transport: 'streamable-http', declaresAuth: false });
      expect(isScanTarget(url)).toBe(true);
    },
  );

  it.each([
    'http://127.0.0.1:3000/mcp',
    'https://127.0.0.1/mcp',
    'http://127.9.9.9/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]:3000/mcp',
    'http://localhost:3000/mcp',
    'http://mcp.localhost/',
  ])('%s is called only where that is allowed', (url) => {
    expect(() => parseTarget(url)).toThrow(/on this machine.*--allow-loopback/);
    expect(plansOf([url], [], { allowLoopback: true })).toStrictEqual([
      { kind: 'remote', url, transport: 'streamable-http', declaresAuth: false },
    ]);
  });

  it.each(['http://example.com/mcp', 'http://10.0.0.1/mcp', 'http://localhost.example.com/'])('%s is not called', (url) => {
    expect(() => parseTarget(url, { allowLoopback: true })).toThrow(/https:\/\/.*--allow-loopback/);
  });

  it('a password is not repeated', () => {
    expect(() => parseTarget('https://user:hunter2@example.com/')).toThrow(/^(?!.*hunter2)/s);
  });

  it.each(['.', './', import.meta.dirname])('%s is a folder to read', (target) => {
    expect(parseTarget(target)).toStrictEqual({ kind: 'folder', folder: resolve(target) });
    expect(isScanTarget(target)).toBe(true);
  });

  it.each(['./nowhere', '/nowhere', import.meta.filename])('%s is no folder', (target) => {
    expect(() => parseTarget(target)).toThrow(/is not a folder/);
  });
});
