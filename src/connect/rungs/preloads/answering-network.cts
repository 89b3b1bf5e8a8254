/**
 * Loaded by a server's Node before the server. There is no network inside: every HTTP request is answered here, as a login service or an empty
 * collection would, so that a server which asks before it lists goes on. Enough to list tools, and wrong for anything else.
 */
const http: typeof import('node:http') = require('node:http');
const https: typeof import('node:https') = require('node:https');
const { syncBuiltinESMExports }: typeof import('node:module') = require('node:module');

const TOKEN = 'dummy0000dummy0000dummy0';
const ANSWER = JSON.stringify({
  access_token: TOKEN,
  refresh_token: TOKEN,
  token: TOKEN,
  token_type: 'Bearer',
  expires_in: 3600,
  id: '1',
  name: 'dummy',
  data: [],
  items: [],
  results: [],
});
// Read by the preload that makes more of it.
Object.defineProperty(globalThis, Symbol.for('answer of the network'), { value: ANSWER });
const HEADERS = { 'content-type': 'application/json' };
const SOCKET = `/tmp/answers-${process.pid}.sock`;

globalThis.fetch = async () => new Response(ANSWER, { headers: HEADERS });

const server = http.createServer((request, response) => {
  request.resume();
  response.writeHead(200, HEADERS).end(ANSWER);
});
server.on('error', () => {});
server.listen(SOCKET);
server.unref();

type Request = typeof http.request;
const request = http.request;
const answered = ((...args: unknown[]) => {
  const callback = args.find((arg): arg is () => void => typeof arg === 'function');
  const given = args.find((arg): arg is object => typeof arg === 'object' && arg !== null && !(arg instanceof URL)) ?? {};
  const { method = 'GET', path = '/', headers = {} } = given as { method?: string; path?: string; headers?: Record<string, string> };
  return request({ socketPath: SOCKET, method, path, headers }, callback);
}) as Request;
const got = ((...args: Parameters<Request>) => answered(...args).end()) as typeof http.get;

Object.assign(http, { request: answered, get: got });
Object.assign(https, { request: answered, get: got });
syncBuiltinESMExports();
