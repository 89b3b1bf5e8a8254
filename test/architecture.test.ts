import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What each part may import beside itself and npm packages. A file's part is the longest key its path starts with. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/model': [],
  classifiers: ['src/model'],
  'src/net': ['src/model'],
  crawlers: ['src/net', 'src/model'],
  'src/identity': ['src/model'],
  'src/connect': ['src/net', 'src/model'],
  'src/policy': ['src/model'],
  'src/guard': ['src/policy', 'src/model'],
  'src/store': ['src/model'],
  'src/publish': ['src/model'],
  'src/pipeline': [
    'crawlers',
    'classifiers',
    'src/identity',
    'src/connect',
    'src/policy',
    'src/store',
    'src/publish',
    'src/net',
    'src/model',
  ],
  'src/jobs': ['crawlers', 'src/pipeline', 'src/connect', 'src/store', 'src/net', 'src/model'],
  'src/log.ts': [],
  'src/config.ts': ['src/model'],
  'src/read-settings.ts': ['src/config.ts', 'src/model'],
  'src/read-corrections.ts': ['src/model'],
  'src/package-version.ts': [],
  'src/app.ts': [
    'crawlers',
    'src/config.ts',
    'src/read-settings.ts',
    'src/read-corrections.ts',
    'src/package-version.ts',
    'src/jobs',
    'src/pipeline',
    'src/connect',
    'src/store',
    'src/model',
    'src/net',
  ],
  'src/index.ts': ['classifiers', 'src/policy', 'src/model'],
  'src/cli': [
    'crawlers',
    'classifiers',
    'src/app.ts',
    'src/config.ts',
    'src/read-settings.ts',
    'src/package-version.ts',
    'src/log.ts',
    'src/pipeline',
    'src/policy',
    'src/guard',
    'src/connect',
    'src/model',
  ],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = ['src', 'crawlers', 'classifiers'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const imports: Import[] = files.flatMap((from) =>
  [...textOf(from).matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g)].map(([, to = '']) => ({
    from,
    to: to.startsWith('.') ? relative(ROOT, join(ROOT, dirname(from), to)) : to,
  })),
);

function partOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((part) => path === part || path.startsWith(`${part}/`))
    .sort((a, b) => b.length - a.length)[0];
}

const isInside = (to: string) => files.includes(to) || to.endsWith('.json');
const isPackage = (to: string) => !isInside(to) && !to.startsWith('node:');

/** `npm` of `crawlers/npm.ts` and of everything in its folder. */
const crawlerAt = (path: string) => path.split('/')[1]?.replace(/\.ts$/, '');

describe('imports go one way', () => {
  it('every file belongs to a part', () => {
    expect(files.filter((file) => partOf(file) === undefined)).toStrictEqual([]);
  });

  it('no part imports one that is not below it', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [part, target] = [partOf(from), partOf(to)];
      return part && target && part !== target && !MAY_IMPORT[part]?.includes(target);
    });
    expect(wrong).toStrictEqual([]);
  });

  it('the model imports only zod, the classifiers only the model', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (partOf(from) === 'src/model') return !isInside(to) && to !== 'zod';
      return partOf(from) === 'classifiers' && !isInside(to);
    });
    expect(wrong).toStrictEqual([]);
  });

  it('no crawler imports another', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        partOf(from) === 'crawlers' &&
        from !== 'crawlers/index.ts' &&
        partOf(to) === 'crawlers' &&
        to.endsWith('.ts') &&
        to !== 'crawlers/crawler.ts' &&
        crawlerAt(to) !== crawlerAt(from),
    );
    expect(wrong).toStrictEqual([]);
  });

  it('the test sees imports at all', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports.some(({ to }) => isPackage(to))).toBe(true);
  });
});

describe('adapters are built in one place', () => {
  it('only src/config.ts reads the environment', () => {
    expect(files.filter((file) => /process\.env\b/.test(textOf(file)))).toStrictEqual(['src/config.ts']);
  });

  it('only src/store knows the database drivers, only src/jobs the queue, only src/net HTTP', () => {
    const users = (name: RegExp) => [...new Set(imports.filter(({ to }) => name.test(to)).map(({ from }) => partOf(from)))];
    expect(users(/^(drizzle-orm|pg|@electric-sql\/pglite)(\/|$)/)).toStrictEqual(['src/store']);
    expect(users(/^pg-boss(\/|$)/).filter((part) => part !== 'src/jobs')).toStrictEqual([]);
    expect(users(/^p-queue$/).sort()).toStrictEqual(['src/jobs', 'src/net']);
    expect(users(/^undici$/)).toStrictEqual(['src/net']);
  });

  it('classifying depends on no clock, chance or locale', () => {
    const impure = /\bDate\b|Math\.random|performance\.|localeCompare|toLocale|process\.|Intl\./;
    expect(files.filter((file) => partOf(file) === 'classifiers' && impure.test(textOf(file)))).toStrictEqual([]);
  });
});

describe('every top-level folder explains itself', () => {
  it.each([
    'bench',
    'corrections',
    'docs',
    'migrations',
    'schema',
    'src',
    'test',
    'crawlers',
    'classifiers',
    'src/connect',
    'src/identity',
    'src/jobs',
    'src/pipeline',
    'src/policy',
    'src/guard',
    'src/publish',
    'src/store',
    'src/cli',
    'src/model',
    'src/net',
  ])('%s has a README that says what is in here and what is not', (folder) => {
    expect(textOf(`${folder}/README.md`)).toMatch(/not here|does not belong/i);
  });
});
