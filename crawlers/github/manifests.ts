import { parse as parseToml } from 'smol-toml';
import { type Document, parseDocument } from 'yaml';
import { z } from 'zod';
import { isDeeperThan, MAX_JSON_DEPTH } from '../../src/model/json.ts';
import type { FolderFiles } from './repository-documents.ts';

/** Manifests are far smaller: 36 kB is the largest server.json of a registry dump. */
const MAX_MANIFEST = 256 * 1024;
/** Real ones have some dozens of lines; the time that reading YAML takes is more than linear. */
const MAX_YAML = 16 * 1024;
const MAX_YAML_BRACKETS = 500;

const Text = z.string().max(500).optional().catch(undefined);
const Names = z
  .record(z.string(), z.unknown())
  .transform((record) => Object.keys(record))
  .catch([]);
const Version = z.string().min(1).max(255).optional().catch(undefined);

const PackageJson = z.object({
  name: z.string().min(1).max(214).optional().catch(undefined),
  version: Version,
  private: z.boolean().catch(false),
  mcpName: Text,
  bin: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .transform(() => true)
    .catch(false),
  scripts: Names,
  dependencies: Names,
  repository: z
    .union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)])
    .optional()
    .catch(undefined),
  workspaces: z
    .unknown()
    .optional()
    .transform((value) => value !== undefined),
});
type PackageJson = z.infer<typeof PackageJson>;

const Poetry = z.object({ name: Text, version: Version, dependencies: Names, scripts: Names }).partial().catch({});
const PyProject = z.object({
  project: z
    .object({
      name: Text,
      version: Version,
      dependencies: z.array(z.string()).max(1_000).catch([]),
      scripts: Names,
    })
    .partial()
    .catch({}),
  tool: z
    .object({ poetry: Poetry, uv: z.object({ workspace: z.unknown() }).partial().catch({}) })
    .partial()
    .catch({}),
});

const SMITHERY_STARTS: ReadonlySet<unknown> = new Set(['stdio', 'http']);
const SMITHERY_RUNTIMES: ReadonlySet<unknown> = new Set(['typescript', 'container', 'python']);
const Glama = z.object({ $schema: z.string(), maintainers: z.array(z.unknown()) });
const Mcpb = z
  .object({ server: z.object({ mcp_config: z.record(z.string(), z.unknown()) }) })
  .and(z.union([z.object({ manifest_version: z.unknown() }), z.object({ dxt_version: z.unknown() })]));
const ServerJsonDocument = z.looseObject({
  $schema: z.unknown().optional(),
  name: z.unknown().optional(),
  packages: z.unknown().optional(),
  remotes: z.unknown().optional(),
});

/** A folder's Python project, whichever tool describes it. */
interface PythonProject {
  readonly name?: string;
  readonly version?: string;
  /** Names as written, without versions. */
  readonly dependencies: readonly string[];
  readonly hasScripts: boolean;
  readonly isWorkspace: boolean;
}

/** The manifests of one folder, read. What is missing or no such manifest is absent. */
export interface Manifests {
  readonly serverJson?: unknown;
  readonly packageJson?: PackageJson;
  readonly python?: PythonProject;
  readonly isSmithery: boolean;
  readonly isGlama: boolean;
  readonly isMcpb: boolean;
  /** Modules, crates and artifacts that the folder's code is built on, as text: Go, Rust, Java. */
  readonly buildFiles: string;
  /** From the image label that the official registry reads. */
  readonly imageName?: string;
  readonly readme: string;
}

const alreadyRead = new WeakMap<FolderFiles, Manifests>();

/** Reads them once, however often they are asked for. */
export function readManifests(files: FolderFiles): Manifests {
  const known = alreadyRead.get(files);
  if (known) return known;
  const manifests = read(files);
  alreadyRead.set(files, manifests);
  return manifests;
}

