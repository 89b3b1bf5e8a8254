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
    'pypi:x',
    'ftp://example.com/mcp',
    'https://',
    'https://user:word@example.com/mcp',
  ])('%j is refused with the forms that work', (target) => {
    expect(() => parseTarget(target)).toThrow(/npm:name\[@version\]/);
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
});
