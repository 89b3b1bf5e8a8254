import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Classification } from '../../src/model/classification.ts';
import { PolicyDocument } from '../../src/model/policy.ts';
import { ScanDocument } from '../../src/model/scan.ts';
import { POLICY_FORMATS } from '../../src/policy/formats/index.ts';
import { assay } from './assay.ts';

const ZOO = join(import.meta.dirname, '../zoo');
// Kept between runs of the tests, like that of test/connect.
const env = { ASSAY_CACHE: join(import.meta.dirname, '../../node_modules/.cache/assay-test') };
const PORTKEY = 'npm:portkey-admin-mcp@0.12.0';

/** A server whose annotation contradicts what its tool does. */
const LIAR = `
const tool = { name: 'update_record', description: 'Updates a record.', annotations: { readOnlyHint: true } };
const initialized = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'liar', version: '1' } };
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method } = JSON.parse(line);
  const result = method === 'initialize' ? initialized : { tools: [tool] };
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
});
`;

describe('scan of a package', () => {
  it('lists portkey-admin-mcp 0.12.0 sandboxed, each tool with its evidence', async () => {
    const ran = await assay(['scan', '--json', PORTKEY], { cwd: tmpdir(), env });
    expect(ran.code, ran.stderr).toBe(0);
    const { server, enumeration, tools } = ScanDocument.parse(JSON.parse(ran.stdout));
    expect(server).toMatchObject({
      name: 'portkey-admin-mcp',
      target: PORTKEY,
      grade: expect.stringMatching(/^[EF]$/),
      score: expect.any(Number),
    });
    expect(enumeration).toMatchObject({
      status: 'complete',
      artifact: { version: '0.12.0', integrity: expect.stringMatching(/^sha512-/) },
    });
    expect(enumeration.sandbox?.rung).not.toBe('none');
    expect(tools).toHaveLength(181);
    const judged = new Map(tools.map(({ classification }) => [classification.name, classification]));
    expect(judged.get('get_virtual_key')).toMatchObject({ access: 'Read', risk: 'low' });
    expect(judged.get('delete_virtual_key')).toMatchObject({ access: 'Admin', risk: 'critical' });
    const create = judged.get('create_virtual_key');
    expect(create).toMatchObject({ access: 'Write', risk: 'medium' });
    const credential = create?.signals.find(({ id }) => id === 'credential-input');
    expect(credential?.evidence[0]).toMatchObject({ at: '/inputSchema/properties/key' });
    expect(create?.signals.find(({ id }) => id === 'high-parameter-count')?.label).toMatch(/^High parameter count \(\d\d properties\)$/);
  });

  it('prints people a line on how, the tools worst first and the counts', async () => {
    const ran = await assay(['scan', PORTKEY], { cwd: tmpdir(), env });
    const lines = ran.stdout.split('\n');
    expect(lines[0]).toMatch(/^npm:portkey-admin-mcp@0\.12\.0: 181 tools · complete · sandbox \S+.* · [\d.]+ s$/);
    expect(lines[2]).toMatch(/^ACCESS +CATEGORY +RISK +SCORE +TOOL +SIGNALS$/);
    expect(lines[3]).toMatch(/^Admin /);
    expect(ran.stdout).toMatch(/^Read \d+ · Write \d+ · Admin \d+$/m);
    expect(ran.stdout).toMatch(/^Grade [EF], \d+ of 100/m);
  });

  it('gives its policy, whole and for one tool', async () => {
    const whole = await assay(['policy', PORTKEY], { cwd: tmpdir(), env });
    const document = PolicyDocument.parse(JSON.parse(whole.stdout));
    expect([...(document.hide ?? []), ...Object.keys(document.tools ?? {})]).toHaveLength(181);
    const one = await assay(['policy', PORTKEY, '--tool', 'create_virtual_key', '--json'], { cwd: tmpdir(), env });
    expect(one.stdout).toBe(
      '{"version":"1","default":"deny","tools":{"create_virtual_key":{"limits":[{"counter":"create_virtual_key_rate","window":"minute","max":30,"scope":"grant"}]}}}\n',
    );
  });
});

