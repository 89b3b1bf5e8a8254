import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEntry } from '../../crawlers/github/entry.ts';
import { type GithubApi, openGithubApi } from '../../crawlers/github/github-api.ts';
import { KnownRepositories } from '../../crawlers/github/known-repositories.ts';
import { readManifests } from '../../crawlers/github/manifests.ts';
import { Pace } from '../../crawlers/github/pace.ts';
import { preformatted } from '../../crawlers/github/preformatted.ts';
import { mcpNameIn, shownServers } from '../../crawlers/github/readme.ts';
import { SearchAnswer } from '../../crawlers/github/repository-search.ts';
import { RestDocuments } from '../../crawlers/github/rest-documents.ts';
import { Visits } from '../../crawlers/github/visits.ts';
import { type Fault, FaultError } from '../../src/model/fault.ts';
import type { Http } from '../../src/net/http.ts';
import { HttpError } from '../../src/net/http-error.ts';
import { fakeHttp, pumpTimers, START, timerClock } from './doubles/fake-http.ts';
import { GITHUB_URL, GithubDouble, type GithubDoubleOptions, TOKEN } from './doubles/github-double.ts';
import { type DoubleRepository, repository } from './doubles/github-repositories.ts';

const N = 100_000;
const times = (text: string, length = N) => text.repeat(Math.ceil(length / text.length));
const repeated = (count: number, lineOf: (n: number) => string) => Array.from({ length: count }, (_, n) => lineOf(n)).join('\n');
const fencedBlocks = (block: string) => times(`\`\`\`json\n{"command": "x", ${block}}\n\`\`\`\n`);
const npx = (args: unknown) => `\`\`\`\n${JSON.stringify({ mcpServers: { x: { command: 'npx', args } } })}\n\`\`\``;
const docker = (image: string) => `\`\`\`\n${JSON.stringify({ mcpServers: { x: { command: 'docker', args: ['run', image] } } })}\n\`\`\``;

const FACTS = {
  id: '7',
  nodeId: 'R_7',
  fullName: 'acme/weather-mcp',
  url: 'https://github.com/acme/weather-mcp',
  description: times('mcp server ', 2_000),
  archived: false,
  topics: [],
  license: '',
  stars: 0,
  createdAt: '2026-01-01T00:00:00Z',
  pushedAt: '2026-01-01T00:00:00Z',
};

const LIMIT_MS = 1_000;

/** Of five at most, since others use the machine too. */
function fastestMs(task: () => unknown): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 5 && fastest >= LIMIT_MS; turn++) {
    const started = performance.now();
    task();
    fastest = Math.min(fastest, performance.now() - started);
  }
  return fastest;
}

function read(files: Readonly<Record<string, string>>) {
  const documents = { facts: FACTS, rootNames: Object.keys(files), files: new Map(Object.entries(files)), cut: [] };
  return readEntry({ source: 'github', documents, revision: 'r' }, { files: documents.files });
}

