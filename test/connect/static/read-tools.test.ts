import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTools } from '../../../src/connect/static/read-tools.ts';
import { readSources } from '../../../src/connect/static/source-files.ts';

const PYTHON_SERVER = join(import.meta.dirname, '../../fixtures/static/python-server');
const SERVER = 'from fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef NAME(q: str):\n    """Does it."""\n';
const MCP = { dependencies: { '@modelcontextprotocol/sdk': '1' } };
const PYPROJECT = '[project]\nname = "NAME"\ndependencies = ["mcp"]\n';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-static-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

async function pathsOf(files: Readonly<Record<string, unknown>>): Promise<string[]> {
  await write(files);
  return (await readSources(folder)).files.map(({ path }) => path).sort();
}

describe('the files that are read', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    [
      'no tests, examples, docs and others',
      {
        'a.py': '',
        'test_a.py': '',
        'tests/b.py': '',
        'examples/c.py': '',
        'docs/d.py': '',
        'node_modules/e/f.js': '',
        '.venv/g.py': '',
        'a.test.js': '',
      },
      ['a.py'],
    ],
    ['text alone', { 'a.js': 'x', 'a.d.ts': 'x', 'a.js.map': 'x', 'b.png': 'x', 'c.py': 'a\0b', 'package-lock.json': '{}' }, ['a.js']],
    [
      'what is built, not what from',
      { 'package.json': { bin: './dist/a.js', ...MCP }, 'dist/a.js': '', 'src/a.ts': '' },
      ['dist/a.js', 'package.json'],
    ],
    [
      'the source, where nothing is built',
      { 'package.json': { bin: './dist/a.js', ...MCP }, 'src/a.ts': '' },
      ['package.json', 'src/a.ts'],
    ],
    [
      'a manifest that was built along',
      {
        'package.json': { name: 'x', bin: './dist/a.js', ...MCP },
        'dist/a.js': '',
        'dist/package.json': { name: 'x', bin: './a.js', ...MCP },
      },
      ['dist/a.js', 'dist/package.json', 'package.json'],
    ],
    [
      'the servers of a repository',
      {
        'package.json': { workspaces: ['*'] },
        'web/package.json': { dependencies: {} },
        'web/a.js': '',
        's/package.json': { bin: 'a.js', ...MCP },
        's/a.js': '',
        'p/pyproject.toml': PYPROJECT,
        'p/a.py': '',
      },
      ['p/a.py', 'p/pyproject.toml', 's/a.js', 's/package.json'],
    ],
    [
      'the root, where it is the server',
      { 'pyproject.toml': PYPROJECT, 'a.py': '', 'other/pyproject.toml': PYPROJECT.replace('NAME', 'other'), 'other/b.py': '' },
      ['a.py', 'pyproject.toml'],
    ],
    ['all, where no package says anything', { 'a/b.py': '', 'c.js': '' }, ['a/b.py', 'c.js']],
  ])('%s', async (_, files, paths) => {
    expect(await pathsOf(files)).toStrictEqual(paths);
  });

  it('no links, and nothing of a folder that is not there', async () => {
    await write({ 'real/a.py': '' });
    await symlink('/etc', join(folder, 'etc'));
    await symlink(join(folder, 'real/a.py'), join(folder, 'b.py'));
    expect((await readSources(folder)).files.map(({ path }) => path)).toStrictEqual(['real/a.py']);
    expect(await readSources(join(folder, 'none'))).toStrictEqual({ files: [], faults: [] });
  });

  it('not more than can be read', async () => {
    await write({ 'a.py': 'x', 'big.py': 'x'.repeat(9 * 2 ** 20) });
    const { files, faults } = await readSources(folder);
    expect(files.map(({ path }) => path)).toStrictEqual(['a.py']);
    expect(faults).toMatchObject([{ code: 'source-too-big' }]);
  });
});

describe('readTools', () => {
  it('reads a Python server with decorators and a low-level list', async () => {
    const reading = await readTools(PYTHON_SERVER);
    expect(reading).toMatchObject({ provenance: 'source', files: ['agent_tools/files.py', 'agent_tools/server.py'], faults: [] });
    expect(reading?.tools.map(({ name }) => name).sort()).toStrictEqual([
      'desk_call_model',
      'desk_compare_models',
      'desk_delete_key',
      'desk_health',
      'desk_list_routes',
      'desk_spend',
      'remove_file',
      'search_batches',
      'search_files',
      'upload_file',
    ]);
    const compare = reading?.tools.find(({ name }) => name === 'desk_compare_models');
    expect(compare).toMatchObject({
      description: 'Asks several models the same and shows their answers side by side.',
      inputSchema: { required: ['models', 'messages'], properties: { temperature: { type: 'number', maximum: 2, default: 0.2 } } },
    });
  });

  it('reads a README only when there is nothing else', async () => {
    await write({ 'README.md': '## Tools\n- `readme_tool` - Does it\n' });
    expect(await readTools(folder)).toMatchObject({ provenance: 'readme', tools: [{ name: 'readme_tool' }], files: ['README.md'] });
    await write({ 'server.py': SERVER.replace('NAME', 'a_tool') });
    expect(await readTools(folder)).toMatchObject({ provenance: 'source', tools: [{ name: 'a_tool' }] });
  });

  it('takes of two definitions the one of which more is known', async () => {
    await write({
      'server.py': SERVER.replace('NAME', 'a_tool'),
      'tools.json': [
        { name: 'a_tool', inputSchema: {} },
        { name: 'b_tool', inputSchema: {} },
      ],
    });
    const reading = await readTools(folder);
    expect(reading?.tools.map(({ name, description }) => [name, description])).toStrictEqual([
      ['a_tool', 'Does it.'],
      ['b_tool', undefined],
    ]);
  });

  it('a package that is itself the folder is imported by its name', async () => {
    const own = join(folder, 'pkg');
    await write({
      'pkg/__init__.py': '',
      'pkg/names.py': 'N = "a_tool"',
      'pkg/server.py': `from pkg.names import N\n${SERVER.replace('tool()', 'tool(name=N)')}`,
    });
    expect((await readTools(own))?.tools.map(({ name }) => name)).toStrictEqual(['a_tool']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['an empty folder', {}],
    ['other programs', { 'a.py': 'print("tool")', 'package.json': { name: 'x' }, 'b.js': 'console.log("tool")' }],
  ])('nothing of %s', async (_, files) => {
    await write(files);
    expect(await readTools(folder)).toBeUndefined();
  });
});
