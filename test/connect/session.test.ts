import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { Connection } from '../../src/connect/connection.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { CLIENT_INFO, listTools, listToolsAtOnce, type SessionResult } from '../../src/connect/session.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { FakeServer } from './streams.ts';

const LIMITS = { ...DEFAULT_LIMITS, askAgainMs: 20, maxPages: 4, maxTools: 6, maxToolBytes: 500 };
const tool = (name: string): JsonObject => ({ name, inputSchema: { type: 'object' } });
const nested = (levels: number): JsonObject => (levels === 0 ? {} : { in: nested(levels - 1) });

describe.each([
  { asked: 'one after the other', ask: listTools },
  { asked: 'all at once', ask: listToolsAtOnce },
])('pages, $asked', ({ ask }) => {
  interface Case {
    readonly what: string;
    readonly pages: readonly JsonObject[];
    readonly tools: readonly string[];
    readonly fault?: string;
    readonly faults?: readonly string[];
  }
  it.each<Case>([
    { what: 'one', pages: [{ tools: [tool('a'), tool('b')] }], tools: ['a', 'b'] },
    { what: 'no tools', pages: [{ tools: [] }], tools: [] },
    { what: 'two', pages: [{ tools: [tool('a')], nextCursor: 'x' }, { tools: [tool('b')] }], tools: ['a', 'b'] },
    { what: 'an empty cursor', pages: [{ tools: [tool('a')], nextCursor: '' }, { tools: [tool('b')] }], tools: ['a', 'b'] },
    { what: 'a cursor that is a number', pages: [{ tools: [tool('a')], nextCursor: 2 }], tools: ['a'], fault: 'bad-cursor' },
    { what: 'a cursor that is null', pages: [{ tools: [tool('a')], nextCursor: null }], tools: ['a'] },
    {
      what: 'the same cursor with new tools',
      pages: [
        { tools: [tool('a')], nextCursor: 'x' },
        { tools: [tool('b')], nextCursor: 'x' },
      ],
      tools: ['a', 'b'],
      fault: 'page-loop',
    },
    {
      what: 'the same tools with new cursors',
      pages: [
        { tools: [tool('a')], nextCursor: 'x' },
        { tools: [tool('a')], nextCursor: 'y' },
      ],
      tools: ['a'],
      fault: 'page-loop',
    },
    {
      what: 'more than the limit',
      pages: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ tools: [tool(name)], nextCursor: name })),
      tools: ['a', 'b', 'c', 'd'],
      fault: 'too-many-pages',
    },
    {
      what: 'more tools than the limit',
      pages: [{ tools: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(tool) }],
      tools: ['a', 'b', 'c', 'd', 'e', 'f'],
      fault: 'too-many-tools',
    },
    { what: 'a second page without tools', pages: [{ tools: [tool('a')], nextCursor: 'x' }, {}], tools: ['a'], fault: 'bad-page' },
    {
      what: 'tools that are not usable',
      pages: [{ tools: ['text', { title: 'nameless' }, { name: 7 }, null, tool('a')] }],
      tools: ['a'],
      faults: ['bad-tool', 'bad-tool', 'bad-tool', 'bad-tool'],
    },
    {
      what: 'a deep tool',
      pages: [{ tools: [{ name: 'deep', inputSchema: nested(80) }, tool('a')] }],
      tools: ['a'],
      faults: ['tool-too-deep'],
    },
    {
      what: 'a big tool',
      pages: [{ tools: [{ name: 'big', description: 'x'.repeat(600) }, tool('a')] }],
      tools: ['a'],
      faults: ['tool-too-big'],
    },
    { what: 'a tool twice', pages: [{ tools: [tool('a'), tool('a')] }], tools: ['a'], faults: ['duplicate-tool-name'] },
    {
      what: 'two tools of one name',
      pages: [{ tools: [tool('a'), { ...tool('a'), description: 'Another.' }] }],
      tools: ['a', 'a'],
      faults: ['duplicate-tool-name'],
    },
    { what: 'names of Object', pages: [{ tools: [tool('__proto__'), tool('constructor')] }], tools: ['__proto__', 'constructor'] },
  ])('$what', async ({ pages, tools, fault, faults = [] }) => {
    const result = await list((server) => server.serve(pages), ask);
    if (!result.listed) throw new Error(JSON.stringify(result));
    expect(result.listing.tools.map(({ name }) => name)).toEqual(tools);
    expect(result.fault?.code).toBe(fault);
    expect(result.listing.faults.map(({ code }) => code)).toEqual(faults);
  });
});

