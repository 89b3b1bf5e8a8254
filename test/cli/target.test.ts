import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../src/cli/target.ts';

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
    'https://example.com/mcp',
  ])('%j is refused with the forms that work', (target) => {
    expect(() => parseTarget(target)).toThrow(/npm:name\[@version\]/);
  });
});