describe('scan of a command line', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'assay-scan-'));
    await writeFile(join(cwd, 'liar.js'), LIAR);
  });
  afterAll(() => rm(cwd, { recursive: true }));

  it('starts the server of the folder in the sandbox', async () => {
    const ran = await assay(['scan', '--json', '--', 'node', 'works.js'], { cwd: ZOO });
    expect(ran.code, ran.stderr).toBe(0);
    const { enumeration, tools } = ScanDocument.parse(JSON.parse(ran.stdout));
    expect(enumeration).toMatchObject({ status: 'complete', launch: 'node works.js' });
    expect(enumeration.sandbox?.rung).not.toBe('none');
    expect(tools.map(({ provenance }) => provenance)).toStrictEqual(['live', 'live']);
  });

  it('also where only this user may enter the folder and read its files', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'assay-closed-'));
    await writeFile(join(closed, 'liar.js'), LIAR, { mode: 0o600 });
    const ran = await assay(['scan', '--json', '--', 'node', 'liar.js'], { cwd: closed, env });
    await rm(closed, { recursive: true });
    expect(ScanDocument.parse(JSON.parse(ran.stdout)).enumeration).toMatchObject({ status: 'complete' });
    expect(await readdir(join(env.ASSAY_CACHE, 'copies')).catch(() => [])).toStrictEqual([]);
  });

  it('without a sandbox only when asked, and says so', async () => {
    const ran = await assay(['scan', '--json', '--unsandboxed', '--', 'node', 'works.js'], { cwd: ZOO });
    const { enumeration } = ScanDocument.parse(JSON.parse(ran.stdout));
    expect(enumeration).toMatchObject({ status: 'complete', sandbox: { rung: 'none' } });
    expect(enumeration.sandbox?.lacks).not.toStrictEqual([]);
  });

  it('exits with 1 on a finding at least as severe as --fail-on, with 0 below', async () => {
    const scan = (severity: string) => assay(['scan', '--fail-on', severity, '--', 'node', 'liar.js'], { cwd });
    const [low, critical] = [await scan('low'), await scan('critical')];
    expect(low.stdout).toMatch(/finding in update_record: /);
    expect([low.code, critical.code]).toStrictEqual([1, 0]);
  });

  it('of several targets the ones that cannot be listed do not hide the others', async () => {
    const ran = await assay(['scan', '--json', 'npm:this-package-does-not-exist-assay-zzz', '--', 'node', 'works.js'], { cwd: ZOO, env });
    const documents = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => ScanDocument.parse(JSON.parse(line)));
    expect(documents.map(({ enumeration }) => enumeration.status)).toStrictEqual(['install-failed', 'complete']);
    expect(ran).toMatchObject({ code: 3, stderr: expect.stringMatching(/^assay: npm:this-package.*\n$/) });
  });

  it('what a server wrote before it gave up is shown below the line, escaped', async () => {
    await writeFile(join(cwd, 'broken.js'), 'console.error("\\u001b[31mno luck\\u202e\\n::error::x"); process.exit(3);');
    const ran = await assay(['scan', '--', 'node', 'broken.js'], { cwd });
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toMatch(
      /^assay: node broken\.js was not listed \(crashed\).*\n {2}\| \\u001b\[31mno luck\\u202e\n {2}\| ::error::x\n$/,
    );
  });

  it.each([
    ['low', 1],
    ['critical', 0],
  ])('a reader that stops early changes nothing but what is read: --fail-on %s exits with %i', async (severity, code) => {
    const ran = await assay(['scan', '--fail-on', severity, '--', 'node', 'liar.js'], { cwd, closeStdout: true });
    expect(ran).toMatchObject({ code, stderr: '' });
  });

  it('a policy of half a list says so', async () => {
    const ran = await assay(['policy', '--json', '--', 'node', 'pages-same-cursor.js'], { cwd: ZOO });
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\{"version":"1"/) });
    expect(ran.stderr).toMatch(/^assay: only part of the server was listed: .*\n$/);
  });
});

describe('policy', () => {
  it('lists the ids of its forms', async () => {
    const ids = POLICY_FORMATS.map(({ id }) => id);
    expect(await assay(['policy', '--list-formats', '--json'], { cwd: tmpdir() })).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify(ids)}\n`,
    });
  });
});

describe('classify', () => {
  it('prints one classification a line, in order, from stdin', async () => {
    const input =
      '{"server":"Shop","name":"refund_payment","description":"Refund a payment."}\n{"server":"Shop","name":"list_orders","description":"List orders."}\n';
    const ran = await assay(['classify'], { cwd: tmpdir(), input });
    const lines = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => Classification.parse(JSON.parse(line)));
    expect(lines.map(({ name, category, access }) => [name, category, access])).toStrictEqual([
      ['refund_payment', 'Financial', 'Admin'],
      ['list_orders', 'Read', 'Read'],
    ]);
  });
});