it('keeps each page as the server wrote it, and fields that no schema knows', async () => {
  const page = '{ "tools" : [{"name":"a","x-extra":1.0,"description":"\\u00e9"}] , "nextCursor":"n"}';
  const last = '{"tools":[ ]}';
  const result = await list((server) => {
    let asked = 0;
    server.hear(({ id, method }) => {
      if (method === 'initialize') server.say({ id: id ?? null, result: {} });
      if (method !== 'tools/list') return;
      server.stdout.write(`{"jsonrpc":"2.0","id":${id},"result":${asked === 0 ? page : last},"more":{"result":0}}\n`);
      asked += 1;
    });
  });
  expect(result).toMatchObject({ listing: { answer: [page, last], tools: [{ name: 'a', 'x-extra': 1, description: 'é' }] } });
});

describe('the handshake', () => {
  it('says who asks, and what it can do: nothing', async () => {
    const heard: JsonObject[] = [];
    await list((server) => {
      server.hear((message) => heard.push(message));
      server.serve([{ tools: [] }]);
    });
    expect(heard).toEqual([
      { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: CLIENT_INFO } },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 2, method: 'tools/list', params: {} },
    ]);
    expect(CLIENT_INFO).toEqual({ name: manifest.name, version: manifest.version });
  });

  it.each([
    ['an older version', { protocolVersion: '2024-11-05' }, { protocolVersion: '2024-11-05' }],
    ['a newer version', { protocolVersion: '2026-07-28' }, { protocolVersion: '2026-07-28' }],
    ['a version that is a number', { protocolVersion: 1 }, {}],
    ['who it is', { serverInfo: { name: 's', version: '1', icons: [] } }, { serverInfo: { name: 's', version: '1' } }],
    ['half of who it is', { serverInfo: { name: 's' } }, {}],
    ['instructions', { instructions: 'be careful' }, { instructions: 'be careful' }],
  ])('%s', async (_, greeting, expected) => {
    const result = await list((server) => server.serve([{ tools: [] }], greeting));
    expect(result).toEqual({ listed: true, listing: { ...expected, tools: [], answer: ['{"tools":[]}'], faults: [] } });
  });
});

describe('asked all at once', () => {
  interface Case {
    readonly what: string;
    /** @param hasGreeted - Whether it has answered initialize. */
    readonly answerList: (server: FakeServer, id: number, hasGreeted: boolean) => void;
    /** Ids of the questions for the list. */
    readonly asked: readonly number[];
    readonly greets?: 'late';
  }
  const give = (server: FakeServer, id: number) => server.say({ id, result: { tools: [tool('a')] } });
  it.each<Case>([
    { what: 'a server that answers in order', answerList: give, asked: [2] },
    { what: 'one that answers the list first', answerList: give, asked: [2], greets: 'late' },
    {
      what: 'one that refuses before its greeting is asked again',
      answerList: (server, id, hasGreeted) =>
        hasGreeted ? give(server, id) : server.say({ id, error: { code: -32002, message: 'Server not initialized' } }),
      asked: [2, 3],
      greets: 'late',
    },
    {
      what: 'one that drops what comes before its greeting is asked again',
      answerList: (server, id, hasGreeted) => hasGreeted && give(server, id),
      asked: [2, 3],
      greets: 'late',
    },
    {
      what: 'one that refuses what it had dropped is asked once more, and no more',
      answerList: (server, id) => server.say({ id, error: { code: -32002, message: 'no' } }),
      asked: [2, 3],
    },
  ])('$what', async ({ answerList, asked, greets }) => {
    const heard: JsonObject[] = [];
    const result = await list((server) => {
      let hasGreeted = false;
      const greet = (id: number) => {
        hasGreeted = true;
        server.say({ id, result: {} });
      };
      server.hear((message) => {
        heard.push(message);
        const id = Number(message['id']);
        if (message['method'] === 'initialize') greets === 'late' ? setImmediate(() => greet(id)) : greet(id);
        if (message['method'] === 'tools/list') answerList(server, id, hasGreeted);
      });
    }, listToolsAtOnce);
    expect(heard.filter(({ method }) => method === 'tools/list').map(({ id }) => id)).toEqual(asked);
    const isRefused = asked.length > 1 && greets === undefined;
    expect(result).toMatchObject(isRefused ? { listed: false, failure: { code: -32002 } } : { listing: { tools: [{ name: 'a' }] } });
  });

  it('all of it is one write', async () => {
    const writes: string[] = [];
    const server = new FakeServer();
    const stdin = new Writable({
      writev: (chunks, done) => {
        writes.push(chunks.map(({ chunk }) => String(chunk)).join(''));
        done();
      },
    });
    const connection = new Connection({ ...server.process, stdin }, LIMITS, () => {});
    const listed = listToolsAtOnce(connection, 'npm:example', LIMITS);
    await new Promise((resolve) => setImmediate(resolve));
    connection.close('aborted');
    await listed;
    expect(writes.map((text) => text.trim().split('\n').length)).toEqual([3]);
  });
});

