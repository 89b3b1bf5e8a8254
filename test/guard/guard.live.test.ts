import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AccessPolicy } from '../../src/model/access-policy.ts';
import { connect, guardCommand, startGuard, textOf } from './clients.ts';
import { limited, policyOf, ruleOf } from './policies.ts';
import { type RealServer, realServers } from './real-servers.ts';

const SOON = { timeout: 30_000 };
const ECHO = [process.execPath, fileURLToPath(new URL('echo-server.js', import.meta.url))];
/** A minute that does not end while a test counts. */
const BY_DAY = (tool: string, max: number) =>
  ruleOf(tool, 'limit', { limits: [{ counter: `${tool}_rate`, window: 'day', max, scope: 'grant' }] });

let folder: string;
let servers: RealServer[];
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-guard-'));
  const served = join(folder, 'served');
  await mkdir(served);
  servers = await realServers(served);
});
afterAll(() => rm(folder, { recursive: true }));

/** Options of a guard with a policy and a state of its own. */
async function own(policy: AccessPolicy | string): Promise<{ file: string; state: string; options: string[] }> {
  files += 1;
  const [file, state] = [join(folder, `policy-${files}.json`), join(folder, `state-${files}`)];
  await writeFile(file, typeof policy === 'string' ? policy : JSON.stringify(policy));
  return { file, state, options: ['--policy', file, '--state', state] };
}

const call = (id: unknown, name: string) => `${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } })}\n`;

describe('in front of real servers', () => {
  it.each([0, 1, 2])('of three servers the first lists and calls as without it, less what is hidden (%i)', async (index) => {
    const server = servers[index];
    if (!server) throw new Error('no such server');
    const bare = await connect(server.command);
    const { tools } = await bare.client.listTools();
    const direct = await bare.client.callTool(server.call);
    await bare.client.close();
    const [hidden, denied] = tools.map(({ name }) => name).filter((name) => name !== server.call.name);
    const rules = [ruleOf(server.call.name, 'allow'), ruleOf(hidden ?? '', 'hide'), ruleOf(denied ?? '', 'deny')];
    const { options, state } = await own(policyOf(rules, 'allow'));
    const guarded = await connect(guardCommand(options, server.command));
    expect((await guarded.client.listTools()).tools).toStrictEqual(tools.filter(({ name }) => name !== hidden));
    expect(await guarded.client.callTool(server.call)).toStrictEqual(direct);
    for (const name of [hidden ?? '', denied ?? '']) {
      const result = await guarded.client.callTool({ name, arguments: { secret: 'hunter2' } });
      expect(result.isError).toBe(true);
      expect(textOf(result)).toContain('[ASSAY POLICY DENIED]');
    }
    expect(guarded.errors).toStrictEqual([]);
    await guarded.client.close();
    const log = await readFile(join(state, 'decisions.jsonl'), 'utf8');
    expect(log.trim().split('\n')).toHaveLength(3);
    expect(log).not.toContain('hunter2');
  });

  it('the 31st call in a window of 30 is denied, and stays so after a restart', async () => {
    const [server] = servers;
    const { options } = await own(policyOf([BY_DAY('echo', 30)]));
    const first = await connect(guardCommand(options, server?.command ?? []));
    for (let turn = 1; turn <= 20; turn += 1) expect((await first.client.callTool(server?.call as never)).isError).toBeFalsy();
    await first.client.close();
    const second = await connect(guardCommand(options, server?.command ?? []));
    for (let turn = 21; turn <= 30; turn += 1) expect((await second.client.callTool(server?.call as never)).isError).toBeFalsy();
    expect(textOf(await second.client.callTool(server?.call as never))).toContain('limit of 30 calls per day');
    await second.client.close();
  });

  it.each([
    [true, false],
    [false, true],
    [undefined, true],
  ])('a person who is asked and says %s: denied %s', async (approve, isDenied) => {
    const [server] = servers;
    const { options } = await own(policyOf([ruleOf('echo', 'approve')]));
    const { client } = await connect(guardCommand(options, server?.command ?? []), approve);
    expect((await client.callTool(server?.call as never)).isError ?? false).toBe(isDenied);
    await client.close();
  });
});

describe('counts', () => {
  it('of 10,000 calls at once through four guards on one state: none is lost', async () => {
    const { options } = await own(policyOf([BY_DAY('a', 6_000)]));
    const guards = Array.from({ length: 4 }, () => startGuard(guardCommand(options, ECHO)));
    for (const [index, { child }] of guards.entries()) {
      child.stdin.write(Array.from({ length: 2_500 }, (_, turn) => call(`${index}-${turn}`, 'a')).join(''));
    }
    await expect.poll(() => guards.reduce((sum, { lines }) => sum + lines().length, 0), { timeout: 100_000 }).toBe(10_000);
    for (const { child } of guards) child.stdin.end();
    expect(await Promise.all(guards.map(({ ended }) => ended))).toStrictEqual([0, 0, 0, 0]);
    const answers = guards.flatMap(({ lines }) => lines().map((line) => JSON.parse(line) as { id: string; result: { isError?: boolean } }));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(10_000);
    expect(answers.filter(({ result }) => !result.isError)).toHaveLength(6_000);
  });
});

