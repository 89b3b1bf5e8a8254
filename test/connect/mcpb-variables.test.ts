import { expect, it } from 'vitest';
import { BundleManifest } from '../../src/connect/install/mcpb-manifest.ts';
import { bundleVariables, filledArguments, filledEnvironment } from '../../src/connect/install/mcpb-variables.ts';

function variablesOf(options: Record<string, unknown>) {
  const server = { type: 'node', entry_point: 'index.js' };
  return bundleVariables(BundleManifest.parse({ name: 'a', version: '1', server, user_config: options }), '/app');
}

const use = (name: string) => `\${${name}}`;

it.each<[string, string[], string[]]>([
  ['a place', [`${use('__dirname')}/index.js`], ['/app/index.js']],
  ['several values, alone', [use('user_config.folders')], ['/a', '/b']],
  ['several values within a text', [`--in=${use('user_config.folders')}`], ['--in=/a,/b']],
  ['what nobody gives a value', [`--x=${use('user_config.none')}`, use('user_config.none'), 'y'], ['y']],
  ['a name that objects have', [use('constructor'), use('user_config.__proto__')], []],
])('%s', (_, args, filled) => {
  expect(filledArguments(args, variablesOf({ folders: { type: 'directory', default: ['/a', '/b'] } }))).toEqual(filled);
});

it('what would grow without bound when it is filled in is left out', () => {
  const variables = variablesOf({ a: { default: Array.from({ length: 100 }, () => 'x'.repeat(4_000)) } });
  const bomb = use('user_config.a').repeat(200);
  expect(filledArguments([bomb, 'y'], variables)).toEqual(['y']);
  expect(filledEnvironment({ BOMB: bomb, PLAIN: 'y' }, variables)).toEqual({ PLAIN: 'y' });
});