describe('a hundred thousand hostile characters are read in no time', () => {
  it.each<[string, string]>([
    ['a name of dots', `mcp-name: a/${times('.')}x`],
    ['a name of words', `mcp-name: ${times('a')}`],
    ['names without an end', times('mcp-name: ')],
    ['space after a name', `mcp-name:${times(' ')}`],
    ['nested elements in <pre>', `<pre>${times('<div>')}"url"</pre>`],
    ['<pre> without an end', times('<pre>')],
    ['<pre> with an attribute without an end', times('<pre ')],
    ['<pre> of half tags', `<pre>${times('<')}"url"</pre>`],
    ['<pre> of tags in tags', `<pre>${times('<div <b>>')}"url"</pre>`],
    ['many <pre>', times('<pre>"url"</pre>')],
    ['entities in <pre>', `<pre>${times('&quot;')}"url"</pre>`],
    ['a fence without an end', times('`')],
    ['a fence and a carriage return', `${times('`')}\rx`],
    ['another fence and a line separator', `${times('~')}\u2028x`],
    ['a quote without an end', times('>')],
    ['fences only', times('```\n')],
    ['lines in a quoted fence', `> \`\`\`\n${times('> > >\n')}`],
    ['a configuration of brackets', `\`\`\`\n"url"${times('[', 30_000)}\n\`\`\``],
    ['configurations of comments', fencedBlocks(times('/*', 30_000))],
    ['configurations of strings', fencedBlocks(times('"\\', 30_000))],
    ['configurations of ellipses', fencedBlocks(times('...', 30_000))],
    ['a command of spaces', npx([times(' ', 30_000)])],
    ['many arguments', npx(Array(8_000).fill('-y'))],
    ['a package with a long name', npx([`@${times('a', 30_000)}`])],
    ['an image of colons', docker(`a/${times('a:', 30_000)}!`)],
    ['an image of slashes', docker(`a${times('/a', 30_000)}!`)],
  ])('%s in the README', (_, readme) => {
    expect(readme.length).toBeGreaterThan(10_000);
    expect(fastestMs(() => mcpNameIn(readme))).toBeLessThan(LIMIT_MS);
    expect(fastestMs(() => shownServers(readme))).toBeLessThan(LIMIT_MS);
    expect(fastestMs(() => read({ 'README.md': readme }))).toBeLessThan(LIMIT_MS);
  });

  it.each<[string, string, string]>([
    ['keys', 'smithery.yaml', repeated(N / 8, (n) => `k${n}: 1`)],
    ['as many keys as are read', 'smithery.yaml', repeated(3_300, (n) => `${n.toString(36)}:`)],
    ['anchors', 'smithery.yaml', repeated(1_000, (n) => `k${n}: &a${n} x`)],
    ['aliases of aliases', 'smithery.yaml', repeated(15, (n) => `k${n}: &a${n} [${times(`*a${n - 1},`, 900)}]`).replaceAll('*a-1', 'x')],
    ['brackets', 'smithery.yaml', times('[', 16_000)],
    ['as many brackets as are read', 'smithery.yaml', `${times('[', 500)}${times(']', 500)}: 1`],
    ['nested keys', 'smithery.yaml', times('? ', 1_000)],
    ['many nested keys', 'smithery.yaml', times('? ', 16_000)],
    ['nested keys in a runtime', 'smithery.yaml', `runtime: container\n${times('? ', 1_000)}`],
    ['dashes', 'smithery.yaml', times('- ', 16_000)],
    ['colons', 'smithery.yaml', `a${times(': ', 16_000)}`],
    ['a dotted key', 'pyproject.toml', `a${times('.a')}=1`],
    ['brackets', 'pyproject.toml', `a=${times('[')}`],
    ['keys', 'pyproject.toml', repeated(N / 10, (n) => `k${n} = 1`)],
    ['tables', 'pyproject.toml', repeated(N / 10, (n) => `[t.k${n}]`)],
    ['scripts', 'pyproject.toml', `[project]\ndependencies=["${times(' ')}"]\n[project.scripts]\n${repeated(5_000, (n) => `k${n} = "x"`)}`],
    [
      'dependencies',
      'package.json',
      JSON.stringify({ dependencies: Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [n, ''])) }),
    ],
    ['a repository', 'package.json', JSON.stringify({ mcpName: 'io.github.acme/x', repository: times('github.com/') })],
    ['brackets', 'server.json', times('[')],
    ['carriage returns', 'Dockerfile', times('\r')],
    ['line separators', 'Dockerfile', times('\u2028')],
    ['half labels', 'Dockerfile', times('io.modelcontextprotocol.server.name ')],
    ['spaces in a label', 'Dockerfile', `LABEL io.modelcontextprotocol.server.name${times(' ')}`],
    ['crates', 'Cargo.toml', times('rmcp ')],
    ['line ends', 'Cargo.toml', times('\n')],
  ])('%s in %s', (_, name, text) => {
    expect(fastestMs(() => readManifests(new Map([[name, text]])))).toBeLessThan(LIMIT_MS);
    expect(fastestMs(() => read({ [name]: text }))).toBeLessThan(LIMIT_MS);
  });

  it('what is read of a README is still found', () => {
    const configuration = `{ "mcpServers": { "it": { "command": "npx", "args": ["weather-mcp"] } } }`;
    expect(preformatted(`<PRE class="a"><code>{ &quot;a&quot;: <b>1</b> &lt; 2 }</code></pre><pre>b`, 9, 99)).toStrictEqual([
      '{ "a": 1 < 2 }',
      'b',
    ]);
    expect(preformatted('<pre>abc</pre><pre>d</pre><prefix>e</prefix>', 1, 2)).toStrictEqual(['ab']);
    expect(shownServers(`${times('x', 120_000)}\n\`\`\`\n${configuration}\n\`\`\``)).toHaveLength(1);
    expect(shownServers(`${times('x', 132_000)}\n\`\`\`\n${configuration}\n\`\`\``)).toHaveLength(0);
    expect(mcpNameIn(`mcp-name: io.github.acme/weather.`)).toBe('io.github.acme/weather');
    expect(mcpNameIn(`mcp-name: io.github.acme/${times('a', 201)}`)).toBeUndefined();
  });

  it('words that are too long are none', () => {
    const [server] = shownServers(npx([times('a', 501), 'b']));
    expect(server?.args).toStrictEqual(['b']);
  });

  it('the manifests of a folder are read once', () => {
    const files = new Map([['smithery.yaml', 'runtime: container\n']]);
    expect(readManifests(files)).toBe(readManifests(files));
    expect(readManifests(new Map(files))).not.toBe(readManifests(files));
  });
});

