import { readFileSync } from 'node:fs';

const FIXTURE = new URL('../../fixtures/crawlers/github/repositories.json', import.meta.url);

/** A repository as the double holds it. Times are in seconds. */
export interface DoubleRepository {
  readonly id: number;
  readonly fullName: string;
  readonly formerNames?: readonly string[];
  readonly description: string | null;
  readonly topics: readonly string[];
  readonly createdAt: number;
  readonly pushedAt: number;
  readonly stars: number;
  readonly language: string | null;
  /** SPDX id. */
  readonly license: string | null;
  readonly archived?: boolean;
  /** A fork: of which repository, where that one is visible. */
  readonly fork?: { readonly parent?: string };
  /** The status that every request for it gets. */
  readonly gone?: 404 | 451;
  /** By path. */
  readonly files: Readonly<Record<string, string>>;
}

/** A repository with a name and what matters to a test. */
export function repository(id: number, fullName: string, rest: Partial<DoubleRepository> = {}): DoubleRepository {
  const at = Date.parse('2026-01-01T00:00:00Z') / 1_000;
  return {
    id,
    fullName,
    description: null,
    topics: [],
    createdAt: at,
    pushedAt: at,
    stars: 0,
    language: null,
    license: null,
    files: {},
    ...rest,
  };
}

type Composed = Omit<DoubleRepository, 'files' | 'createdAt' | 'pushedAt' | 'description'> & { createdAt: string; pushedAt: string };

/** The composed 250, with files made up for each. */
export function composedRepositories(): DoubleRepository[] {
  const rows: Composed[] = JSON.parse(readFileSync(FIXTURE, 'utf8'));
  return rows.map((row, n) => {
    const kind = kindOf(row.fullName, n);
    const createdAt = Date.parse(row.createdAt) / 1_000;
    const facts = { ...row, license: row.license?.toUpperCase() ?? null, createdAt, pushedAt: Date.parse(row.pushedAt) / 1_000 };
    return { ...facts, description: null, files: FILES[kind](row.fullName, row.id) };
  });
}

/** When the protocol was announced. */
const START = Date.parse('2024-11-25T00:00:00Z') / 1_000;
const END = Date.parse('2026-11-15T00:00:00Z') / 1_000;
/** Launches that everybody copies in a day: share of all repositories. */
const BURSTS: readonly (readonly [string, number])[] = [
  ['2025-03-27', 0.02],
  ['2025-05-22', 0.03],
  ['2026-02-10', 0.04],
];
const TOPIC_SETS: readonly (readonly [number, readonly string[]])[] = [
  [0.34, ['mcp', 'mcp-server']],
  [0.2, ['mcp-server', 'model-context-protocol']],
  [0.1, ['mcp', 'ai']],
  [0.08, ['model-context-protocol', 'llm']],
  [0.05, ['mcp-servers']],
  [0.04, ['modelcontextprotocol']],
  [0.02, ['fastmcp', 'python']],
  [0.13, []],
  [0.04, ['ai']],
];

/**
 * Grows the composed repositories to `count`, the same every time: creation dates grow exponentially with a few days of everybody at once and a tail
 * from before the protocol, two thirds have no star, and topics overlap as they do.
 */
export function grownRepositories(count: number, seed = 1): DoubleRepository[] {
  const random = randomFrom(seed);
  const repositories = composedRepositories();
  const names = repositories.map(({ fullName }) => fullName.split('/'));
  for (let n = repositories.length; n < count; n++) {
    const [owner = ''] = names[Math.floor(random() * names.length)] ?? [];
    const [, product = ''] = names[Math.floor(random() * names.length)] ?? [];
    const id = 700_000_000 + n * 9_973;
    const fullName = `${owner}-${n % 97}/${product}-${n}`;
    const topics = topicsAt(random());
    const createdAt = createdSecond(random);
    repositories.push({
      id,
      fullName,
      // What no topic finds, the words find.
      description: topics.some((topic) => /mcp|model/.test(topic)) ? `Tools for ${product}` : `An MCP server for ${product}`,
      topics,
      createdAt,
      pushedAt: Math.min(END, createdAt + Math.floor(random() ** 3 * 20_000_000)),
      stars: random() < 0.66 ? 0 : Math.floor(random() ** 6 * 3_000) + 1,
      language: random() < 0.5 ? 'TypeScript' : 'Python',
      license: random() < 0.6 ? 'MIT' : null,
      files: FILES[kindOf(fullName, n)](fullName, id),
    });
  }
  return repositories;
}

function createdSecond(random: () => number): number {
  const kind = random();
  if (kind < 0.005) return Math.floor(START - random() * 10 * 365 * 86_400);
  let share = 0.005;
  for (const [day, part] of BURSTS) {
    share += part;
    if (kind < share) return Date.parse(`${day}T08:00:00Z`) / 1_000 + Math.floor(random() * 36_000);
  }
  // Doubles every eight months or so, and sleeps at weekends.
  const at = Math.log(1 + random() * (Math.exp(2) - 1)) / 2;
  const second = Math.floor(START + at * (END - START));
  const weekday = new Date(second * 1_000).getUTCDay();
  return weekday === 0 || weekday === 6 ? second - (random() < 0.5 ? 2 * 86_400 : 0) : second;
}

