import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessPolicy, type Profile } from '../../src/model/access-policy.ts';
import type { Category, Finding } from '../../src/model/classification.ts';
import { MemoryCounters } from '../../src/policy/counters.ts';
import { type Call, evaluate, settle } from '../../src/policy/evaluate.ts';
import { fillPlaceholders } from '../../src/policy/fill-placeholders.ts';
import { makePolicy, type PolicyBasis } from '../../src/policy/make-policy.ts';
import type { ArgumentRules } from '../../src/policy/narrow-arguments.ts';
import { anyBasis, anyCall, HOSTILE_NAMES, tool, toxic } from './tools.ts';

const ALL_ARGUMENT_RULES: readonly ArgumentRules[] = ['none', 'safe', 'all'];

function rulesOf(tools: PolicyBasis['tools'], profile: Profile, findings: readonly Finding[] = [], rules: ArgumentRules = 'safe') {
  return makePolicy({ server: 'S', tools, findings }, { profile, arguments: rules }).rules;
}

describe('each profile treats each category as the table says', () => {
  const inShort = (category: Category, profile: Profile) => {
    const [rule] = rulesOf([tool('t', category)], profile);
    return `${rule?.decision}${rule?.limits.map(({ max, window }) => ` ${max}/${window}`).join('') ?? ''}`;
  };
  it.each([
    ['Read', 'allow', 'limit 60/minute', 'allow'],
    ['Write', 'limit 30/minute', 'approve 30/minute', 'hide'],
    ['Execute', 'limit 10/minute', 'deny', 'hide'],
    ['Permissions', 'approve', 'deny', 'hide'],
    ['Financial', 'approve', 'deny', 'hide'],
    ['Destructive', 'hide', 'hide', 'hide'],
  ] as const)('%s', (category, standard, strict, readOnly) => {
    expect([inShort(category, 'standard'), inShort(category, 'strict'), inShort(category, 'read-only')]).toEqual([
      standard,
      strict,
      readOnly,
    ]);
  });
});

describe('more than the category counts', () => {
  const decisions = (tools: PolicyBasis['tools'], findings: readonly Finding[] = []) =>
    (['standard', 'strict', 'read-only'] as const).map((profile) => rulesOf(tools, profile, findings)[0]?.decision);

  it('a read that gives secrets needs approval, and is denied where nobody is asked', () => {
    expect(decisions([tool('get_secret', 'Read', { signals: { 'secret-output': [] } })])).toEqual(['approve', 'deny', 'deny']);
  });

  it('a write that answers with a secret stays what the published documents make of it', () => {
    expect(decisions([tool('create_key', 'Write', { signals: { 'secret-output': [] } })])).toEqual(['limit', 'approve', 'hide']);
  });

  it('a way out needs approval only where the server has a toxic combination', () => {
    const way = [tool('send', 'Read', { signals: { egress: [] } })];
    expect(decisions(way)).toEqual(['allow', 'limit', 'allow']);
    expect(decisions(way, [toxic])).toEqual(['approve', 'deny', 'deny']);
    expect(decisions([tool('look', 'Read')], [toxic])).toEqual(['allow', 'limit', 'allow']);
  });

  it('is said in the reason, in our words', () => {
    const [rule] = rulesOf([tool('send', 'Read', { signals: { egress: [] } })], 'standard', [toxic]);
    expect(rule?.why).toEqual({
      category: 'Read',
      access: 'Read',
      by: 'classification',
      reason: 'Read: Read access, low risk; with other tools of this server it can carry private data out.',
      evidence: [{ at: '/description', excerpt: 'Read' }],
      signals: ['egress'],
    });
  });

  it('what nothing is known of is a write, and says so', () => {
    const known = tool('t', 'Write');
    const [rule] = rulesOf([{ ...known, classification: { ...known.classification, evidence: [] } }], 'standard');
    expect(rule).toMatchObject({ decision: 'limit', why: { by: 'unknown', reason: expect.stringMatching(/^Nothing shows what it does/) } });
  });

  it('a corrected tool says that people decided', () => {
    const known = tool('t', 'Write');
    const correction = { classified: 'Read', why: 'w', shownBy: 's', date: '2026-01-02' } as const;
    const [rule] = rulesOf([{ ...known, hash: 'h', classification: { ...known.classification, correction } }], 'standard');
    expect(rule).toMatchObject({ definition: 'h', why: { by: 'correction' } });
  });
});

