import { isRegistryName, type Manifests } from './manifests.ts';
import { mcpNameIn } from './readme.ts';

/** What a folder is judged by. */
export interface Candidate {
  /** Of the repository, or of the folder in it. */
  readonly name: string;
  readonly description: string;
  readonly topics: readonly string[];
  readonly manifests: Manifests;
  /** Its README shows how to start a package or to reach a URL that is its own. */
  readonly showsItself: boolean;
}

type Weight = 'certain' | 'strong' | 'medium';

interface Sign {
  readonly finds: string;
  readonly weight: Weight;
  readonly isIn: (candidate: Candidate) => boolean;
}

const NODE_SDKS = new Set([
  '@modelcontextprotocol/sdk',
  '@modelcontextprotocol/server',
  '@modelcontextprotocol/ext-apps',
  'fastmcp',
  'mcp-framework',
  'mcp-handler',
  'xmcp',
]);
const PYTHON_SDKS = new Set(['mcp', 'fastmcp']);
const BUILD_SDKS =
  /github\.com\/(modelcontextprotocol\/go-sdk|mark3labs\/mcp-go)\b|^\s{0,8}rmcp\s{0,8}=|\bio\.modelcontextprotocol\.sdk\b/m;

/** What marks an MCP server. A client or a gateway can have every `strong` sign, so its name is looked at, too. */
const SIGNS: readonly Sign[] = [
  { finds: 'a server.json', weight: 'certain', isIn: ({ manifests }) => manifests.serverJson !== undefined },
  { finds: 'mcpName in package.json', weight: 'certain', isIn: ({ manifests }) => isRegistryName(manifests.packageJson?.mcpName) },
  { finds: 'the image label of a server', weight: 'certain', isIn: ({ manifests }) => manifests.imageName !== undefined },
  { finds: 'an MCPB manifest', weight: 'certain', isIn: ({ manifests }) => manifests.isMcpb },
  // Not certain: a guide to publishing has one, too.
  { finds: 'mcp-name in the README', weight: 'strong', isIn: ({ manifests }) => mcpNameIn(manifests.readme) !== undefined },
  { finds: 'a smithery.yaml', weight: 'strong', isIn: ({ manifests }) => manifests.isSmithery },
  { finds: 'a glama.json', weight: 'strong', isIn: ({ manifests }) => manifests.isGlama },
  { finds: 'a Node SDK and something to start', weight: 'strong', isIn: isNodeServer },
  { finds: 'a Python SDK and a script', weight: 'strong', isIn: isPythonServer },
  { finds: 'an SDK for Go, Rust or Java in what calls itself a server', weight: 'strong', isIn: isBuiltServer },
  { finds: 'a README that shows how to connect to it', weight: 'medium', isIn: ({ showsItself }) => showsItself },
];

/**
 * Lists, and what is on the other side of the protocol. `docker-registry-mcp` and `api-gateway-mcp-server` are servers for such things, so the word has
 * to follow `mcp` or to end the name.
 */
const NOT_A_SERVER =
  /awesome|\bmcp[-_. ]?(registry|client|inspector|gateway|sdk|hub|proxy|directory)s?\b|[-_. ](registry|client|inspector|gateway|sdk)s?$/i;

const SERVER_TOPICS = new Set(['mcp-server', 'mcp-servers']);
const SERVER_WORDS = /\bmcp[-_ ]?servers?\b|\bmodel context protocol (\(mcp\) )?server/i;

/** Whether the candidate is a server, and not a list, a client, a library or a tutorial that carries the topic. */
export function isServer(candidate: Candidate): boolean {
  const weights = new Set(SIGNS.filter(({ isIn }) => isIn(candidate)).map(({ weight }) => weight));
  if (weights.has('certain')) return true;
  if (NOT_A_SERVER.test(candidate.name)) return false;
  return weights.has('strong') || (weights.has('medium') && callsItselfServer(candidate));
}

function callsItselfServer({ name, description, topics }: Pick<Candidate, 'name' | 'description' | 'topics'>): boolean {
  return topics.some((topic) => SERVER_TOPICS.has(topic)) || SERVER_WORDS.test(name) || SERVER_WORDS.test(description);
}

function isNodeServer({ manifests: { packageJson } }: Candidate): boolean {
  if (!packageJson?.dependencies.some((name) => NODE_SDKS.has(name))) return false;
  return packageJson.bin || packageJson.scripts.some((name) => /^start(:|$)/.test(name));
}

function isPythonServer({ manifests: { python } }: Candidate): boolean {
  return python?.hasScripts === true && python.dependencies.some((name) => PYTHON_SDKS.has(name));
}

function isBuiltServer(candidate: Candidate): boolean {
  return BUILD_SDKS.test(candidate.manifests.buildFiles) && callsItselfServer(candidate);
}