function topicsAt(share: number): readonly string[] {
  let sum = 0;
  for (const [part, topics] of TOPIC_SETS) {
    sum += part;
    if (share < sum) return topics;
  }
  return [];
}

type Kind = 'registry' | 'node' | 'python' | 'smithery' | 'readme' | 'go' | 'nothing' | 'monorepo';

const KINDS: readonly Kind[] = [
  'registry',
  'registry',
  'node',
  'node',
  'node',
  'python',
  'python',
  'python',
  'smithery',
  'readme',
  'go',
  'nothing',
];

function kindOf(fullName: string, n: number): Kind {
  if (/awesome|client|sdk|gateway|registry|hub|proxy|inspector|directory/i.test(fullName)) return 'nothing';
  return n % 60 === 7 ? 'monorepo' : (KINDS[n % KINDS.length] ?? 'nothing');
}

type FilesOf = (fullName: string, id: number) => Readonly<Record<string, string>>;

const FILES: Readonly<Record<Kind, FilesOf>> = {
  registry: (fullName, id) => ({
    'server.json': padded(id, {
      $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
      name: `io.github.${fullName}`,
      version: '1.0.0',
      repository: { url: `https://github.com/${fullName}`, source: 'github', id: String(id) },
      packages: [{ registryType: 'npm', identifier: packageName(fullName), version: '1.0.0', transport: { type: 'stdio' } }],
    }),
    'package.json': json({ name: packageName(fullName), version: '1.0.0', mcpName: `io.github.${fullName}`, bin: 'index.js' }),
    'README.md': `# ${fullName}\n`,
  }),
  node: (fullName) => ({
    'package.json': json({
      name: packageName(fullName),
      version: '0.3.1',
      bin: { server: 'dist/index.js' },
      dependencies: { '@modelcontextprotocol/sdk': '^1.20.0' },
    }),
    'README.md': `# ${fullName}\n\n\`\`\`json\n${shown('npx', ['-y', packageName(fullName)])}\n\`\`\`\n`,
  }),
  python: (fullName, id) => ({
    'pyproject.toml': `[project]\nname = "${packageName(fullName)}"\nversion = "0.2.0"\ndependencies = ["mcp[cli]>=1.2"]\n\n[project.scripts]\nserve = "server:main"\n`,
    [id % 10 === 0 ? 'readme.rst' : 'README.md']: `${fullName}\n`,
  }),
  smithery: (fullName) => ({
    'smithery.yaml': 'startCommand:\n  type: stdio\n  configSchema:\n    type: object\n',
    'README.md': `# ${fullName}\n`,
  }),
  readme: (fullName) => ({ 'README.md': `# ${fullName}\n\n\`\`\`json\n${shown('uvx', [packageName(fullName)])}\n\`\`\`\n` }),
  go: (fullName) => ({
    'go.mod': `module github.com/${fullName}\n\nrequire github.com/mark3labs/mcp-go v0.30.0\n`,
    Dockerfile: 'FROM golang:1.24\nENTRYPOINT ["/server"]\n',
  }),
  nothing: (fullName) => ({ 'README.md': `# ${fullName}\n\nNotes and links.\n` }),
  monorepo: (fullName) => ({
    'package.json': json({ name: 'root', private: true, workspaces: ['packages/*'] }),
    'README.md': `# ${fullName}\n`,
    'packages/one/package.json': json({ name: `${packageName(fullName)}-one`, mcpName: `io.github.${fullName}-one`, bin: 'one.js' }),
    'packages/two/package.json': json({ name: `${packageName(fullName)}-two`, mcpName: `io.github.${fullName}-two`, bin: 'two.js' }),
    'packages/common/package.json': json({ name: `${packageName(fullName)}-common`, version: '1.0.0' }),
  }),
};

/** Deciles of the size of 2,861 published server.json files (official registry, March 2026). */
const SIZES = [227, 467, 526, 554, 582, 661, 768, 835, 993, 1_344, 4_000];

/** As large as real ones are: code search is cut up by size. */
function padded(id: number, manifest: Readonly<Record<string, unknown>>): string {
  const place = (Math.imul(id, 2_654_435_761) >>> 0) / 2 ** 32;
  const decile = Math.floor(place * 10);
  const [from = 0, to = 0] = SIZES.slice(decile, decile + 2);
  const size = Math.round(from + (place * 10 - decile) * (to - from));
  const text = json(manifest);
  return text.length < size ? json({ ...manifest, description: 'x'.repeat(Math.max(0, size - text.length - 21)) }) : text;
}

/** Ids of the servers in repositories that were made here: every kind is one at its root, but for the one with nothing and the monorepo. */
export function serverIds(repositories: readonly DoubleRepository[]): string[] {
  const ids = repositories.flatMap(({ id, files }) => {
    if ('packages/one/package.json' in files) return [`${id}#packages/one`, `${id}#packages/two`];
    return Object.keys(files).length > 1 || files['README.md']?.includes('mcpServers') ? [String(id)] : [];
  });
  return ids.sort();
}

function packageName(fullName: string): string {
  return fullName.toLowerCase().replace('/', '-');
}

function shown(command: string, args: readonly string[]): string {
  return json({ mcpServers: { example: { command, args, env: { EXAMPLE_API_KEY: 'your key' } } } });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** mulberry32: https://github.com/bryc/code/blob/master/jshash/PRNGs.md */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
