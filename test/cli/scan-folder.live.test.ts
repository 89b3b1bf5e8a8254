import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScanDocument } from '../../src/model/scan.ts';
import { assay } from './assay.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/static/python-server');
const env = { ASSAY_CACHE: join(import.meta.dirname, '../../node_modules/.cache/assay-test') };

describe('scan of a folder', () => {
  let empty = '';
  beforeAll(async () => {
    empty = await mkdtemp(join(tmpdir(), 'assay-folder-'));
    await writeFile(
      join(empty, 'broken.py'),
      'from fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef only_in_source(): pass\nraise SystemExit(1)\n',
    );
    await mkdir(join(empty, 'nothing'));
    await writeFile(join(empty, 'exits.js'), 'process.exit(1);\n');
  });
  afterAll(() => rm(empty, { recursive: true }));

  it('reads its tools and starts nothing', async () => {
    const ran = await assay(['scan', '--json', FOLDER], { cwd: tmpdir(), env });
    expect(ran.code, ran.stderr).toBe(0);
    const { server, enumeration, tools } = ScanDocument.parse(JSON.parse(ran.stdout));
    expect(server).toMatchObject({ name: 'python-server', target: FOLDER, grade: expect.any(String) });
    expect(enumeration).toMatchObject({ status: 'not-started', attempts: [], reading: { provenance: 'source' } });
    expect(tools).toHaveLength(10);
    expect(new Set(tools.map(({ provenance }) => provenance))).toStrictEqual(new Set(['source']));
    const remove = tools.find(({ definition }) => definition.name === 'remove_file');
    expect(remove?.classification).toMatchObject({ access: 'Admin', category: 'Destructive' });
  });

  it('says to people where they come from', async () => {
    const ran = await assay(['scan', './python-server'], { cwd: dirname(FOLDER), env });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout.split('\n')[0]).toMatch(/^\/.*python-server: 10 tools · read from source, not run · [\d.]+ s$/);
  });

  it.each([
    ['explain', /remove_file/],
    ['policy', /"remove_file"|"default": "deny"/],
  ])('is enough for %s', async (command, expected) => {
    const ran = await assay([command, './python-server'], { cwd: dirname(FOLDER), env });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toMatch(expected);
  });

  it('a command line is read instead of started, where that is wanted', async () => {
    const ran = await assay(['scan', '--static', '--json', '--', 'node', 'exits.js'], { cwd: empty, env });
    expect(ran.code, ran.stderr).toBe(0);
    const { enumeration, tools } = ScanDocument.parse(JSON.parse(ran.stdout));
    expect(enumeration).toMatchObject({ status: 'not-started', attempts: [] });
    expect(tools.map(({ definition }) => definition.name)).toStrictEqual(['only_in_source']);
  });

  it('what could not be listed is read, and still fails', async () => {
    const ran = await assay(['scan', '--json', '--', 'node', 'exits.js'], { cwd: empty, env });
    expect(ran.code).toBe(3);
    const { enumeration, tools } = ScanDocument.parse(JSON.parse(ran.stdout));
    expect(enumeration.status).not.toBe('not-started');
    expect(tools).toMatchObject([{ provenance: 'source', definition: { name: 'only_in_source' } }]);
  });

  it.each([
    ['nothing in it', './nothing', 3, 'no tools were found'],
    ['nothing there', './nowhere', 2, 'is not a folder'],
  ])('%s', async (_, target, code, message) => {
    const ran = await assay(['scan', target], { cwd: empty, env });
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(message);
  });
});