function read(files: FolderFiles): Manifests {
  const serverJson = ServerJsonDocument.safeParse(jsonOf(files, 'server.json')).data;
  const imageName = imageNameIn(textOf(files, 'Dockerfile'));
  const python = pythonOf(files);
  const packageJson = PackageJson.safeParse(jsonOf(files, 'package.json')).data;
  return {
    ...(serverJson && isServerJson(serverJson) && { serverJson }),
    ...(packageJson && { packageJson }),
    ...(python && { python }),
    isSmithery: isSmithery(files),
    isGlama: Glama.safeParse(jsonOf(files, 'glama.json')).data?.$schema.includes('glama.ai/mcp/schemas/') ?? false,
    isMcpb: Mcpb.safeParse(jsonOf(files, 'manifest.json')).success,
    buildFiles: ['go.mod', 'Cargo.toml', 'pom.xml'].map((name) => textOf(files, name)).join('\n'),
    ...(imageName !== undefined && { imageName }),
    readme: files.get('README.md') ?? '',
  };
}

const REGISTRY_NAME = /^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/;

/** What documentation writes where a name is to be filled in: `io.github.username/server-name`, `com.your-company/mcp`. */
const PLACEHOLDER =
  /^io\.github\.(user|(my|your|github)?-?user-?name|owner|org|organi[sz]ation|account|(my|your)-?(name|org|account))\/|^([^/]*\.)?example[./]|[./]your[-_]|\/server-?name$/i;

/** The form of a name in the official registry, and not the placeholder that documentation has in its place. */
export function isRegistryName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= 200 && REGISTRY_NAME.test(name) && !PLACEHOLDER.test(name);
}

/** Other things are called server.json, too. */
function isServerJson({ $schema, name, packages, remotes }: z.infer<typeof ServerJsonDocument>): boolean {
  const isOfRegistry = typeof $schema === 'string' && $schema.startsWith('https://static.modelcontextprotocol.io/schemas/');
  return isOfRegistry || (isRegistryName(name) && (Array.isArray(packages) || Array.isArray(remotes)));
}

function isSmithery(files: FolderFiles): boolean {
  const document = yamlOf(files, 'smithery.yaml');
  return SMITHERY_STARTS.has(document?.getIn(['startCommand', 'type'])) || SMITHERY_RUNTIMES.has(document?.get('runtime'));
}

function pythonOf(files: FolderFiles): PythonProject | undefined {
  const read = PyProject.safeParse(tomlOf(files, 'pyproject.toml'));
  if (!read.success) return undefined;
  const { project = {}, tool = {} } = read.data;
  const { poetry = {} } = tool;
  const name = project.name ?? poetry.name;
  const version = project.version ?? poetry.version;
  return {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    dependencies: [...(project.dependencies ?? []).map(withoutVersion), ...(poetry.dependencies ?? [])],
    hasScripts: [...(project.scripts ?? []), ...(poetry.scripts ?? [])].length > 0,
    isWorkspace: tool.uv?.workspace !== undefined,
  };
}

function withoutVersion(requirement: string): string {
  return /^[\w.-]+/.exec(requirement.trim())?.[0].toLowerCase() ?? '';
}

function imageNameIn(dockerfile: string): string | undefined {
  // As many characters end a line as `^` begins one after, or a file of nothing else takes quadratic time.
  const name = /^[^#\n\r\u2028\u2029]*\bio\.modelcontextprotocol\.server\.name"?[ \t]*=[ \t]*"?([^\s"\\]+)/m.exec(dockerfile)?.[1];
  return isRegistryName(name) ? name : undefined;
}

function textOf(files: FolderFiles, name: string, maxLength = MAX_MANIFEST): string {
  const text = files.get(name) ?? '';
  return text.length > maxLength ? '' : text;
}

function jsonOf(files: FolderFiles, name: string): unknown {
  return parsed(textOf(files, name).replace(/^\uFEFF/, ''), JSON.parse);
}

/** Not as plain values: a thousand characters of nested keys (`? ? ?`) take half a minute to become some. */
function yamlOf(files: FolderFiles, name: string): Document | undefined {
  const text = textOf(files, name, MAX_YAML);
  if ((text.match(/[[{]/g)?.length ?? 0) > MAX_YAML_BRACKETS) return undefined;
  try {
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
    return document.errors.length === 0 ? document : undefined;
  } catch {
    return undefined;
  }
}

function tomlOf(files: FolderFiles, name: string): unknown {
  return parsed(textOf(files, name), parseToml);
}

/** What a stranger wrote by hand: when it does not parse, it says nothing. */
function parsed(text: string, parse: (text: string) => unknown): unknown {
  try {
    const document: unknown = text === '' ? undefined : parse(text);
    return isDeeperThan(document, MAX_JSON_DEPTH) ? undefined : document;
  } catch {
    return undefined;
  }
}
