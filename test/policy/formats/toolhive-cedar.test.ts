import { validate } from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toolhiveCedar } from '../../../src/policy/formats/toolhive-cedar.ts';
import { decidesAsLowered } from './consumer.ts';
import { call, isFalse, isListed, perMinute, policyOf, type Said } from './rules.ts';
import { toolhive } from './toolhive-cedar.consumer.ts';

function policiesOf(...rules: readonly Said[]): string[] {
  return parse(toolhiveCedar.write(toolhiveCedar.lower(policyOf(...rules)))).cedar.policies;
}

describe('Cedar for ToolHive', () => {
  it('permits by the exact name, and a switch by its attribute', () => {
    expect(policiesOf('read', { tool: 'move', require: [isFalse] })).toEqual([
      'permit(principal, action == Action::"call_tool", resource == Tool::"move") when ' +
        '{ ((!(context has "arg_force") && !(context has "arg_force_present")) || (context has "arg_force" && (context["arg_force"] == false))) };',
      'permit(principal, action == Action::"call_tool", resource == Tool::"read");',
    ]);
  });

  it.each<[string, Said]>([
    ['a limit', { decision: 'limit', limits: [perMinute(30)] }],
    ['an approval', { decision: 'approve' }],
    ['a text, which may come in an array', { require: [isListed] }],
    ['an argument in another', { require: [{ ...isFalse, path: ['a', 'b'] }] }],
    ['an argument whose name could be that of another', { require: [{ ...isFalse, path: ['a_present'] }] }],
  ])('denies %s, and says so', (_, rule) => {
    const { policy, notes } = toolhiveCedar.lower(policyOf(rule));
    expect(policy.rules).toMatchObject([{ decision: 'deny' }]);
    expect(notes).toMatchObject([{ tool: 't' }]);
  });

  it('has a policy where nothing is allowed: ToolHive takes no file without one', () => {
    expect(policiesOf()).toEqual(['forbid(principal, action == Action::"call_tool", resource);']);
  });

  it('keeps to strict types in the schema of such a call', () => {
    const staticPolicies = Object.fromEntries(
      policiesOf('read', { tool: 'move', require: [isFalse] }).map((text, index) => [`p${index}`, text]),
    );
    const schema = `entity Client; entity Tool;
      action "call_tool" appliesTo { principal: [Client], resource: [Tool], context: { "arg_force"?: Bool, "arg_force_present"?: Bool } };`;
    const answer = validate({ schema, policies: { staticPolicies }, validationSettings: { mode: 'strict' } });
    expect(answer).toMatchObject({ type: 'success', validationErrors: [] });
  });

  it.each([
    [{}, 'allow'],
    [{ force: false }, 'allow'],
    [{ force: true }, 'deny'],
    [{ force: 'false' }, 'deny'],
    [{ force: [false] }, 'deny'],
  ] as const)('decides %j as %s', (args, verdict) => {
    const consumer = toolhive();
    consumer.load(toolhiveCedar.write(toolhiveCedar.lower(policyOf({ require: [isFalse] }))));
    expect(consumer.decide(call('t', JSON.parse(JSON.stringify(args))))).toBe(verdict);
  });

  it('names what is wrong with a file', () => {
    expect(toolhiveCedar.check('version: "1.0"\ntype: cedarv1\ncedar: {policies: []}\n')).toMatchObject([{ at: '/cedar/policies' }]);
    expect(toolhiveCedar.check('version: "1.0"\ntype: cedarv1\ntype: cedarv1\n')).toMatchObject([{ at: 'line 3' }]);
  });

  it('decides every call as the engine does', async () => decidesAsLowered(toolhiveCedar, toolhive), 60_000);
});
