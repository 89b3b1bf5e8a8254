import { describe, expect, it } from 'vitest';
import { repositoryOf } from '../../crawlers/npm/repository.ts';

const HERE = { url: 'https://github.com/acme/planet', source: 'github' };

describe('the repository of a package', () => {
  it.each([
    'git+https://github.com/acme/planet.git',
    'git://github.com/acme/planet.git',
    'git+ssh://git@github.com/acme/planet.git',
    'ssh://git@github.com:22/acme/planet',
    'ssh://git@ssh.github.com:443/acme/planet.git',
    'git@github.com:acme/planet.git',
    'git+ssh://git@github.com:acme/planet.git',
    'github:acme/planet',
    'acme/planet',
    'acme/planet#main',
    'https://github.com/acme/planet',
    'http://www.github.com/acme/planet/',
    'HTTPS://GitHub.com/acme/planet.git.git',
    'https://github.com/acme/planet#readme',
    'https://someone:secret@github.com/acme/planet.git?x=1',
    ' https://github.com/acme/planet/issues ',
  ])('written %s', (url) => {
    expect(repositoryOf({ url })).toStrictEqual(HERE);
  });

  it.each([
    ['gitlab:acme/planet', 'https://gitlab.com/acme/planet', 'gitlab'],
    ['https://gitlab.com/acme/group/planet.git', 'https://gitlab.com/acme/group/planet', 'gitlab'],
    ['bitbucket:acme/planet', 'https://bitbucket.org/acme/planet', 'bitbucket'],
    ['https://git.example.org/acme/planet.git', 'https://git.example.org/acme/planet', undefined],
  ])('elsewhere: %s', (written, url, source) => {
    expect(repositoryOf({ url: written })).toStrictEqual({ url, ...(source && { source }) });
  });

  it.each([
    ['its directory', { url: 'github:acme/planet', directory: './packages//server/' }],
    ['a browser’s address', { url: 'https://github.com/acme/planet/tree/main/packages/server' }],
    ['both, of which its directory counts', { url: 'https://github.com/acme/planet/tree/main/x', directory: 'packages\\server' }],
  ])('with a folder by %s', (_, written) => {
    expect(repositoryOf(written)).toStrictEqual({ ...HERE, subfolder: 'packages/server' });
  });

  it('a folder that leads out of it is none', () => {
    expect(repositoryOf({ url: 'acme/planet', directory: '../other' })).toStrictEqual(HERE);
  });

  it.each([
    '',
    'planet',
    'https://github.com/acme',
    'file:///srv/planet.git',
    'file:../planet',
    '/srv/acme/planet',
    'javascript:x/y',
    'https://localhost/a/b',
    'https://[x/a/b',
  ])('is unknown where it is written %j', (url) => {
    expect(repositoryOf({ url })).toBeUndefined();
  });
});
