import { describe, expect, it } from 'vitest';
import { readReadme } from '../../../src/connect/static/readme.ts';

function namesIn(text: string): string[] {
  return readReadme([{ path: 'README.md', text }]).map(({ definition }) => definition.name);
}

describe('a README', () => {
  it.each<[string, string, string[]]>([
    [
      'a table',
      '# X\n## Tools\n\n| Tool | Description |\n|---|---|\n| `get_user` | Gets |\n| list_users | Lists |\n',
      ['get_user', 'list_users'],
    ],
    ['a list with backticks', '## Available tools\n\n- `search` - Finds things\n- `get_user`: Gets one\n', ['search', 'get_user']],
    ['a bold list', '## 🛠️ Tools\n- **get_user**: Gets\n- **getThing** — Gets\n', ['get_user', 'getThing']],
    ['bold backticks', '## MCP Tools\n* **`get_user`** - Gets\n', ['get_user']],
    ['a numbered list', '## Tools\n1. `get_user` (read-only): Gets\n', ['get_user']],
    ['a call', '## Tools\n- `get_user(id)` - Gets\n', ['get_user']],
    ['headings', '## Tools\n### `get_user`\nGets.\n- `id` (string): whose\n### list-users\nLists.\n', ['get_user', 'list-users']],
    ['groups', '## Tools\n### Users\n- `get_user` - Gets\n### Orders\n- `get_order` - Gets\n', ['get_user', 'get_order']],
    ['each once', '## Tools\n- `get_user` - Gets\n\n## More tools\n- `get_user` - Gets\n', ['get_user']],
  ])('%s', (_, text, names) => {
    expect(namesIn(text)).toStrictEqual(names);
  });

  it('keeps what is said of a tool, and where', () => {
    const [tool] = readReadme([{ path: 'README.md', text: '## Tools\n\n- `get_user` - Gets one user\n' }]);
    expect(tool).toStrictEqual({ definition: { name: 'get_user', description: 'Gets one user' }, file: 'README.md', line: 3 });
  });

  it.each<[string, string]>([
    [
      'tools under a condition',
      '## Tools\n### Cloud\n- `get_user` - Gets\n- `get_order` - Gets\n\nNOTE: only available when a key is set.\n### Other\n- `get_thing` - Gets, only enabled with `--things`\n',
    ],
    ['a list elsewhere', '## Features\n- `get_user` - Gets\n'],
    ['parameters of a tool', '## Tools\nOne tool.\n  - `id`: whose\n'],
    ['a table of parameters', '## Tools\n| Parameter | Type |\n|---|---|\n| `user_id` | string |\n'],
    ['variables', '## Tools\n- `API_KEY` - Key\n'],
    ['flags', '## Tools\n- `--read-only` - No writes\n'],
    ['files', '## Tools\n- `config.json` - Settings\n'],
    ['placeholders', '## Tools\n- `your_tool_name` - Does it\n- `tool_name` - Does it\n- `<name>` - x\n'],
    ['tools to build with', '## Development tools\n- `type-check` - Checks types\n'],
    ['prompts below tools', '## Tools\n### Prompts\n- `summarize_user` - Prompt\n'],
    ['resources after tools', '## Tools\n\n## Resources\n- `user_list` - Resource\n'],
    ['an example', '## Tools\n```\n- `get_user` - Gets\n```\n'],
    ['sentences', '## Tools\n- Gets users fast\n- **Fast**: yes\n- Search: finds\n'],
    ['values', '## Tools\n- `true` - on\n- `string` - text\n'],
  ])('%s are no tools', (_, text) => {
    expect(namesIn(text)).toStrictEqual([]);
  });

  it.each([
    ['stars', '*'.repeat(200_000)],
    ['backticks', '`'.repeat(200_000)],
    ['bars', `|${'|'.repeat(3_000)}\n`.repeat(100)],
    ['brackets', `- \`a_b\` ${'('.repeat(3_000)}\n`.repeat(100)],
    ['headings', `${'#'.repeat(6)} ${'a '.repeat(90)}\n`.repeat(2_000)],
  ])('of %s is read like any other', (_, text) => {
    expect(namesIn(`## Tools\n${text}\n## Tools\n- \`get_user\` - Gets\n`)).toContain('get_user');
  });
});
