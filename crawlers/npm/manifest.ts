import { z } from 'zod';
import { isDeeperThan, isJsonObject, type JsonObject, MAX_JSON_DEPTH } from '../../src/model/json.ts';

/** As npm's own rule for names, legacy upper case included: what passes it can stand in a URL path. */
export const PackageName = z
  .string()
  .max(214)
  .regex(/^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i, 'expected the name of a package');

/** `name` of the official registry's server.json: one slash, a namespace before it. */
const RegistryName = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/);

const OneRepository = z.object({ url: z.string().max(2_000), directory: z.string().max(500).optional().catch(undefined) });
const Repository = z.union([
  z
    .string()
    .max(2_000)
    .transform((url) => ({ url, directory: undefined })),
  OneRepository,
]);

/** A wrong optional field costs that field alone: old packages hold anything. */
const lenient = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined);

/** The latest version of a package, as `GET /{name}/latest` answers: of its package.json what a crawler needs, and what the registry adds. */
export const Manifest = z.object({
  name: PackageName,
  version: z.string().min(1).max(255),
  description: lenient(z.string()),
  mcpName: lenient(RegistryName),
  keywords: z.preprocess((value) => (typeof value === 'string' ? value.split(/[\s,]+/) : value), lenient(z.array(z.string()))),
  bin: lenient(z.union([z.string().min(1), z.record(z.string(), z.string())])),
  dependencies: lenient(z.record(z.string(), z.unknown())),
  peerDependencies: lenient(z.record(z.string(), z.unknown())),
  repository: lenient(Repository),
  homepage: lenient(z.string()),
  deprecated: lenient(z.union([z.string(), z.boolean()])),
  /** The whole of it, as the registry gave it. */
  document: z.custom<JsonObject>(isJsonObject),
});
export type Manifest = z.infer<typeof Manifest>;

/** Reads an answer to `GET /{name}/latest`. */
export const ManifestDocument = z
  .custom<JsonObject>((value) => isJsonObject(value) && !isDeeperThan(value, MAX_JSON_DEPTH), 'expected an object of sane depth')
  .transform((document) => ({ ...document, document }))
  .pipe(Manifest);
