import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { enumerate } from '../../src/connect/enumerate.ts';
import type { RemotePlan } from '../../src/connect/launch-plan.ts';
import { DEFAULT_LIMITS, type EnumerationLimits } from '../../src/connect/limits.ts';
import { Enumeration } from '../../src/model/enumeration.ts';
import { type Asked, json, listing, reply, stream, toolsText } from '../zoo/remotes/answers.ts';
import { HOSTILE, HOSTILE_SSE } from '../zoo/remotes/hostile-remotes.ts';
import { loopbackHttp, serve } from './loopback.ts';

const LIMITS: EnumerationLimits = {
  ...DEFAULT_LIMITS,
  connectionMs: 8_000,
  maxFrameBytes: 2 ** 20,
  maxSessionBytes: 2 ** 21,
  maxPages: 5,
  maxTools: 200,
};
/** For a remote whose time is expected to run out. */
const SHORT: EnumerationLimits = { ...LIMITS, connectionMs: 1_500 };

const NO_SANDBOX = { ok: false, fault: { code: 'no-sandbox', subject: 'this host', message: 'There is none.', retryable: false } } as const;

interface LookOptions {
  readonly transport: RemotePlan['transport'];
  readonly allowLoopback: boolean;
  readonly limits: EnumerationLimits;
}

async function lookAt(listener: RequestListener, options: Partial<LookOptions> = {}): Promise<Enumeration> {
  const { url, connections, close } = await serve(listener);
  try {
    const enumeration = await lookAtUrl(`${url}/mcp`, options);
    await expect.poll(connections, { timeout: 3_000 }).toBe(0);
    return enumeration;
  } finally {
    await close();
  }
}

async function lookAtUrl(
  url: string,
  { transport = 'streamable-http', allowLoopback = true, limits = LIMITS }: Partial<LookOptions> = {},
): Promise<Enumeration> {
  const { http, close } = loopbackHttp({ allowLoopback });
  const npm = () => Promise.reject(new Error('nothing is installed here'));
  const abort = new AbortController().signal;
  try {
    const plan = { kind: 'remote', url, transport, declaresAuth: false } as const;
    return Enumeration.parse(await enumerate(plan, { http, sandbox: NO_SANDBOX, cacheFolder: '/nowhere', npm, limits, abort }));
  } finally {
    await close();
  }
}

type Case = [does: string, status: Enumeration['status'], code?: string, tools?: number];

const CASES: Case[] = [
  ['never answers', 'timeout', 'no-answer'],
  ['never answers its list', 'timeout', 'no-answer'],
  ['drips a byte now and then', 'timeout', 'no-answer'],
  ['is a web page', 'protocol-error', 'not-the-protocol'],
  ['says yes to everything', 'protocol-error', 'not-the-protocol'],
  ['answers nothing', 'protocol-error', 'not-the-protocol'],
  ['answers another question', 'protocol-error', 'not-the-protocol'],
  ['answers with half a message', 'protocol-error', 'not-the-protocol'],
  ['answers with half an array', 'protocol-error', 'unreadable'],
  ['hangs up', 'unreachable', 'unreachable'],
  ['hangs up in the middle', 'unreachable', 'unreachable'],
  ['sends a line without an end', 'protocol-error', 'frame-too-big'],
  ['sends events without an end', 'protocol-error', 'session-too-big'],
  ['sends one text without an end', 'protocol-error', 'frame-too-big'],
  ['sends little that unpacks to very much', 'protocol-error', 'frame-too-big'],
  ['announces a gigabyte', 'protocol-error', 'too-big'],
  ['fails with a text without an end', 'unreachable', 'server-error'],
  ['has a million tools', 'protocol-error', 'frame-too-big'],
  ['has thousands of tools', 'partial', 'too-many-tools', 200],
  ['has one tool that is too deep', 'complete', undefined, 1],
  ['has control characters in its tools', 'complete', undefined, 1],
  ['gives the same page for ever', 'partial', 'page-loop', 2],
  ['gives a new page for ever', 'partial', 'too-many-pages', 5],
  ['has pages that are too much together', 'partial', 'session-too-big', 2],
  ['breaks off after a page', 'partial', 'list-broken-off', 2],
  ['redirects in a circle', 'refused', 'too-many-redirects'],
  ['redirects to the metadata of a cloud', 'refused', 'private-address'],
  ['redirects to another origin', 'refused', 'redirect-refused'],
  ['ends every stream and asks for the next', 'protocol-error', 'stream-closed'],
  ['sends more headers than are read', 'protocol-error', 'too-big'],
  ['has an id that is too deep', 'complete', undefined, 1],
  ['names a session of 100,000 letters', 'protocol-error', 'too-big'],
  ['names a session of control characters', 'unreachable', 'unreachable'],
  ['breaks its session off with a second header', 'unreachable', 'unreachable'],
  ['says that its answer is shorter than it is', 'protocol-error', 'not-the-protocol'],
  ['asks to come back in a year', 'unreachable', 'rate-limited'],
  ['packs its answer a hundred times', 'unreachable', 'unreachable'],
];

