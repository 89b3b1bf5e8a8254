import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ToolRule } from '../../../src/model/access-policy.ts';
import { intercept } from '../../../src/policy/formats/intercept.ts';
import { decidesAsLowered } from './consumer.ts';
import { interceptProxy } from './intercept.consumer.ts';
import { call, isFalse, perMinute, policyOf } from './rules.ts';

const limited: Partial<ToolRule> = { decision: 'limit', limits: [perMinute(2)] };

describe('Intercept', () => {
  it('writes rules, limits and what is hidden', () => {
    const lowered = intercept.lower(
      policyOf(
        'no',
        { tool: 'drop', decision: 'hide' },
        { tool: 'pay', decision: 'approve', message: 'Requires human approval.' },
        limited,
      ),
    );
    expect(parse(intercept.write(lowered), { version: '1.1' })).toEqual({
      version: '1',
      default: 'deny',
      hide: ['drop'],
      tools: {
        no: { rules: [] },
        pay: { rules: [{ name: 'denied', action: 'deny', on_deny: 'Requires human approval.' }] },
        t: { rules: [{ name: 'at most 2 per minute', rate_limit: '2/minute' }] },
      },
    });
  });

  it('counts as its limit says', () => {
    const consumer = interceptProxy();
    consumer.load(intercept.write(intercept.lower(policyOf(limited))));
    const at = [0, 59_999, 59_999, 60_000].map((now) => consumer.decide({ ...call('t'), now }));
    expect(at).toEqual(['allow', 'allow', 'deny', 'allow']);
  });

  it.each<[string, Partial<ToolRule>[]]>([
    ['a limit of a tool with a dot in its name', [{ ...limited, tool: 'a.b' }]],
    ['a limit of the tool that is called as all are', [{ ...limited, tool: '_global' }]],
    ['a limit of an amount', [{ ...limited, limits: [perMinute(2, { amount: ['a'] })] }]],
    ['two limits in one window', [{ ...limited, limits: [perMinute(2), perMinute(3, { counter: 'other' })] }]],
    [
      'a limit over several tools',
      [
        { ...limited, tool: 'a' },
        { ...limited, tool: 'b' },
      ],
    ],
    ['a condition', [{ require: [isFalse] }]],
    ['a condition beside a limit', [{ ...limited, require: [isFalse] }]],
  ])('denies %s, and says so', (_, rules) => {
    const { policy, notes } = intercept.lower(policyOf(...rules));
    expect(policy.rules.map(({ decision }) => decision)).toEqual(rules.map(() => 'deny'));
    expect(notes).toHaveLength(rules.length);
  });

  it('leaves the key that merges in YAML under the default', () => {
    expect(intercept.lower(policyOf('<<'))).toMatchObject({ policy: { rules: [] }, notes: [{ tool: '<<' }] });
  });

  it.each([
    ['version: "2"\ndefault: deny\ntools: {}\n', '/version'],
    ['version: "1"\ndefault: deny\ntools: {a: {rules: []}, a: {rules: []}}\n', 'line 3'],
    ['version: "1"\ndefault: deny\ntools: {a.b: {rules: [{name: n, rate_limit: 1/minute}]}}\n', '/tools'],
  ])('names what is wrong with %j', (text, at) => {
    expect(intercept.check(text)).toMatchObject([{ at }]);
  });

  it('decides every call as the stand-in does', async () => decidesAsLowered(intercept, interceptProxy), 60_000);
});
