import { z } from 'zod';
import { Access, Category, Classification, Finding } from './classification.ts';
import { Artifact, Attempt, Auth, EnumerationStatus, SandboxRecord } from './enumeration.ts';
import { Fault } from './fault.ts';
import { ServerGrade } from './grade.ts';
import { Transport } from './registry-entry.ts';
import { Server } from './server.ts';
import { Provenance, ToolDefinition } from './tool.ts';

const Count = z.number().int().min(0);

export const ToolCounts = z.object({
  total: Count,
  byAccess: z.record(Access, Count),
  byCategory: z.record(Category, Count),
});
export type ToolCounts = z.infer<typeof ToolCounts>;

/** The last time someone looked, whatever came of it. */
const LastLook = z.object({
  at: z.iso.datetime(),
  status: EnumerationStatus,
  launch: z.string(),
  /** What was missing or went wrong; absent when complete. */
  fault: Fault.optional(),
  /** What a remote asks of its callers. */
  auth: Auth.optional(),
  attempts: z.array(Attempt),
});

/** The look that the tools come from: the last live list, which may be older than the last look; where there never was one, the last reading of the source. */
const FeedListing = z.object({
  at: z.iso.datetime(),
  /** Of a reading: why there is no live list. */
  status: EnumerationStatus,
  provenance: Provenance,
  /** Of a reading: the files, relative to the package. */
  files: z.array(z.string()).optional(),
  /** Arguments and environment names that the widest list took, where there is one. */
  widest: z.object({ args: z.array(z.string()), environmentNames: z.array(z.string()) }).optional(),
  transport: Transport.optional(),
  artifact: Artifact.optional(),
  sandbox: SandboxRecord.optional(),
  protocolVersion: z.string().optional(),
  serverInfo: z.object({ name: z.string(), version: z.string(), title: z.string().optional() }).optional(),
  instructions: z.string().optional(),
});

/** A line of servers.jsonl. A server never looked at has neither `lastLook` nor `listing`; one whose tools are not known has no `listing`. */
export const FeedServer = Server.extend({
  lastLook: LastLook.optional(),
  listing: FeedListing.optional(),
  tools: ToolCounts,
  /** Of its tools and of all findings; absent when no tools are known. */
  grade: ServerGrade.shape.grade.optional(),
  score: ServerGrade.shape.score.optional(),
  /** What is wrong with the server as a whole; absent until it was looked for. What is wrong with one tool is in its classification. */
  findings: z.array(Finding).optional(),
  /** Path of the starter policy inside the feed; absent when no tools are known. */
  policy: z.string().optional(),
});
export type FeedServer = z.infer<typeof FeedServer>;

/** A line of tools.jsonl. */
export const FeedTool = z.object({
  /** Id of its server. */
  server: z.string(),
  /** SHA-256 of the definition's canonical JSON: equal hashes are equal definitions. */
  hash: z.string(),
  provenance: Provenance,
  /** As the server sent it; as it stands in the source where the provenance says so. */
  definition: ToolDefinition,
  /** Corrections are applied; its findings include those of how the definition changed. */
  classification: Classification,
  /** True while the classification is an older classifier's; its version says which. */
  stale: z.literal(true).optional(),
  /** True where only the widest list has it so; `listing.widest` of its server says what that took. */
  widest: z.literal(true).optional(),
});
export type FeedTool = z.infer<typeof FeedTool>;

/**
 * A line of names.jsonl: where a server stands that is called so. The lines have one width and are sorted, so that one can be found without reading the
 * file. The first eight hex digits of the SHA-256 of its id, an alias or its name, which others may share; then start and length, in bytes, of its line in
 * servers.jsonl and of its lines in tools.jsonl.
 */
export const FeedName = z.tuple([z.string().regex(/^[0-9a-f]{8}$/), Count, Count, Count, Count]);
export type FeedName = z.infer<typeof FeedName>;

const FeedFile = z.object({ path: z.string(), lines: Count, bytes: Count, sha256: z.string() });

/** index.json: written last, so every file it names is there, whole. A file with another hash is of the next generation: read the index again. */
export const FeedIndex = z.object({
  /** Grows by one whenever the content changed. */
  generation: z.number().int().min(1),
  generatedAt: z.iso.datetime(),
  classifierVersion: z.string(),
  /** `listed`: by themselves. `read`: never listed, and known from their source. */
  servers: z.object({ total: Count, listed: Count, read: Count, byStatus: z.record(z.string(), Count) }),
  tools: ToolCounts,
  /** Listed tools that no version of the classifier has judged yet: they are not in tools.jsonl. */
  unclassified: Count,
  files: z.object({ servers: FeedFile, tools: FeedFile, names: FeedFile }),
  /** Path and hash of every policy by server id. */
  policies: z.array(z.object({ server: z.string(), path: z.string(), sha256: z.string() })),
});
export type FeedIndex = z.infer<typeof FeedIndex>;