const SSE_CASES: Case[] = [
  ['names no address for messages', 'timeout', 'no-answer'],
  ['names an address elsewhere', 'protocol-error', 'bad-endpoint'],
  ['names an address that is none', 'protocol-error', 'bad-endpoint'],
  ['ends its stream at once', 'protocol-error', 'stream-closed'],
  ['takes messages and never answers', 'timeout', 'no-answer'],
  ['sends a line without an end', 'protocol-error', 'frame-too-big'],
  ['sends events without an end', 'protocol-error', 'session-too-big'],
  ['is a web page', 'protocol-error', 'not-the-protocol'],
];

describe('a remote that', () => {
  it.each(CASES)('%s: %s', async (does, status, code, tools) => {
    expectOutcome(await lookAt(HOSTILE[does]?.() ?? missing(does), { limits: limitsFor(status) }), { status, code, tools });
  });
});

describe('a remote over SSE that', () => {
  it.each(SSE_CASES)('%s: %s', async (does, status, code, tools) => {
    expectOutcome(await lookAt(HOSTILE_SSE[does]?.() ?? missing(does), { transport: 'sse', limits: limitsFor(status) }), {
      status,
      code,
      tools,
    });
  });
});

it('every hostile remote has its case', () => {
  expect(CASES.map(([does]) => does)).toStrictEqual(Object.keys(HOSTILE));
  expect(SSE_CASES.map(([does]) => does)).toStrictEqual(Object.keys(HOSTILE_SSE));
});

function limitsFor(status: Enumeration['status']): EnumerationLimits {
  return status === 'timeout' ? SHORT : LIMITS;
}

function expectOutcome(enumeration: Enumeration, expected: { status: string; code: string | undefined; tools: number | undefined }): void {
  const { status } = enumeration;
  const code = 'fault' in enumeration ? enumeration.fault.code : undefined;
  const tools = 'tools' in enumeration ? enumeration.tools.length : undefined;
  expect({ status, code, tools }).toStrictEqual(expected);
}

function missing(does: string): never {
  throw new Error(`no remote ${does}`);
}

describe('an address that', () => {
  it.each([
    ['is private', 'https://10.1.2.3/mcp', 'refused', 'private-address'],
    ['is this machine, where that is not allowed', 'http://127.0.0.1:1/mcp', 'refused', 'private-address', false],
    ['is this machine in another spelling', 'https://0x7f000001/mcp', 'refused', 'private-address', false],
    ['is not encrypted', 'http://example.com/mcp', 'refused', 'insecure-url'],
    ['holds a password', 'https://user:word@example.com/mcp', 'refused', 'insecure-url'],
    ['is no URL', 'https://', 'refused', 'bad-url'],
    ['is a file', 'file:///etc/passwd', 'refused', 'insecure-url'],
    ['nobody listens at', 'http://127.0.0.1:1/mcp', 'unreachable', 'unreachable'],
  ])('%s', async (_, url, status, code, allowLoopback = true) => {
    expect(await lookAtUrl(url, { allowLoopback })).toMatchObject({ status, fault: { code, subject: url } });
  });
});