describe('what goes wrong', () => {
  it('a killed server: open calls are answered, and the guard ends with 3', async () => {
    const { options } = await own(policyOf([], 'allow'));
    const { child, ended, lines, stderr } = startGuard(guardCommand(options, ECHO));
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"silence"}\n{"jsonrpc":"2.0","id":2,"method":"die"}\n');
    expect(await ended).toBe(3);
    expect(lines().map((line) => JSON.parse(line))).toMatchObject(
      [1, 2].map((id) => ({ id, error: { message: expect.stringContaining('SIGKILL') } })),
    );
    expect(stderr()).toContain('the server ended (SIGKILL)');
  });

  it('malformed frames on both sides: the session goes on', async () => {
    const { options } = await own(policyOf([ruleOf('a', 'allow')]));
    const { child, ended, lines, stderr } = startGuard(guardCommand(options, ECHO));
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"b"}}\n{"\n');
    child.stdin.write('{"jsonrpc":"2.0","id":5,"method":"noise"}\n');
    child.stdin.write(call(2, 'a'));
    await expect.poll(() => lines().length, SOON).toBe(3);
    child.stdin.end();
    expect(await ended).toBe(0);
    expect(lines().map((line) => JSON.parse(line))).toMatchObject([
      { id: null, error: { code: -32700 } },
      { id: null, error: { code: -32700 } },
      { id: 2, result: { content: [{ text: 'a' }] } },
      { id: 5, error: { message: expect.stringContaining('the server ended') } },
    ]);
    expect(stderr().match(/is no JSON and was left out/g)).toHaveLength(2);
  });

  it('a policy broken while running stays in force; a good one takes its place', async () => {
    const { file, options } = await own(policyOf([limited('a', 1_000)]));
    const { child, ended, lines, stderr } = startGuard(guardCommand(options, ECHO));
    const ask = async (id: number) => {
      const before = lines().length;
      child.stdin.write(call(id, 'a'));
      await expect.poll(() => lines().length, SOON).toBe(before + 1);
      return lines().at(-1) ?? '';
    };
    expect(await ask(1)).not.toContain('DENIED');
    await writeFile(file, '{"form":"assay-policy/1","default":"allow"');
    await expect.poll(stderr, SOON).toContain('stays in force');
    expect(await ask(2)).not.toContain('DENIED');
    await writeFile(file, JSON.stringify(policyOf([ruleOf('a', 'deny')])));
    await expect.poll(stderr, SOON).toContain('is in force');
    expect(await ask(3)).toContain('DENIED');
    child.stdin.end();
    expect(await ended).toBe(0);
  });

  it.each([
    ['is not there', undefined, 'ENOENT'],
    ['is no policy', '{}', 'This is no policy'],
    [
      'has an open placeholder',
      JSON.stringify({
        ...policyOf([
          ruleOf('a', 'allow', { require: [{ path: ['n'], ifAbsent: 'holds', op: 'at-most', value: { placeholder: 'MAX' } }] }),
        ]),
        placeholders: [{ name: 'MAX', meaning: 'm' }],
      }),
      'MAX is not filled in',
    ],
  ])('a policy that %s starts nothing', async (_, text, problem) => {
    const { file, options } = await own(text ?? '');
    if (text === undefined) await rm(file);
    const { child, ended, stderr } = startGuard(guardCommand(options, ECHO));
    child.stdin.on('error', () => {});
    expect(await ended).toBe(3);
    expect(stderr()).toContain(problem);
  });

  it('a guard that is asked to end takes the server with it', async () => {
    const { options } = await own(policyOf([], 'allow'));
    const { child, ended, lines } = startGuard(guardCommand(options, ECHO));
    child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    await expect.poll(() => lines().length, SOON).toBe(1);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});

describe('a server behind a URL', () => {
  it('lists and calls by the same rules', async () => {
    const http = createServer((request, response) => {
      const server = new McpServer({ name: 'remote', version: '1.0.0' });
      for (const name of ['a', 'b', 'c']) {
        server.registerTool(name, { inputSchema: { x: z.string() } }, ({ x }) => ({ content: [{ type: 'text', text: `${name} ${x}` }] }));
      }
      const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined as never });
      response.on('close', () => void transport.close());
      if (request.headers.authorization !== 'Bearer t') response.writeHead(401).end();
      else void server.connect(transport as never).then(() => transport.handleRequest(request, response));
    });
    await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
    const { port } = http.address() as AddressInfo;
    const { options } = await own(policyOf([ruleOf('a', 'allow'), ruleOf('b', 'deny')]));
    const remote = ['--upstream', `http://127.0.0.1:${port}/mcp`, '--header', 'Authorization: Bearer t'];
    const { client } = await connect(guardCommand([...options, ...remote], []));
    expect((await client.listTools()).tools.map(({ name }) => name)).toStrictEqual(['a', 'b']);
    expect(textOf(await client.callTool({ name: 'a', arguments: { x: '1' } }))).toContain('a 1');
    expect(textOf(await client.callTool({ name: 'b', arguments: { x: '1' } }))).toContain('DENIED');
    await client.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
});
