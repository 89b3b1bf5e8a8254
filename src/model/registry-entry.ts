import { z } from 'zod';
import type { Fault } from './fault.ts';
import { JsonObject } from './json.ts';

const Text = z.string().max(4_000);
const Name = z.string().min(1).max(500);

const InputFields = {
  description: Text.optional(),
  isRequired: z.boolean().optional(),
  isSecret: z.boolean().optional(),
  /** `string`, `number`, `boolean` or `filepath`; other words occur. */
  format: z.string().max(100).optional(),
  /** Used when the user gives nothing. */
  default: Text.optional(),
  /** Shown as a hint, never used as a value. */
  placeholder: Text.optional(),
  choices: z.array(Text).max(1_000).optional(),
  /** Fixed: the user is not asked. `{x}` in it is filled from `variables`. */
  value: Text.optional(),
};

/** A value that a server is configured with, as server.json describes it. */
export const Input = z.object(InputFields);
export type Input = z.infer<typeof Input>;

const InputWithVariables = z.object({ ...InputFields, variables: z.record(z.string(), Input).optional() });

/** An environment variable or a header. */
export const NamedInput = InputWithVariables.extend({ name: Name });
export type NamedInput = z.infer<typeof NamedInput>;

/** One argument of a command line. */
export const Argument = InputWithVariables.extend({
  /** `positional` or `named`; an empty one occurs. */
  type: z.string().max(100),
  /** With its dashes, for a named one. */
  name: Name.optional(),
  /** What a positional value stands for, for people. */
  valueHint: Text.optional(),
  isRepeated: z.boolean().optional(),
});
export type Argument = z.infer<typeof Argument>;

/** Which package registry an artifact comes from. */
const PackageType = z.enum(['npm', 'pypi', 'oci', 'nuget', 'mcpb', 'cargo']);

export const Transport = z.enum(['stdio', 'streamable-http', 'sse']);
export type Transport = z.infer<typeof Transport>;

const Url = z.string().min(1).max(2_000);

/** An artifact that runs as the server. */
export const Package = z.object({
  registryType: PackageType,
  /** Where it is not the type's public registry. */
  registryBaseUrl: Url.optional(),
  /** A package name, for mcpb a download URL, for oci an image with its host and tag or digest. */
  identifier: Name,
  /** Exact version; absent where the identifier carries it (oci, mcpb). */
  version: z.string().min(1).max(255).optional(),
  fileSha256: z.string().max(100).optional(),
  /** `npx`, `uvx`, `docker` and the like; many other words occur. */
  runtimeHint: z.string().max(100).optional(),
  /** How it is spoken to once it runs; absent means stdio. */
  transport: z.object({ type: Transport, url: Url.optional(), headers: z.array(NamedInput).optional() }).optional(),
  runtimeArguments: z.array(Argument).optional(),
  packageArguments: z.array(Argument).optional(),
  environmentVariables: z.array(NamedInput).optional(),
});
export type Package = z.infer<typeof Package>;

/** A URL that answers as the server. */
export const Remote = z.object({
  type: z.enum(['streamable-http', 'sse']),
  /** May hold `{name}` placeholders, filled from `variables`. */
  url: Url,
  headers: z.array(NamedInput).optional(),
  variables: z.record(z.string(), Input).optional(),
});
export type Remote = z.infer<typeof Remote>;

/** Where the source code is. */
export const Repository = z.object({
  url: Url,
  /** The code host's name: `github` nearly always. */
  source: z.string().max(100).optional(),
  /** The code host's own id of the repository, which survives renames. */
  id: z.string().max(100).optional(),
  /** Folder of the server in it. */
  subfolder: z.string().max(500).optional(),
  /** URLs it had before. */
  formerUrls: z.array(Url).optional(),
  /** The repository it was forked from, by URL; `unknown` where the code host says only that it is a fork. */
  forkOf: z.string().max(2_000).optional(),
  archived: z.boolean().optional(),
  /** SPDX id. */
  license: z.string().max(100).optional(),
});
export type Repository = z.infer<typeof Repository>;

/** One version of several that a source keeps side by side. */
export const Release = z.object({
  status: z.enum(['active', 'deprecated', 'deleted']),
  statusMessage: Text.optional(),
  /** RFC 3339, with 0 to 9 fractional digits: compare as instants. */
  publishedAt: z.string().max(40).optional(),
  updatedAt: z.string().max(40).optional(),
});
export type Release = z.infer<typeof Release>;

/** What drifts from day to day without the server being another one. Never part of a content hash. */
export const Activity = z.object({
  stars: z.number().int().min(0).optional(),
  weeklyDownloads: z.number().int().min(0).optional(),
  pushedAt: z.string().max(40).optional(),
});
export type Activity = z.infer<typeof Activity>;

/** What one source says about a server, kept as that source said it. */
export const RegistryEntry = z.object({
  /** The crawler's id. */
  source: z.string(),
  /** The source's own key for it; stable within the source. All releases of one server share it. */
  id: z.string().min(1).max(500),
  name: z.string().min(1).max(300),
  /**
   * The server's name in the namespaces of the official registry, `io.github.owner/name`. `proven`: a registry made the publisher prove it;
   * otherwise it is the document's own word, which a copy repeats.
   */
  registryName: z.object({ name: z.string().min(1).max(300), proven: z.boolean() }).optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  version: z.string().max(255).optional(),
  /** Present where the source keeps several versions: the entry is then one of them, told apart by `version`. */
  release: Release.optional(),
  /** The source says that it is deprecated, in these words, which may be none. For sources that keep one version; see `release` for others. */
  deprecated: Text.optional(),
  websiteUrl: Url.optional(),
  icons: z
    .array(z.object({ src: Url, mimeType: z.string().optional(), sizes: z.array(z.string()).optional(), theme: z.string().optional() }))
    .optional(),
  repository: Repository.optional(),
  packages: z.array(Package),
  remotes: z.array(Remote),
  activity: Activity.optional(),
  /** Changes when the source's document may have: lets the next crawl pass over it unread. */
  revision: z.string().max(200).optional(),
  /** The source's document. */
  raw: JsonObject,
});
export type RegistryEntry = z.infer<typeof RegistryEntry>;

/** What a crawler yields. */
export type Discovery =
  | { readonly kind: 'entry'; readonly entry: RegistryEntry }
  /** Still listed, its revision the one that is known: not read again. */
  | { readonly kind: 'unchanged'; readonly id: string; readonly activity?: Activity }
  /** What is wrong with one entry, or with a part of it that was left out. */
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** Everything that the source changed up to this instant (RFC 3339) is in this pass; counts only when the pass ends normally. */
  | { readonly kind: 'watermark'; readonly watermark: string };
