import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCorrection } from '../../../classifiers/apply-correction.ts';
import { classifyTool } from '../../../classifiers/classify-tool.ts';
import { explainServer } from '../../../classifiers/explain/explain-server.ts';
import { explainTool } from '../../../classifiers/explain/explain-tool.ts';
import { Explanation } from '../../../src/model/explanation.ts';
import type { ToolDefinition } from '../../../src/model/tool.ts';
import { CONTEXT } from '../examples.ts';

const DELETE_USER = {
  name: 'delete_user',
  description: 'Permanently deletes a user. Lists what was deleted.',
  inputSchema: { type: 'object', properties: { password: { type: 'string' } } },
  annotations: { readOnlyHint: true, openWorldHint: false },
} as const satisfies ToolDefinition;

const judged = (definition: ToolDefinition) => ({ definition, classification: classifyTool(definition, CONTEXT) });
const explain = (definition: ToolDefinition) => explainTool(judged(definition));

describe('the explanation of a tool', () => {
  it('says what it is and quotes what spoke for it, strongest first', () => {
    const { verdict, because, summary } = explain(DELETE_USER);
    expect(verdict).toMatch(/^Destructive: deleting, .* So Admin access and critical risk; score \d+ of 100/);
    expect(because[0]).toMatchObject({ rule: 'destroying-verb', categories: ['Destructive'], why: expect.stringMatching(/\.$/) });
    expect(because[0]?.evidence[0]).toMatchObject({ place: 'the name', excerpt: 'delete_user' });
    expect(because.map(({ weight }) => weight)).toEqual(because.map(({ weight }) => weight).sort((a, b) => b - a));
    expect(summary).toBe('the name: “delete_user” (destroying-verb)');
  });

  it('says what the author claims, and what contradicts it', () => {
    expect(explain(DELETE_USER).claims).toEqual(['readOnlyHint: true, which the definition contradicts', 'openWorldHint: false']);
    expect(explain({ name: 'get_user' }).claims).toEqual([]);
  });

  it('works out the score so that a reader can follow', () => {
    const { arithmetic, classification, signals } = explain(DELETE_USER);
    expect(arithmetic.at(-1)).toMatch(new RegExp(`^75 \\+ 25 · \\(1 − .*\\) = ${classification.score}$`));
    expect(signals.find(({ id }) => id === 'credential-input')).toMatchObject({ weight: 0.2, why: expect.any(String) });
  });

  it('says that nothing is known', () => {
    const { because, certainty, summary } = explain({ name: 'zzqx' });
    expect([because, summary]).toEqual([[], 'nothing in the definition says so']);
    expect(certainty).toMatch(/^0\.\d+, (a guess|unsure): of a hundred/);
  });

  it('gives each action of a tool with several', () => {
    const action = { type: 'string', enum: ['list', 'delete'] };
    const tool = explain({ name: 'manage_users', description: 'Manage users.', inputSchema: { type: 'object', properties: { action } } });
    expect(tool.actions.map(({ value, category }) => `${value} ${category}`)).toEqual(['list Read', 'delete Destructive']);
    expect(tool.verdict).toMatch(/It offers 2 actions, and the worst decides\.$/);
  });

  it('says who corrected it and why, and whether it has changed since', () => {
    const correction = {
      server: 'npm:x',
      tool: 'delete_user',
      category: 'Write',
      why: 'Only marks it.',
      shownBy: 'a reader',
      date: '2026-01-02',
    } as const;
    const corrected = applyCorrection(judged(DELETE_USER), { ...correction, definition: DELETE_USER });
    const tool = explainTool({ definition: DELETE_USER, classification: corrected }, { stale: true });
    expect(tool.correction).toEqual({
      text: 'The classifier by itself says Destructive. Corrected on 2026-01-02, shown by a reader: Only marks it.',
      stale: true,
    });
    expect(tool.certainty).toBe('People have looked at this tool and decided.');
    expect(tool.summary).toBe('corrected by people: Only marks it.');
    expect(tool.claims[0]).toBe('readOnlyHint: true, which the correction contradicts');
  });
});

describe('the explanation of a server', () => {
  it('has the tools worst first and the arithmetic of its grade', () => {
    const tools = [
      judged({ name: 'list_users', description: 'Lists users.' }),
      judged({ name: 'delete_user', description: 'Deletes a user.' }),
    ];
    const { server, tools: explained } = explainServer({ name: 'Users', target: 'npm:users', tools, findings: [], stale: new Set() });
    expect(explained.map(({ classification }) => classification.name)).toEqual(['delete_user', 'list_users']);
    expect(server.arithmetic.at(-1)).toBe(`${server.score} is ${server.grade} (A to 15, B to 35, C to 55, D to 75, E to 90, F to 100).`);
  });

  it('has no grade without tools', () => {
    const { server } = explainServer({ name: 'Empty', target: 'npm:empty', tools: [], findings: [], stale: new Set() });
    expect(server).toEqual({ name: 'Empty', target: 'npm:empty', arithmetic: [], findings: [] });
  });

  it('is what its schema says, whatever JSON a definition holds', () => {
    const hostile = fc.record({ name: fc.string(), description: fc.jsonValue(), inputSchema: fc.jsonValue(), annotations: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 3 }), (definitions) => {
        const tools = definitions.map((definition) => judged(definition as unknown as ToolDefinition));
        const explanation = explainServer({ name: 'x', target: 'y', tools, findings: [], stale: new Set() });
        expect(JSON.stringify(Explanation.parse(explanation))).toBe(JSON.stringify(explanation));
      }),
      { numRuns: 100 },
    );
  });
});
