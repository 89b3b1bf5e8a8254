import { expect, it } from 'vitest';
import { Settings } from '../../src/model/settings.ts';
import { sourceManners } from '../../src/net/source-manners.ts';

const registry = (id: string, baseUrl: string, requestsPerSecond?: number) => ({ kind: 'registry', id, baseUrl, requestsPerSecond });
const mannersOf = (...sources: object[]) => sourceManners(Settings.parse({ sources }).sources);

it('is what single sources ask for, by host name', () => {
  expect(
    mannersOf(registry('a', 'https://a.example/base', 5), { kind: 'github' }, { kind: 'npm' }, registry('b', 'https://b.example')),
  ).toEqual({
    'a.example': { spacingMs: 200 },
    'api.github.com': { maxWaitMs: 3_700_000 },
    'b.example': {},
  });
});

it('adds up where several sources are on one host, at the slowest pace', () => {
  const github = { kind: 'github', baseUrl: 'http://127.0.0.1:2' };
  const sources = [registry('fast', 'http://127.0.0.1:1', 100), registry('slow', 'http://127.0.0.1:3', 4), github];
  const expected = { '127.0.0.1': { spacingMs: 250, maxWaitMs: 3_700_000 } };
  expect([mannersOf(...sources), mannersOf(...sources.toReversed())]).toEqual([expected, expected]);
});
