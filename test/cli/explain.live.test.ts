import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Explanation } from '../../src/model/explanation.ts';
import { assay } from './assay.ts';

const ZOO = join(import.meta.dirname, '../zoo');
const TOOLS = [
  { name: 'list_users', description: 'Lists users.' },
  { name: 'delete_user', description: 'Deletes a user.', annotations: { readOnlyHint: true } },
];

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'assay-explain-'));
  await writeFile(join(cwd, 'tools.json'), JSON.stringify({ tools: TOOLS }, null, 2));
});
afterAll(() => rm(cwd, { recursive: true }));

describe('explain', () => {
  it('says of a file of tools what grade they make and why', async () => {
    const ran = await assay(['explain', 'tools.json', '--server', 'Users'], { cwd });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toMatch(/^Users \(tools\.json\): grade E, \d+ of 100$/m);
    expect(ran.stdout).toMatch(/^delete_user +Destructive +\d+ /m);
  });

  it('says of a tool what it is and why', async () => {
    const ran = await assay(['explain', 'tools.json', 'delete_user'], { cwd });
    expect(ran.stdout).toMatch(/^delete_user, a tool of tools\.json$/m);
    expect(ran.stdout).toContain('readOnlyHint: true, which the definition contradicts');
  });

  it.each([[[]], [['delete_user']]])('prints one JSON object, of all tools or of one: %j', async (tool) => {
    const ran = await assay(['explain', '-', ...tool, '--json'], { cwd, input: JSON.stringify(TOOLS) });
    const { server, tools } = Explanation.parse(JSON.parse(ran.stdout));
    expect(server).toMatchObject({ target: '-', grade: 'E' });
    expect(tools.map(({ classification }) => classification.name)).toEqual(['delete_user', 'list_users'].slice(0, tool.length || 2));
  });

  it('applies the corrections of the server that the tools are said to be of', async () => {
    const fetch = {
      name: 'git_fetch',
      description: 'Fetch updates from a remote repository. Downloads objects and refs without merging them.',
    };
    const args = ['explain', '-', 'git_fetch', '--server', 'npm:@cyanheads/git-mcp-server'];
    const ran = await assay(args, { cwd, input: JSON.stringify([fetch]) });
    expect(ran.stdout).toMatch(/^Corrected by people$/m);
    expect(ran.stdout).toMatch(/The definition has changed since then/);
  });

  it('lists a server of the folder, with a tool before the command line or without', async () => {
    const server = await assay(['explain', '--', 'node', 'works.js'], { cwd: ZOO });
    expect(server.code, server.stderr).toBe(0);
    expect(server.stdout).toMatch(/^first +Write +\d+ /m);
    const tool = await assay(['explain', 'first', '--', 'node', 'works.js'], { cwd: ZOO });
    expect(tool.stdout).toMatch(/^first, a tool of zoo$/m);
  });
});
