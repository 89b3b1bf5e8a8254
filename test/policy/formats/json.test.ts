import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessPolicy, Condition, Limit, ToolRule } from '../../../src/model/access-policy.ts';
import { PolicyDocument } from '../../../src/model/policy.ts';
import { type Counters, MemoryCounters } from '../../../src/policy/counters.ts';
import { type Call, evaluate } from '../../../src/policy/evaluate.ts';
import { json } from '../../../src/policy/formats/json.ts';
import { makePolicy } from '../../../src/policy/make-policy.ts';
import { readPolicy } from '../../../src/policy/read-policy.ts';
import { anyBasis, anyCall, tool } from '../tools.ts';

function documentOf(...tools: Parameters<typeof makePolicy>[0]['tools']): unknown {
  const policy = makePolicy({ server: 'S', tools, findings: [] }, { profile: 'standard', arguments: 'safe' });
  return JSON.parse(json.write(json.lower(policy)));
}

const limit = (name: string, max: number) => ({ limits: [{ counter: `${name}_rate`, window: 'minute', max, scope: 'grant' }] });
const approval = { deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] };

describe('the published document', () => {
  it.each([
    ['Read', { tools: { t: {} } }],
    ['Write', { tools: { t: limit('t', 30) } }],
    ['Execute', { tools: { t: limit('t', 10) } }],
    ['Permissions', { tools: { t: approval } }],
    ['Financial', { tools: { t: approval } }],
    ['Destructive', { hide: ['t'] }],
  ] as const)('of one %s tool', (category, rest) => {
    expect(documentOf(tool('t', category))).toStrictEqual({ version: '1', default: 'deny', ...rest });
  });

  it('is the published one, key for key, for create_virtual_key', () => {
    expect(JSON.stringify(documentOf(tool('create_virtual_key', 'Write')))).toBe(
      '{"version":"1","default":"deny","tools":{"create_virtual_key":{"limits":[{"counter":"create_virtual_key_rate","window":"minute","max":30,"scope":"grant"}]}}}',
    );
  });

  it('keeps case and dots in the counter', () => {
    expect(documentOf(tool('policies.Update', 'Write'))).toMatchObject({ tools: { 'policies.Update': limit('policies.Update', 30) } });
  });

  it.each(['__proto__', 'constructor', 'a\nb', 'a\u202eb', 'read*', 'x'.repeat(300)])('hides %j', (name) => {
    expect(documentOf(tool(name, 'Read'))).toStrictEqual({ version: '1', default: 'deny', hide: [name] });
  });

  it.each(['*', '**', '', ' '])('leaves %j under the default, and says so', (name) => {
    const policy = makePolicy({ server: 'S', tools: [tool(name, 'Read')], findings: [] }, { profile: 'standard', arguments: 'safe' });
    expect(documentOf(tool(name, 'Read'))).toStrictEqual({ version: '1', default: 'deny' });
    expect(json.lower(policy).notes).toMatchObject([{ tool: name }]);
  });

  it('says conditions so that an absent argument is what the rule says of it', () => {
    const actions = { list: 'Read', drop: 'Destructive' } as const;
    const given = tool('t', 'Destructive', { actions, properties: { force: { type: 'boolean' } }, signals: { 'force-flag': ['force'] } });
    expect(documentOf(given)).toMatchObject({
      tools: {
        t: {
          require: [{ conditions: [{ path: 'args.action', op: 'in', value: ['list'] }] }],
          deny_if: [{ conditions: [{ path: 'args.force', op: 'not_in', value: [false] }] }],
        },
      },
    });
  });
});

const RULE: ToolRule = {
  tool: 't',
  decision: 'allow',
  limits: [],
  require: [],
  why: { category: 'Read', access: 'Read', by: 'classification', reason: 'r', evidence: [], signals: [] },
};
const policyOf = (rule: Partial<ToolRule>, standing: AccessPolicy['default'] = 'deny'): AccessPolicy => ({
  form: 'assay-policy/1',
  server: 'S',
  profile: 'standard',
  default: standing,
  rules: [{ ...RULE, ...rule }],
  placeholders: [],
});