describe('one repository that cannot be read is a fault of its own', () => {
  const NODE = {
    ...{ id: 'R_7', databaseId: 7, nameWithOwner: FACTS.fullName, url: FACTS.url, isFork: false, isArchived: false },
    ...{ stargazerCount: 0, createdAt: FACTS.createdAt, pushedAt: FACTS.pushedAt, root: { entries: [{ name: 'readme.rst' }] } },
  };
  const api = { request: async () => ({ data: { data: { nodes: [NODE] } }, hasNext: false }) } as unknown as GithubApi;
  const known = new KnownRepositories(new Map([['7', 'old']]));

  async function visit(failing: () => never, abort = new AbortController()) {
    const rest = { readme: async () => failing() } as unknown as RestDocuments;
    const found = [];
    for await (const discovery of new Visits({ source: 'github', api, rest, known, abort: abort.signal }).found([FACTS]))
      found.push(discovery);
    return found;
  }

  it('whatever it fails with, and what is stored of it is kept', async () => {
    const found = await visit(() => {
      throw new RangeError('Maximum call stack size exceeded\u001b[2J');
    });
    expect(found).toStrictEqual([
      {
        kind: 'fault',
        fault: {
          code: 'repository-unreadable',
          subject: 'acme/weather-mcp',
          message: 'The repository could not be read; what is stored of it is kept.',
          retryable: true,
          details: 'RangeError: Maximum call stack size exceeded\\u001b[2J',
        },
      },
      { kind: 'unchanged', id: '7' },
    ]);
  });

  it('but for an abort', async () => {
    const abort = new AbortController();
    const stopped = visit(() => {
      abort.abort(new Error('enough'));
      throw new RangeError('anything');
    }, abort);
    await expect(stopped).rejects.toThrow('enough');
  });

  it.each(['unauthorized', 'unreachable', 'timeout', 'rate-limited'])('and for %s, which is nothing of the repository', async (code) => {
    const fault: Fault = { code, subject: 'x', message: 'GitHub', retryable: true };
    const stopped = visit(() => {
      throw new FaultError(fault);
    });
    await expect(stopped).rejects.toMatchObject({ fault });
  });
});

describe('a GitHub that never stops limiting a request', () => {
  beforeEach(() => void vi.useFakeTimers({ now: START, toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  const one: DoubleRepository = repository(7, 'acme/weather', { topics: ['mcp-server'] });

  function accessTo(http: Http) {
    const { signal: abort } = new AbortController();
    return { baseUrl: GITHUB_URL, token: TOKEN, tokenVariable: 'GITHUB_TOKEN', http, abort, pace: new Pace(abort) };
  }

  async function search(http: Http): Promise<unknown> {
    const asking = async () => {
      const api = await openGithubApi(accessTo(http));
      return api.request('search', 'GET /search/repositories', { q: 'topic:mcp-server' }, SearchAnswer);
    };
    return pumpTimers(asking).catch((error: unknown) => error);
  }

  it.each<[string, () => Response]>([
    ['by the secondary limit', () => Response.json({ message: 'You have exceeded a secondary rate limit.' }, { status: 403 })],
    [
      'by the secondary limit, for a second',
      () => Response.json({ message: 'You have exceeded a secondary rate limit.' }, { status: 403, headers: { 'retry-after': '1' } }),
    ],
    ['with 429', () => Response.json({ message: 'Too many' }, { status: 429 })],
    ['with 429 and a time', () => Response.json({ message: 'Too many' }, { status: 429, headers: { 'retry-after': '30' } })],
    [
      'by an hourly limit that has always just begun',
      () => {
        const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1_000) + 600) };
        return Response.json({ message: 'API rate limit exceeded' }, { status: 403, headers });
      },
    ],
  ])('%s, is asked seven times', async (_, answer) => {
    let asked = 0;
    const http = fakeHttp(async () => {
      asked += 1;
      return answer();
    }, timerClock);
    expect(await search(http)).toMatchObject({ fault: { code: 'rate-limited', retryable: true } });
    expect(asked).toBe(7);
    expect(Date.now() - START.getTime()).toBeLessThan(12 * 3_600_000);
  });

  it('for a minute again and again, is left alone as long as it wants', async () => {
    const options: GithubDoubleOptions = { secondaryEvery: 1 };
    const double = new GithubDouble([one], options);
    expect(await search(fakeHttp(double.fetch, timerClock))).toMatchObject({ fault: { code: 'rate-limited' } });
    expect(double.requests).toHaveLength(7);
    expect(double.violations).toStrictEqual([]);
  });

  it('of single documents, is asked seven times', async () => {
    let asked = 0;
    const get = async (url: string) => {
      asked += 1;
      throw new HttpError({ code: 'rate-limited', url, message: 'limits requests' });
    };
    const rest = new RestDocuments(accessTo({ get } as unknown as Http));
    const error = await pumpTimers(() => rest.readme('acme/weather')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ fault: { code: 'rate-limited', subject: '/repos/acme/weather/readme', retryable: true } });
    expect(asked).toBe(7);
  });
});
