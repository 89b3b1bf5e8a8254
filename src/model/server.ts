import { z } from 'zod';
import { Package, Remote } from './registry-entry.ts';

export const RelatedServer = z.object({
  /** Its id. */
  server: z.string(),
  relation: z.enum(['fork-of', 'forked-by', 'maybe-same']),
  /** 0 to 1: how sure it is that the relation holds. */
  confidence: z.number().min(0).max(1),
  reason: z.string(),
});
export type RelatedServer = z.infer<typeof RelatedServer>;

/** A package of a server. */
export const ServerPackage = Package.extend({
  /**
   * Only files of the server's repository name it, which a copy, a fork or a tutorial's name does too: it may be a stranger's. It is started only
   * when its own document points back to the repository.
   */
  unconfirmed: z.literal(true).optional(),
});
export type ServerPackage = z.infer<typeof ServerPackage>;

/** One MCP server, merged from all its registry entries; rebuilt from nothing but them. */
export const Server = z.object({
  /** Stable key: the strongest identity key the entries agree on, such as `npm:@scope/name`. */
  id: z.string(),
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  /** The version its publisher gives the server itself; a package's may differ. */
  version: z.string().optional(),
  /** Its publisher advises against it, in these words or none. */
  deprecated: z.object({ message: z.string().optional() }).optional(),
  websiteUrl: z.string().optional(),
  repositoryUrl: z.string().optional(),
  /** Its folder in the repository. */
  repositorySubfolder: z.string().optional(),
  packages: z.array(ServerPackage),
  remotes: z.array(Remote),
  /** The sources that list it, sorted. */
  sources: z.array(z.string()),
  /** Every key that resolves to this server, its id included, sorted. */
  aliases: z.array(z.string()),
  /** Other servers that it is not merged with, and why it may be thought to be, or come from, one of them; surest first. */
  related: z.array(RelatedServer).default([]),
});
export type Server = z.infer<typeof Server>;

/** Exactly what a classification may depend on beside the tool itself. Its hash is part of a classification's key. */
export const ServerContext = z.object({
  /** The server's name for people: product names in tool names are recognised by it. */
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  instructions: z.string().optional(),
  /** Names of all tools of the server, sorted: a prefix they share is a product name, not a verb. */
  toolNames: z.array(z.string()),
});
export type ServerContext = z.infer<typeof ServerContext>;