describe('what a status means', () => {
  it.each([
    [404, {}, 'unreachable', 'not-found', false, /no server/, ['bare', 'sse-fallback']],
    [405, {}, 'protocol-error', 'bad-status', false, /HTTP 405/, ['bare', 'sse-fallback']],
    [410, {}, 'unreachable', 'not-found', false, /no server/, ['bare']],
    [406, {}, 'protocol-error', 'bad-status', false, /HTTP 406/, ['bare']],
    [429, { 'retry-after': '120' }, 'unreachable', 'rate-limited', true, /120 s/, ['bare']],
    [500, {}, 'unreachable', 'server-error', true, /HTTP 500/, ['bare']],
    [503, { 'retry-after': 'Sat, 01 Jan 2050 00:00:00 GMT' }, 'unreachable', 'server-error', true, /2050/, ['bare']],
  ])('%s', async (status, headers, outcome, code, retryable, message, rungs) => {
    const enumeration = await lookAt((_, response) => void response.writeHead(status, headers).end('words'));
    expect(enumeration).toMatchObject({
      status: outcome,
      fault: { code, retryable, message: expect.stringMatching(message), details: 'words' },
    });
    expect(enumeration.attempts.map(({ rung }) => rung)).toStrictEqual(rungs);
    expect(enumeration).not.toHaveProperty('auth');
  });
});

it('is told only what is not offered, and not for ever', async () => {
  const answers: Asked[] = [];
  const asks = ['sampling/createMessage', 'elicitation/create', 'roots/list', 'ping'];
  const questions = Array.from(
    { length: 1_000 },
    (_, n) => `data: {"jsonrpc":"2.0","id":"q${n}","method":"${asks[n % 4]}","params":{}}\n\n`,
  );
  const answered = listing((asked, response) => {
    const long = `data: {"jsonrpc":"2.0","id":"${'q'.repeat(5_000)}","method":"ping"}\n\n`;
    stream(response, long + questions.join(''));
    setTimeout(() => response.end(`data: ${reply(asked, `{"tools":[${toolsText(1)}]}`)}\n\n`), 1_500);
  });
  const enumeration = await lookAt(async (request, response) => {
    const [chunks] = [await request.toArray()];
    const asked: Asked = JSON.parse(String(Buffer.concat(chunks)) || '{}');
    if (asked.method === undefined && asked.id !== undefined) answers.push(asked);
    return answered(Object.assign(request, { toArray: () => Promise.resolve(chunks) }), response);
  });
  expect(enumeration).toMatchObject({ status: 'complete', tools: [{ name: 'tool_0' }] });
  expect(answers.length).toBe(20);
  for (const { id, error, result } of answers) {
    expect(String(id).length).toBeLessThan(10);
    const asksForPing = Number(String(id).slice(1)) % 4 === 3;
    expect({ error, result }).toStrictEqual(
      asksForPing ? { error: undefined, result: {} } : { error: { code: -32_601, message: 'Method not found' }, result: undefined },
    );
  }
});

it('a good-bye that nobody answers is not waited for', async () => {
  const enumeration = await lookAt((request, response) => {
    if (request.method === 'DELETE') return;
    response.setHeader('mcp-session-id', 'a');
    return listing((asked, answer) => json(answer, reply(asked, '{"tools":[]}')))(request, response);
  });
  expect(enumeration).toMatchObject({ status: 'complete', tools: [] });
  expect(enumeration.durationMs).toBeLessThan(6_000);
});
