import { describe, expect, it } from 'vitest';
import { faultOfSpec, isExactVersion } from '../../src/connect/install/package-spec.ts';

it.each([
  ['server', undefined],
  ['@scope/server', '1.2.3'],
  ['JSONStream', 'latest'],
  ['server_2.x', '1.2.3-beta.1+build'],
  ['a~b', '^1.0.0 || >=2 <3'],
  ['s', '1.x'],
  ['s', '*'],
  ['s', 'v1.2.3'],
  ['x'.repeat(214), undefined],
])('accepts %s at %s', (name, version) => {
  expect(faultOfSpec(name, version)).toBeUndefined();
});

describe('refuses', () => {
  it.each([
    ['nothing', ''],
    ['an option', '-g'],
    ['a long option', '--registry=http://127.0.0.1'],
    ['a path', '../server'],
    ['an absolute path', '/etc/passwd'],
    ['a path inside a scope', '@scope/../../x'],
    ['a scope that is a path', '@../server'],
    ['two slashes', '@scope/a/b'],
    ['a hidden folder', '.bin'],
    ['an address', 'https://example.com/x.tgz'],
    ['a git address', 'github:owner/name'],
    ['a version in the name', 'server@1.0.0'],
    ['white space', 'server name'],
    ['a line break', 'server\n--global'],
    ['a NUL', 'server\0'],
    ['shell text', '$(id)'],
    ['the install folder itself', 'node_modules'],
    ['a prototype', '__proto__'],
    ['more than 214 characters', 'x'.repeat(215)],
  ])('%s as a name', (_, name) => {
    expect(faultOfSpec(name, undefined)).toMatchObject({ code: 'bad-package-name', retryable: false });
  });

  it.each([
    ['nothing', ''],
    ['an alias', 'npm:other@1.0.0'],
    ['an address', 'https://example.com/x.tgz'],
    ['a file', 'file:../x'],
    ['a path', '../x'],
    ['the folder itself', '.'],
    ['an archive', 'x.tgz'],
    ['a repository', 'owner/name'],
    ['an option', '--global'],
    ['a line break', '1.0.0\n'],
    ['too long a range', `>=1${' '.repeat(200)}`],
  ])('%s as a version', (_, version) => {
    expect(faultOfSpec('server', version)).toMatchObject({ code: 'bad-package-name' });
  });
});

it.each([
  ['1.2.3', true],
  ['1.2.3-rc.1', true],
  ['1.2', false],
  ['^1.2.3', false],
  ['v1.2.3', false],
  ['latest', false],
])('%s names one artifact: %s', (version, expected) => {
  expect(isExactVersion(version)).toBe(expected);
});
