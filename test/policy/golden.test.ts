import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import { serverFindings } from '../../classifiers/server-findings.ts';
import { ToolDefinition } from '../../src/model/tool.ts';
import { json } from '../../src/policy/formats/json.ts';
import { makePolicy } from '../../src/policy/make-policy.ts';
import published from '../fixtures/classifiers/published-examples.json' with { type: 'json' };

const GOLDEN = new URL('../golden/', import.meta.url);
const Golden = z.object({ package: z.string(), tools: z.array(ToolDefinition) });
const servers = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('starter policies of real servers', () => {
  it.each(servers)('%s', async (server) => {
    const { package: name, tools: definitions } = Golden.parse(JSON.parse(readFileSync(new URL(`${server}/tools.json`, GOLDEN), 'utf8')));
    const context = { name, toolNames: definitions.map((tool) => tool.name).sort() };
    const tools = definitions.map((definition) => ({ definition, classification: classifyTool(definition, context) }));
    const policy = makePolicy(
      { server: name, tools, findings: serverFindings(tools, context) },
      { profile: 'standard', arguments: 'safe' },
    );
    await expect(json.write(json.lower(policy))).toMatchFileSnapshot(`../golden/${server}/policy.json`);
  });
});

describe('the published examples', () => {
  const Example = z.object({ server: z.string(), tool: ToolDefinition, access: z.enum(['Read', 'Write']) });

  it.each(z.array(Example).parse(published))('$server $tool.name has the published document', ({ server, tool, access }) => {
    const tools = [{ definition: tool, classification: classifyTool(tool, { name: server, toolNames: [] }) }];
    const { policy, notes } = json.lower(makePolicy({ server, tools, findings: [] }, { profile: 'standard', arguments: 'safe' }));
    const body = access === 'Read' ? '{}' : `{"limits":[{"counter":"${tool.name}_rate","window":"minute","max":30,"scope":"grant"}]}`;
    const text = json.write({ policy, notes });
    expect(JSON.stringify(JSON.parse(text))).toBe(`{"version":"1","default":"deny","tools":{"${tool.name}":${body}}}`);
    expect(notes).toEqual([]);
  });
});
