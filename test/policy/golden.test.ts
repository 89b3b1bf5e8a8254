import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Category } from '../../src/model/classification.ts';
import { starterPolicy } from '../../src/policy/starter-policy.ts';

const GOLDEN = new URL('../golden/', import.meta.url);
/** The verdict of a golden tool begins with its category. */
const Expected = z.array(z.object({ name: z.string(), verdict: z.string().transform((verdict) => Category.parse(verdict.split(' ')[0])) }));
const servers = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('starter policies of real servers', () => {
  it.each(servers)('%s', async (server) => {
    const classifications = Expected.parse(JSON.parse(readFileSync(new URL(`${server}/expected.json`, GOLDEN), 'utf8')));
    const { document, unnamed } = starterPolicy(classifications.map(({ name, verdict }) => ({ name, category: verdict })));
    expect(unnamed).toStrictEqual([]);
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(`../golden/${server}/policy.json`);
  });
});
