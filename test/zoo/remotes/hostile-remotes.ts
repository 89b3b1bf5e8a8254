import type { RequestListener } from 'node:http';
import { createGzip } from 'node:zlib';
import { type Asked, flood, json, listing, reply, speaking, stream, toolsText } from './answers.ts';

/** Remotes that misbehave, by what they do. None depends on another request than the one it answers, where it does not say so. */
export const HOSTILE: Readonly<Record<string, () => RequestListener>> = {
  'never answers': () => () => undefined,
  'never answers its list': () => listing(() => undefined),
  'drips a byte now and then': () => listing((_, response) => drip(response.writeHead(200, { 'content-type': 'application/json' }))),
  'is a web page': () => (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Hi</title>'),
  'says yes to everything': () => (_, response) => response.writeHead(202).end(),
  'answers nothing': () => (_, response) => response.writeHead(204).end(),
  'answers another question': () => speaking((_, response) => json(response, '{"jsonrpc":"2.0","id":4711,"result":{}}')),
  'answers with half a message': () => speaking((_, response) => json(response, '{"jsonrpc":"2.0","id":1,"resu')),
  'answers with half an array': () => speaking((_, response) => json(response, '[{"jsonrpc":"2.0","id":1,"resu')),
  'hangs up': () => (request) => request.socket.destroy(),
  'hangs up in the middle': () =>
    listing((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"jsonrpc"');
      setTimeout(() => response.destroy(), 20);
    }),
  'sends a line without an end': () =>
    listing((_, response) => {
      stream(response, 'data: ');
      flood(response, 'x'.repeat(65_536));
    }),
  'sends events without an end': () =>
    listing((_, response) => {
      stream(response);
      flood(response, `data: {"jsonrpc":"2.0","method":"notifications/message"}\n\n`.repeat(500));
    }),
  'sends one text without an end': () =>
    listing((_, response) => flood(response.writeHead(200, { 'content-type': 'application/json' }), ' '.repeat(65_536))),
  'sends little that unpacks to very much': () =>
    listing((_, response) => {
      const gzip = createGzip();
      gzip.pipe(response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }));
      const write = () => {
        while (!response.destroyed && gzip.write(SPACES));
        if (!response.destroyed) gzip.once('drain', write);
      };
      write();
    }),
  'announces a gigabyte': () =>
    listing((_, response) => response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(2 ** 30) }).write('{')),
  'fails with a text without an end': () => (_, response) => flood(response.writeHead(500), 'x'.repeat(65_536)),
  'has a million tools': () => {
    const tools = toolsText(1_000_000);
    return listing((asked, response) => json(response, reply(asked, `{"tools":[${tools}]}`)));
  },
  'has thousands of tools': () => listing((asked, response) => json(response, reply(asked, `{"tools":[${toolsText(5_000)}]}`))),
  'has one tool that is too deep': () =>
    listing((asked, response) => {
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      json(response, reply(asked, `{"tools":[{"name":"deep","x":${deep}},${toolsText(1)}]}`));
    }),
  'has control characters in its tools': () =>
    listing((asked, response) => json(response, reply(asked, `{"tools":[{"name":"a\\u0000b","description":"\\u001b[2J\\ud800"}]}`))),
  'gives the same page for ever': () =>
    listing((asked, response) => json(response, reply(asked, `{"tools":[${toolsText(2)}],"nextCursor":"again"}`))),
  'gives a new page for ever': () =>
    listing((asked, response) => {
      const page = Number(asked.params?.cursor ?? 0);
      json(response, reply(asked, `{"tools":[${toolsText(1, page)}],"nextCursor":"${page + 1}"}`));
    }),
  'has pages that are too much together': () =>
    listing((asked, response) => {
      const page = Number(asked.params?.cursor ?? 0);
      json(response, reply(asked, `{"tools":[${toolsText(1, page)}],"nextCursor":"${page + 1}","x":"${'x'.repeat(900_000)}"}`));
    }),
  'breaks off after a page': () =>
    listing((asked, response) => {
      if (asked.params?.cursor) response.writeHead(503).end('over capacity');
      else json(response, reply(asked, `{"tools":[${toolsText(2)}],"nextCursor":"more"}`));
    }),
  'redirects in a circle': () => (_, response) => response.writeHead(307, { location: '/again' }).end(),
  'redirects to the metadata of a cloud': () => (_, response) =>
    response.writeHead(307, { location: 'http://169.254.169.254/latest' }).end(),
  'redirects to another origin': () => (_, response) => response.writeHead(307, { location: 'http://localhost:1/mcp' }).end(),
  'ends every stream and asks for the next': () => (request, response) => {
    if (request.method === 'DELETE') return void response.writeHead(405).end();
    stream(response, 'id: 1\nretry: 0\ndata:\n\n');
    response.end();
  },
  'sends more headers than are read': () => (_, response) =>
    response.writeHead(200, Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`x-${n}`, 'y'.repeat(100)]))).end(),
  'has an id that is too deep': () =>
    listing((asked, response) => {
      stream(response, `data: {"jsonrpc":"2.0","method":"ping","id":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n\n`);
      response.end(`data: ${reply(asked, `{"tools":[${toolsText(1)}]}`)}\n\n`);
    }),
  'names a session of 100,000 letters': () =>
    speaking((asked, response) => {
      response.setHeader('mcp-session-id', 's'.repeat(100_000));
      json(response, reply(asked, '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}}}'));
    }),
  'names a session of control characters': () =>
    raw((asked) => {
      const body = reply(asked, '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}}}');
      return `content-type: application/json\r\nmcp-session-id: a\x01\x1b[2Jb\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    }),
  'breaks its session off with a second header': () =>
    raw((asked) => {
      const body = reply(asked, '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}}}');
      return `content-type: application/json\r\nmcp-session-id: a\nx-evil: b\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    }),
  'says that its answer is shorter than it is': () =>
    raw((asked) => {
      const body = reply(asked, '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}}}');
      return `content-type: application/json\r\ncontent-length: 10\r\n\r\n${body}`;
    }),
  'asks to come back in a year': () => (_, response) => response.writeHead(429, { 'retry-after': '31536000' }).end(),
  'packs its answer a hundred times': () => (_, response) =>
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': Array(100).fill('gzip').join() }).end('x'),
};