describe('what the server does beside answering', () => {
  it.each([
    ['ping', { id: 'p', method: 'ping' }, { id: 'p', result: {} }],
    ['roots/list', { id: 7, method: 'roots/list' }, { id: 7, error: { code: -32601, message: 'Method not found' } }],
    ['a log message with an id', { id: 1, method: 'log' }, { id: 1, error: { code: -32601, message: 'Method not found' } }],
  ])('%s is answered', async (_, request, answer) => {
    const heard: JsonObject[] = [];
    const result = await list((server) => {
      server.hear((message) => heard.push(message));
      server.say(request);
      server.serve([{ tools: [tool('a')] }]);
    });
    expect(heard).toContainEqual({ jsonrpc: '2.0', ...answer });
    expect(result).toMatchObject({ listed: true });
  });

  it.each<[string, JsonObject]>([
    ['a notification', { method: 'notifications/tools/list_changed' }],
    ['an unknown id', { id: 99, result: { tools: [tool('wrong')] } }],
    ['an id of the wrong type', { id: '1', result: {} }],
    ['a message without anything', {}],
    ['a request whose id is an object', { id: {}, method: 'ping' }],
    ['a request whose id is too long to be sent back', { id: 'x'.repeat(1_025), method: 'ping' }],
  ])('%s is ignored', async (_, message) => {
    const result = await list((server) => {
      server.say(message);
      server.serve([{ tools: [tool('a')] }]);
      server.say(message);
    });
    expect(result).toMatchObject({ listed: true, listing: { tools: [{ name: 'a' }] } });
  });

  it.each([
    ['deeper than any answer can be written', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a number that has no JSON', '1e999'],
  ])('a request whose id is %s is not answered and ends nothing', async (_, id) => {
    const heard: JsonObject[] = [];
    const result = await list((server) => {
      server.hear((message) => heard.push(message));
      server.stdout.write(`{"jsonrpc":"2.0","method":"ping","id":${id}}\n`);
      server.serve([{ tools: [tool('a')] }]);
    });
    expect(result).toMatchObject({ listed: true });
    expect(heard.map(({ method }) => method)).toEqual(['initialize', 'notifications/initialized', 'tools/list']);
  });

  it('the first of two answers counts', async () => {
    const result = await list((server) =>
      server.hear(({ id, method }) => {
        if (method === 'initialize') server.say({ id: id ?? null, result: {} });
        if (method !== 'tools/list') return;
        server.say({ id: id ?? null, result: { tools: [tool('first')] } });
        server.say({ id: id ?? null, result: { tools: [tool('second')] } });
      }),
    );
    expect(result).toMatchObject({ listing: { tools: [{ name: 'first' }] } });
  });

  it('a server that asks without reading gets no heap of answers', async () => {
    const server = new FakeServer();
    const connection = new Connection(server.process, LIMITS, () => {});
    for (let id = 0; id < 50_000; id += 1) server.say({ id, method: 'ping' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(server.stdin.writableLength + server.stdin.readableLength).toBeLessThan(200_000);
    connection.close('aborted');
  });
});

describe('nothing listed', () => {
  it.each<[string, (server: FakeServer) => void, object]>([
    ['the server ends', (server) => server.exit(1), { kind: 'end', end: 'closed' }],
    ['too big a line', (server) => void server.stdout.write('x'.repeat(LIMITS.maxFrameBytes + 1)), { kind: 'end', end: 'frame-too-big' }],
    ['an error', (server) => server.say({ id: 1, error: { code: -32602, message: 'no' } }), { kind: 'error', code: -32602, message: 'no' }],
    ['an error of no form', (server) => server.say({ id: 1, error: { toString: 1 } }), { kind: 'error', code: 0 }],
    ['no object', (server) => server.say({ id: 1, result: 'hello' }), { kind: 'unusable' }],
  ])('%s', async (_, play, failure) => {
    expect(await list((server) => server.stdin.once('data', () => play(server)))).toMatchObject({ listed: false, failure });
  });

  it('no list', async () => {
    expect(await list((server) => server.serve([{ tools: {} }]))).toMatchObject({ listed: false, failure: { kind: 'unusable' } });
  });

  it('a server without tools has been asked and has none', async () => {
    const result = await list((server) =>
      server.hear(({ id, method }) => {
        if (method === 'initialize') server.say({ id: id ?? null, result: { capabilities: { prompts: {} } } });
        else if (id) server.say({ id, error: { code: -32601, message: 'Method not found' } });
      }),
    );
    expect(result).toEqual({ listed: true, listing: { tools: [], answer: [], faults: [] } });
  });
});

it.each([
  ['ends', (server: FakeServer) => server.exit(0), 'list-broken-off'],
  ['writes too much', (server: FakeServer) => void server.stdout.write('x'.repeat(LIMITS.maxFrameBytes + 1)), 'frame-too-big'],
  ['answers with an error', (server: FakeServer) => server.say({ id: 3, error: { code: 1, message: 'no' } }), 'page-refused'],
])('a server that %s after the first page keeps that page', async (_, stop, code) => {
  const result = await list((server) =>
    server.hear(({ id, method, params }) => {
      if (method === 'initialize') server.say({ id: id ?? null, result: {} });
      if (method !== 'tools/list') return;
      if (JSON.stringify(params) === '{}') server.say({ id: id ?? null, result: { tools: [tool('a')], nextCursor: 'x' } });
      else stop(server);
    }),
  );
  expect(result).toMatchObject({ listed: true, listing: { tools: [{ name: 'a' }] }, fault: { code } });
});

it('a throw while its output is read ends this connection and nothing else', async () => {
  const server = new FakeServer();
  const fail = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  const connection = new Connection(server.process, LIMITS, fail);
  server.stdin.once('data', () => server.stdout.write('banner\n'));
  expect(await listTools(connection, 'npm:example', LIMITS)).toEqual({ listed: false, failure: { kind: 'end', end: 'unreadable' } });
  server.say({ id: 1, result: {} });
  expect(await connection.request('tools/list', {})).toEqual({ kind: 'end', end: 'unreadable' });
});

describe('texts of the handshake', () => {
  const info = (name: string) => ({ serverInfo: { name, version: '1', title: 't' } });
  it.each<[string, JsonObject, object, readonly string[]]>([
    ['as long as may be are kept', { instructions: 'x'.repeat(65_536), ...info('n'.repeat(1_024)) }, {}, []],
    ['instructions that are longer', { instructions: 'x'.repeat(65_537) }, { instructions: 'x'.repeat(65_536) }, ['instructions-cut']],
    ['a character on the edge', { instructions: `${'x'.repeat(65_535)}é` }, { instructions: 'x'.repeat(65_535) }, ['instructions-cut']],
    ['a longer name', info('n'.repeat(2_000)), info('n'.repeat(1_024)), ['server-info-cut']],
    ['a longer version', { protocolVersion: 'v'.repeat(9_999) }, { protocolVersion: 'v'.repeat(1_024) }, ['server-info-cut']],
  ])('%s', async (_, greeting, changed, codes) => {
    const result = await list((server) => server.serve([{ tools: [tool('a')] }], greeting));
    if (!result.listed) throw new Error(JSON.stringify(result));
    expect(result.listing).toMatchObject({ ...greeting, ...changed, tools: [{ name: 'a' }] });
    expect(result.listing.faults.map(({ code }) => code)).toEqual(codes);
  });
});

function list(play: (server: FakeServer) => void, ask = listTools): Promise<SessionResult> {
  const server = new FakeServer();
  const connection = new Connection(server.process, LIMITS, () => {});
  play(server);
  return ask(connection, 'npm:example', LIMITS);
}