describe('names', () => {
  it.each(HOSTILE_NAMES)('%j is hidden even as a reading tool', (name) => {
    expect(rulesOf([tool(name, 'Read')], 'standard')).toMatchObject([{ tool: name, decision: 'hide' }]);
  });

  it('of two tools with one name both ask for what they ask', () => {
    const read = tool('t', 'Read', { properties: { force: { type: 'boolean' } }, signals: { 'force-flag': ['force'] } });
    for (const tools of [
      [read, tool('t', 'Financial'), tool('t', 'Write')],
      [tool('t', 'Write'), tool('t', 'Financial'), read],
    ]) {
      expect(rulesOf(tools, 'standard')).toMatchObject([{ decision: 'approve', limits: [{ max: 30 }], require: [{ path: ['force'] }] }]);
    }
    expect(rulesOf([read, tool('t', 'Destructive')], 'standard')).toMatchObject([{ decision: 'hide' }]);
  });
});

describe('for every set of tools', () => {
  const anyRules = fc.constantFrom(...ALL_ARGUMENT_RULES);
  const values: ReadonlyMap<string, string> = new Map([
    ['MAX_AMOUNT', '10'],
    ['PATH_ROOT', '/root'],
    ['ALLOWED_HOSTS', 'ok.example'],
    ['ALLOWED_RECIPIENTS', 'me'],
  ]);

  function made(basis: PolicyBasis, profile: Profile, rules: ArgumentRules): AccessPolicy {
    const policy = makePolicy(basis, { profile, arguments: rules });
    const names = new Set(policy.placeholders.map(({ name }) => name));
    const filled = fillPlaceholders(policy, new Map([...values].filter(([name]) => names.has(name))));
    if ('problems' in filled) throw new Error(JSON.stringify(filled.problems));
    return filled.policy;
  }

  /** Of the calls, in their order, those that come through, be it with approval. */
  function through(policy: AccessPolicy, calls: readonly Call[]) {
    const counters = new MemoryCounters();
    return calls.filter((call) => {
      const { decision } = evaluate(policy, call, counters);
      return decision === 'approve' ? settle(policy, call, counters).decision === 'allow' : decision === 'allow';
    });
  }

  /** Of the calls those that come through unasked. */
  function unasked(policy: AccessPolicy, calls: readonly Call[]) {
    const counters = new MemoryCounters();
    return calls.filter((call) => evaluate(policy, call, counters).decision === 'allow');
  }

  const basisAndCalls = anyBasis.chain((basis) =>
    fc.tuple(
      fc.constant(basis),
      fc.array(anyCall(basis.tools.map(({ definition }) => definition.name)), { maxLength: 4 }),
      fc.constantFrom(1, 11, 31, 61),
    ),
  );

  it('strict never lets through what standard does not, whatever the calls and their number', () => {
    fc.assert(
      fc.property(basisAndCalls, anyRules, ([basis, calls, times], rules) => {
        const many = Array.from({ length: times }, () => calls).flat();
        const [standard, strict] = [made(basis, 'standard', rules), made(basis, 'strict', rules)];
        const came = through(strict, many);
        expect(through(standard, came)).toEqual(came);
        const free = unasked(strict, many);
        expect(unasked(standard, free)).toEqual(free);
      }),
      { numRuns: 300 },
    );
  });

  it('read-only lets only reads through', () => {
    fc.assert(
      fc.property(basisAndCalls, anyRules, ([basis, calls], rules) => {
        const policy = made(basis, 'read-only', rules);
        for (const call of through(policy, calls)) {
          const judged = basis.tools.filter(({ definition }) => definition.name === call.tool);
          for (const { classification } of judged) {
            if (classification.category === 'Read') continue;
            const chosen = [call.arguments['action']].flat();
            expect(chosen.length).toBeGreaterThan(0);
            for (const value of chosen) expect(classification.actions.find((action) => action.value === value)?.category).toBe('Read');
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('there is one rule for each name, sorted, that its schema reads back', () => {
    fc.assert(
      fc.property(anyBasis, anyRules, (basis, rules) => {
        const policy = makePolicy(basis, { profile: 'standard', arguments: rules });
        expect(AccessPolicy.parse(JSON.parse(JSON.stringify(policy))).rules).toHaveLength(policy.rules.length);
        expect(policy.rules.map((rule) => rule.tool)).toEqual([...new Set(basis.tools.map(({ definition }) => definition.name))].sort());
        for (const { decision, limits, require } of policy.rules) {
          if (decision === 'limit') expect(limits).not.toEqual([]);
          if (decision === 'hide' || decision === 'deny') expect([...limits, ...require]).toEqual([]);
        }
      }),
    );
  });

  it('the order of the tools does not matter', () => {
    fc.assert(
      fc.property(anyBasis, anyRules, (basis, rules) => {
        const choice = { profile: 'standard', arguments: rules } as const;
        const reversed = { ...basis, tools: basis.tools.toReversed() };
        expect(JSON.stringify(makePolicy(reversed, choice))).toBe(JSON.stringify(makePolicy(basis, choice)));
      }),
    );
  });
});
