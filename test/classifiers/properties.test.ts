import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import { decide } from '../../classifiers/decide.ts';
import { Classification, CONSEQUENCE_OF } from '../../src/model/classification.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { Tool } from '../../src/model/tool.ts';
import { CONTEXT } from './examples.ts';

const VERBS = ['get', 'create', 'delete', 'remove', 'run', 'invite', 'deploy', 'pay', 'archive', 'preview', 'list', 'rotate'];
const NOUNS = ['file', 'key', 'member', 'label', 'report', 'order', 'server', 'payment', 'table', 'secret'];
const PARAMETERS = ['path', 'url', 'password', 'command', 'ids', 'force', 'amount', 'html', 'query', 'name'];

const anyName = fc.oneof(
  fc.string(),
  fc.tuple(fc.constantFrom(...VERBS), fc.constantFrom(...NOUNS)).map((words) => words.join('_')),
);
const anySentence = fc
  .tuple(
    fc.constantFrom(...VERBS),
    fc.constantFrom(...NOUNS),
    fc.constantFrom('', ' Requires admin scope.', ' This cannot be undone.', ' Read-only.'),
  )
  .map(([verb, noun, rest]) => `${verb} a ${noun}.${rest}`);
const anyHints = fc.record({ readOnlyHint: fc.boolean(), destructiveHint: fc.boolean() }, { requiredKeys: [] });
const anyProperties = fc.dictionary(
  fc.constantFrom(...PARAMETERS),
  fc.constantFrom<JsonObject>({}, { type: 'string' }, { type: 'boolean' }, { type: 'array' }),
);
const anyTool: fc.Arbitrary<Tool> = fc.record(
  {
    name: anyName,
    description: fc.oneof(fc.string(), anySentence),
    inputSchema: anyProperties.map((properties) => ({ type: 'object', properties })),
    annotations: anyHints,
  },
  { requiredKeys: ['name'] },
);

const SEVERITY = { Read: 0, Write: 1, Execute: 2, Permissions: 2, Destructive: 3, Financial: 3 };

describe('classifyTool, for every input', () => {
  it('never throws, and gives what the model describes, whatever JSON the fields hold', () => {
    const hostile = fc.record({
      name: fc.string(),
      title: fc.jsonValue(),
      description: fc.jsonValue(),
      inputSchema: fc.jsonValue(),
      annotations: fc.jsonValue(),
    });
    fc.assert(
      fc.property(hostile, (definition) => {
        const found = classifyTool(Tool.parse(definition), CONTEXT);
        expect(Classification.parse(found)).toEqual(found);
        expect(found.evidence.every(({ excerpt }) => excerpt.length <= 160)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same bytes for the same input', () => {
    fc.assert(
      fc.property(anyTool, (tool) => {
        const again = classifyTool(structuredClone(tool), structuredClone(CONTEXT));
        expect(JSON.stringify(again)).toBe(JSON.stringify(classifyTool(tool, CONTEXT)));
      }),
    );
  });

  it('takes access and risk from the category alone', () => {
    fc.assert(
      fc.property(anyTool, (tool) => {
        const { category, access, risk } = classifyTool(tool, CONTEXT);
        expect({ access, risk }).toEqual(CONSEQUENCE_OF[category]);
      }),
    );
  });

  it('does not depend on which other tools the server lists, nor in which order', () => {
    fc.assert(
      fc.property(anyTool, fc.shuffledSubarray(['a_get', 'a_put', 'a_list', 'a_drop', 'b_get'], { minLength: 5 }), (tool, toolNames) => {
        const sorted = classifyTool(tool, { ...CONTEXT, toolNames: [...toolNames].sort() });
        expect(classifyTool(tool, { ...CONTEXT, toolNames })).toEqual(sorted);
      }),
    );
  });

  it('never judges a tool as less harmful because it claims to be read-only', () => {
    fc.assert(
      fc.property(anyTool, (tool) => {
        const silent = classifyTool({ ...tool, annotations: {} }, CONTEXT);
        const claiming = classifyTool({ ...tool, annotations: { readOnlyHint: true } }, CONTEXT);
        fc.pre(decide(silent.evidence).established);
        expect(SEVERITY[claiming.category]).toBeGreaterThanOrEqual(SEVERITY[silent.category]);
      }),
    );
  });

  it('keeps the category and never lowers the score when an argument brings another signal', () => {
    const extra = fc.constantFrom<JsonObject>(
      { password: { type: 'string' } },
      { url: { type: 'string' } },
      { force: { type: 'boolean' } },
    );
    fc.assert(
      fc.property(anyTool, extra, (tool, added) => {
        // Without any schema everything can be passed: the first argument that is declared narrows it.
        fc.pre(tool.inputSchema !== undefined);
        const properties = { ...(tool.inputSchema?.['properties'] as JsonObject | undefined), ...added };
        const before = classifyTool(tool, CONTEXT);
        const after = classifyTool({ ...tool, inputSchema: { ...tool.inputSchema, properties } }, CONTEXT);
        expect(after.category).toBe(before.category);
        expect(after.score).toBeGreaterThanOrEqual(before.score);
      }),
    );
  });
});

describe('classifyTool, for huge and hostile definitions', () => {
  const MEGABYTE = 1_000_000;

  it.each([
    ['one word', 'a'.repeat(MEGABYTE)],
    ['line breaks', '\n'.repeat(MEGABYTE)],
    ['full stops', '. '.repeat(MEGABYTE / 2)],
    ['half a pattern', 'oror'.repeat(MEGABYTE / 4)],
    ['the start of many patterns', 'read-only this permanently returns the raw '.repeat(MEGABYTE / 44)],
    ['verbs', 'delete, create, update, '.repeat(MEGABYTE / 24)],
    ['half of a surrogate pair', '\ud800'.repeat(MEGABYTE)],
  ])('ends on a megabyte of %s', (_what, huge) => {
    const tool = {
      name: huge,
      title: huge,
      description: huge,
      inputSchema: { properties: { [huge]: { description: huge, enum: [huge] } } },
    };
    expect(Classification.safeParse(classifyTool(tool, { name: huge, toolNames: [huge] })).success).toBe(true);
  });

  it('ends on a schema nested without end', () => {
    let schema: JsonObject = { type: 'string' };
    for (let depth = 0; depth < 50_000; depth++) schema = { properties: { a: schema } };
    expect(classifyTool({ name: 'get_a', inputSchema: schema }, CONTEXT).category).toBe('Read');
  });

  it('ends on a hundred thousand properties', () => {
    const properties = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`p${index}`, { type: 'string' }]));
    expect(classifyTool({ name: 'get_a', inputSchema: { properties } }, CONTEXT).category).toBe('Read');
  });
});
