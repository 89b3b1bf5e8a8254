import { describe, expect, it } from 'vitest';
import type { Condition } from '../../../src/model/access-policy.ts';
import type { JsonValue } from '../../../src/model/json.ts';
import { MemoryCounters } from '../../../src/policy/counters.ts';
import { evaluate } from '../../../src/policy/evaluate.ts';
import { envoy } from '../../../src/policy/formats/envoy.ts';
import { decidesAsLowered } from './consumer.ts';
import { mcpRoute } from './envoy.consumer.ts';
import { call, isFalse, isListed, perMinute, policyOf } from './rules.ts';

const AT = { path: ['a'] };
const CONDITIONS: readonly Condition[] = (['holds', 'fails'] as const).flatMap((ifAbsent): Condition[] => [
  { ...AT, ifAbsent, op: 'one-of', values: ['x', 1, null] },
  { ...AT, ifAbsent, op: 'one-of', values: [false] },
  { ...AT, ifAbsent, op: 'not-one-of', values: ['x', 1.5, true] },
  { ...AT, ifAbsent, op: 'at-most', value: 10 },
  { ...AT, ifAbsent, op: 'text-one-of', values: ['x', '"]||true||["'] },
]);
const VALUES: readonly (JsonValue | undefined)[] = [
  undefined,
  ...['x', 'y', '1', '"]||true||["', 1, 1.5, 10, 10.5, -1, 0, true, false, 'false', null, {}, { x: 1 }],
  ...[[], ['x'], ['x', 'y'], [1], [false], [null], [{}], [10, 11]],
];

describe('CEL for Envoy AI Gateway', () => {
  it.each(CONDITIONS.map((condition) => [JSON.stringify(condition), condition] as const))('says exactly what %s says', (_, condition) => {
    const policy = policyOf({ require: [condition] });
    const lowered = envoy.lower(policy);
    expect(lowered).toEqual({ policy, notes: [] });
    const consumer = mcpRoute();
    expect(consumer.load(envoy.write(lowered))).toBeUndefined();
    for (const value of VALUES) {
      const asked = call('t', value === undefined ? {} : { a: value });
      expect([value, consumer.decide(asked)]).toEqual([value, evaluate(policy, asked, new MemoryCounters()).decision]);
    }
  });

  it('denies what is an array in an array, whatever is in it', () => {
    const consumer = mcpRoute();
    consumer.load(envoy.write(envoy.lower(policyOf({ require: [isListed] }))));
    expect(consumer.decide(call('t', { action: [['list']] }))).toBe('deny');
  });

  it('lists a tool whose arguments are narrowed', () => {
    const consumer = mcpRoute('tools/list');
    consumer.load(envoy.write(envoy.lower(policyOf({ require: [isListed] }))));
    expect([consumer.decide(call('t')), consumer.decide(call('u'))]).toEqual(['allow', 'deny']);
  });

  it.each([
    { decision: 'limit' as const, limits: [perMinute(30)] },
    { decision: 'approve' as const },
    { require: [{ ...isFalse, path: ['a', 'b'] }] },
    { require: [{ op: 'within-folder' as const, path: ['a'], ifAbsent: 'fails' as const, value: '/root' }] },
    { require: [{ op: 'host-one-of' as const, path: ['a'], ifAbsent: 'fails' as const, values: ['a.example'] }] },
    { require: [{ op: 'at-most' as const, path: ['a'], ifAbsent: 'fails' as const, value: { placeholder: 'MAX' } }] },
  ])('denies %j, and says so', (rule) => {
    const { policy, notes } = envoy.lower(policyOf(rule));
    expect(policy.rules).toMatchObject([{ decision: 'deny' }]);
    expect(notes).toMatchObject([{ tool: 't' }]);
  });

  it('keeps to what Kubernetes takes', () => {
    const open = Array.from({ length: 300 }, (_, index) => `a-rather-long-name-of-a-tool-${index}`);
    const many = Array.from({ length: 70 }, (_, index) => ({ tool: `t${index}`, require: [isFalse] }));
    const text = envoy.write(envoy.lower(policyOf(...open, ...many)));
    expect(envoy.check(text)).toEqual([]);
    const consumer = mcpRoute();
    expect(consumer.load(text)).toBeUndefined();
    expect([...open.map((tool) => call(tool)), ...many.map(({ tool }) => call(tool, { force: false }))].map(consumer.decide)).not.toContain(
      'deny',
    );
    expect(many.map(({ tool }) => consumer.decide(call(tool, { force: true })))).not.toContain('allow');
  });

  it('denies a tool whose conditions are longer than a rule may be', () => {
    const values = Array.from({ length: 500 }, (_, index) => `action-${index}`);
    const { policy, notes } = envoy.lower(policyOf({ require: [{ op: 'one-of', path: ['action'], values, ifAbsent: 'fails' }] }));
    expect([policy.rules, notes]).toMatchObject([[{ decision: 'deny' }], [{ tool: 't' }]]);
  });

  it('names what is wrong with a file', () => {
    const text = 'spec: {securityPolicy: {authorization: {defaultAction: Perhaps, rules: []}}}\n';
    expect(envoy.check(text)).toMatchObject([{ at: '/spec/securityPolicy/authorization/defaultAction' }]);
  });

  it('decides every call as the engine does', async () => decidesAsLowered(envoy, () => mcpRoute()), 60_000);
});