/** Answers with bytes of its own, since Node writes no such headers. */
function raw(answer: (asked: Asked) => string): RequestListener {
  return async (request) => {
    const chunks = await request.toArray().catch(() => []);
    request.socket.end(`HTTP/1.1 200 OK\r\n${answer(JSON.parse(String(Buffer.concat(chunks)) || '{}'))}`);
  };
}

/** The same over the transport of the first revision. */
export const HOSTILE_SSE: Readonly<Record<string, () => RequestListener>> = {
  'names no address for messages': () => (_, response) => stream(response),
  'names an address elsewhere': () => (_, response) => stream(response, 'event: endpoint\ndata: http://localhost:1/messages\n\n'),
  'names an address that is none': () => (_, response) => stream(response, 'event: endpoint\ndata: http://[\n\n'),
  'ends its stream at once': () => (_, response) =>
    void response.writeHead(200, { 'content-type': 'text/event-stream' }).end('retry: 0\n\n'),
  'takes messages and never answers': () => (request, response) => {
    if (request.method === 'POST') response.writeHead(202).end();
    else stream(response, 'event: endpoint\ndata: /messages\n\n');
  },
  'sends a line without an end': () => (_, response) => {
    stream(response, 'event: endpoint\ndata: ');
    flood(response, 'x'.repeat(65_536));
  },
  'sends events without an end': () => (_, response) => {
    stream(response);
    flood(response, ': nothing\n\n'.repeat(1_000));
  },
  'is a web page': () => (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
};

const SPACES = Buffer.alloc(2 ** 20, ' ');

function drip(response: Parameters<RequestListener>[1]): void {
  const timer = setInterval(() => response.write(' '), 50);
  response.on('close', () => clearInterval(timer));
}
