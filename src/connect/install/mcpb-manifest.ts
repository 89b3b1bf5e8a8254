import { open } from 'node:fs/promises';
import { z } from 'zod';

const MAX_BYTES = 2 ** 20;
const Text = z.string().max(4_000);
const Texts = z.array(Text).max(200);
const Variables = z.record(z.string(), Text);

const Command = z.object({ command: Text, args: Texts.optional(), env: Variables.optional() });
const Value = z.union([Text, z.number(), z.boolean(), z.array(z.union([Text, z.number(), z.boolean()])).max(100)]);

/** What its user would be asked for. */
const UserOption = z.object({
  type: z.string().optional(),
  required: z.boolean().optional(),
  default: Value.nullish().catch(undefined),
  min: z.number().optional(),
});

/** The parts of a bundle's manifest that starting it takes, of any version from `dxt_version` 0.1 on. */
export const BundleManifest = z.object({
  name: z.string().min(1).max(300),
  version: z.string().min(1).max(255),
  server: z.object({
    type: z.enum(['node', 'python', 'binary', 'uv']),
    entry_point: Text,
    mcp_config: Command.extend({
      platform_overrides: z.record(z.string(), Command.partial()).optional(),
    }).optional(),
  }),
  user_config: z.record(z.string(), UserOption).optional(),
  compatibility: z
    .object({ platforms: z.array(z.string()).optional() })
    .optional()
    .catch(undefined),
});
export type BundleManifest = z.infer<typeof BundleManifest>;
export type UserOption = z.infer<typeof UserOption>;

/** @returns What is wrong with it, in words, where it cannot be read. */
export async function readBundleManifest(file: string): Promise<BundleManifest | string> {
  try {
    await using handle = await open(file);
    if ((await handle.stat()).size > MAX_BYTES) return 'The manifest is too big.';
    const read = BundleManifest.safeParse(JSON.parse((await handle.readFile('utf8')).replace(/^\uFEFF/, '')));
    return read.success ? read.data : z.prettifyError(read.error).slice(0, 500);
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    return 'The manifest is not JSON.';
  }
}
