import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Category } from '../../src/model/classification.ts';
import { PolicyDocument } from '../../src/model/policy.ts';
import { starterPolicy } from '../../src/policy/starter-policy.ts';

const limit = (tool: string, max: number) => ({ limits: [{ counter: `${tool}_rate`, window: 'minute', max, scope: 'grant' }] });
const approval = { deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] };

describe('the starter policy of one tool', () => {
  it.each([
    ['Read', { tools: { t: {} } }],
    ['Write', { tools: { t: limit('t', 30) } }],
    ['Execute', { tools: { t: limit('t', 10) } }],
    ['Permissions', { tools: { t: approval } }],
    ['Financial', { tools: { t: approval } }],
    ['Destructive', { hide: ['t'] }],
  ] as const)('%s', (category, rest) => {
    expect(starterPolicy([{ name: 't', category }]).document).toStrictEqual({ version: '1', default: 'deny', ...rest });
  });

  it('is the published document, to the byte, for create_virtual_key', () => {
    const { document } = starterPolicy([{ name: 'create_virtual_key', category: 'Write' }]);
    expect(JSON.stringify(document)).toBe(
      '{"version":"1","default":"deny","tools":{"create_virtual_key":{"limits":[{"counter":"create_virtual_key_rate","window":"minute","max":30,"scope":"grant"}]}}}',
    );
  });

  it('keeps case and dots in the counter', () => {
    expect(starterPolicy([{ name: 'policies.Update', category: 'Write' }]).document.tools).toStrictEqual({
      'policies.Update': limit('policies.Update', 30),
    });
  });
});

describe('names that try to widen it', () => {
  it.each(['__proto__', 'constructor', 'a\nb', 'a\u2028b', 'a\u202eb', 'read*', 'x'.repeat(300)])(
    '%j is hidden even as a reading tool',
    (name) => {
      const { document, unnamed } = starterPolicy([{ name, category: 'Read' }]);
      expect(document).toStrictEqual({ version: '1', default: 'deny', hide: [name] });
      expect(unnamed).toStrictEqual([]);
    },
  );

  it.each(['*', '**', '', ' '])('%j gets no rule at all, and is named', (name) => {
    const { document, unnamed } = starterPolicy([{ name, category: 'Read' }]);
    expect(document).toStrictEqual({ version: '1', default: 'deny' });
    expect(unnamed).toStrictEqual([name]);
  });

  it('of two tools with one name the stricter treatment stays, in either order', () => {
    const read = { name: 't', category: 'Read' } as const;
    const destroy = { name: 't', category: 'Destructive' } as const;
    expect(starterPolicy([read, destroy]).document).toStrictEqual({ version: '1', default: 'deny', hide: ['t'] });
    expect(starterPolicy([destroy, read]).document).toStrictEqual({ version: '1', default: 'deny', hide: ['t'] });
  });
});

const anyJudged = fc.record({
  name: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '*', 'get', 'toString')),
  category: fc.constantFrom(...Category.options),
});

describe('for every set of tools', () => {
  it('the document parses, covers each tool once or names it as unnamed, and allows only what a rule names', () => {
    fc.assert(
      fc.property(fc.array(anyJudged), (judged) => {
        const { document, unnamed } = starterPolicy(judged);
        const read = PolicyDocument.parse(JSON.parse(JSON.stringify(document)));
        const rules = Object.keys(read.tools ?? {});
        const covered = [...(read.hide ?? []), ...rules, ...unnamed].sort();
        expect(covered).toStrictEqual([...new Set(judged.map(({ name }) => name.toWellFormed()))].sort());
        for (const rule of rules) expect(judged.some(({ name, category }) => name === rule && category !== 'Destructive')).toBe(true);
      }),
    );
  });

  it('the order of the tools does not matter', () => {
    fc.assert(
      fc.property(fc.array(anyJudged), (judged) => {
        expect(JSON.stringify(starterPolicy([...judged].reverse()))).toBe(JSON.stringify(starterPolicy(judged)));
      }),
    );
  });
});
