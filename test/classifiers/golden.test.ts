import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import type { Classification } from '../../src/model/classification.ts';
import { Tool } from '../../src/model/tool.ts';

const Golden = z.object({ package: z.string(), tools: z.array(Tool) });
const GOLDEN = new URL('../golden/', import.meta.url);
const SERVERS = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

describe('golden classifications', () => {
  it.each(SERVERS)('%s is classified as reviewed', async (server) => {
    const { package: name, tools } = Golden.parse(JSON.parse(readFileSync(new URL(`${server}/tools.json`, GOLDEN), 'utf8')));
    const context = { name, toolNames: tools.map((tool) => tool.name).sort() };
    const reviewed = tools.map((tool) => inShort(classifyTool(tool, context)));
    await expect(`${JSON.stringify(reviewed, null, 1)}\n`).toMatchFileSnapshot(`../golden/${server}/expected.json`);
  });
});

/** A classification as a reviewer reads it: one line for each piece of evidence. */
function inShort({ name, category, access, risk, score, confidence, signals, findings, evidence }: Classification) {
  return {
    name,
    verdict: `${category} · ${access} · ${risk} · score ${score} · confidence ${confidence}`,
    evidence: evidence.map((piece) => `${piece.category} ${piece.weight.toFixed(2)} ${piece.by} ${piece.at}`),
    signals: signals.map(({ label }) => label),
    findings: findings.map(({ technique, severity }) => `${technique} (${severity})`),
  };
}