describe('what the document cannot say', () => {
  const at: Pick<Condition, 'path' | 'ifAbsent'> = { path: ['a'], ifAbsent: 'holds' };
  const conditions: Condition[] = [
    { ...at, op: 'within-folder', value: '/root' },
    { ...at, op: 'host-one-of', values: ['a.example'] },
    { ...at, op: 'at-most', value: { placeholder: 'MAX_AMOUNT' } },
    { ...at, op: 'one-of', path: ['a.b'], values: [1] },
  ];
  it.each(conditions.map((condition): [string, Condition] => [`${condition.op} ${condition.path}`, condition]))(
    '%s is denied',
    (_, condition) => {
      const { policy, notes } = json.lower(policyOf({ require: [condition] }));
      expect(policy.rules).toMatchObject([{ decision: 'deny' }]);
      expect(notes).toMatchObject([{ tool: 't' }]);
    },
  );

  it.each<Partial<Limit>>([{ scope: 'all' }, { amount: ['a'] }])('a limit with %j is denied', (extra) => {
    const given: Limit = { counter: 'c', window: 'hour', max: 1, scope: 'grant', ...extra };
    expect(json.lower(policyOf({ decision: 'limit', limits: [given] })).policy.rules).toMatchObject([{ decision: 'deny' }]);
  });

  it('an exception for an absent amount is no exception any more', () => {
    const { policy, notes } = json.lower(policyOf({ require: [{ ...at, op: 'at-most', value: 5 }] }));
    expect(policy.rules[0]?.require).toEqual([{ path: ['a'], ifAbsent: 'fails', op: 'at-most', value: 5 }]);
    expect(notes).toHaveLength(1);
  });

  it('nor is one for an argument inside another: what is no object there would pass', () => {
    const { policy } = json.lower(policyOf({ require: [{ path: ['a', 'b'], ifAbsent: 'holds', op: 'one-of', values: [1] }] }));
    expect(policy.rules[0]?.require[0]?.ifAbsent).toBe('fails');
  });

  it('a tool without a name to deny it by makes the default deny', () => {
    expect(json.lower(policyOf({ tool: '*', decision: 'hide' }, 'allow')).policy).toMatchObject({ default: 'deny', rules: [] });
  });
});

describe('for every policy', () => {
  function decisions(policy: AccessPolicy, calls: readonly Call[]) {
    const counters: Counters = new MemoryCounters();
    return calls.map((call) => evaluate(policy, call, counters).decision);
  }

  const STRICTNESS = ['allow', 'approve', 'deny'];

  it('the document reads back to what decides as it was lowered, and never looser than it was', () => {
    const basisAndCalls = anyBasis.chain((basis) =>
      fc.tuple(fc.constant(basis), fc.array(anyCall(basis.tools.map(({ definition }) => definition.name)), { maxLength: 40 })),
    );
    fc.assert(
      fc.property(basisAndCalls, fc.constantFrom('standard', 'strict', 'read-only'), ([basis, calls], profile) => {
        const policy = makePolicy(basis, { profile, arguments: 'safe' });
        const lowered = json.lower(policy);
        const text = json.write(lowered);
        expect(json.check(text)).toEqual([]);
        PolicyDocument.parse(JSON.parse(text));
        const read = readPolicy(text);
        if ('problems' in read) throw new Error(JSON.stringify(read.problems));
        const [asRead, asLowered] = [decisions(read.policy, calls), decisions(lowered.policy, calls)];
        expect(asRead).toEqual(asLowered);
        for (const call of calls) {
          const [before, after] = [policy, lowered.policy].map((one) => evaluate(one, call, new MemoryCounters()).decision);
          expect(STRICTNESS.indexOf(after ?? '')).toBeGreaterThanOrEqual(STRICTNESS.indexOf(before ?? ''));
        }
      }),
      { numRuns: 300 },
    );
  });
});
