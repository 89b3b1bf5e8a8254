import { z } from 'zod';
import type { Fault } from './fault.ts';
import { JsonObject } from './json.ts';

const PackageType = z.enum(['npm', 'pypi', 'oci', 'nuget', 'mcpb', 'cargo']);

/** An artifact that runs as the server. */
export const Package = z.object({
  registryType: PackageType,
  identifier: z.string().min(1).max(500),
  /** Exact version; absent where the identifier carries it (oci, mcpb). */
  version: z.string().min(1).max(255).optional(),
});
export type Package = z.infer<typeof Package>;

/** A URL that answers as the server. */
export const Remote = z.object({
  type: z.enum(['streamable-http', 'sse']),
  url: z.string().min(1).max(2_000),
});
export type Remote = z.infer<typeof Remote>;

/** What one source says about a server, kept as that source said it. */
export const RegistryEntry = z.object({
  /** The crawler's id. */
  source: z.string(),
  /** The source's own key for it; stable within the source. */
  id: z.string().min(1).max(500),
  name: z.string().min(1).max(300),
  title: z.string().optional(),
  description: z.string().optional(),
  version: z.string().optional(),
  repository: z.object({ url: z.string(), subfolder: z.string().optional() }).optional(),
  packages: z.array(Package),
  remotes: z.array(Remote),
  /** The source's document, verbatim. */
  raw: JsonObject,
});
export type RegistryEntry = z.infer<typeof RegistryEntry>;

/** What a crawler yields: an entry, or the one thing that is wrong with one entry. */
export type Discovery = { readonly kind: 'entry'; readonly entry: RegistryEntry } | { readonly kind: 'fault'; readonly fault: Fault };
