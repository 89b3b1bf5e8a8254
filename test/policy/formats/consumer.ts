import fc from 'fast-check';
import { expect } from 'vitest';
import type { AccessPolicy } from '../../../src/model/access-policy.ts';
import { MemoryCounters } from '../../../src/policy/counters.ts';
import { type Call, evaluate } from '../../../src/policy/evaluate.ts';
import type { PolicyFormat } from '../../../src/policy/formats/policy-format.ts';
import { makePolicy } from '../../../src/policy/make-policy.ts';
import { anyBasis, anyCall } from '../tools.ts';

type Verdict = 'allow' | 'approve' | 'deny';

/** What takes the file at its users', or a stand-in that says so. */
export interface Consumer {
  /** @returns Why it refuses the file. */
  load(text: string): string | undefined;
  decide(call: Call): Verdict | Promise<Verdict>;
}

const STRICTNESS: readonly Verdict[] = ['allow', 'approve', 'deny'];

/** Syntax of the forms, for names of tools that are to be nothing but names. */
const SYNTAX = [
  '"',
  '\\',
  "'",
  '*',
  'a"||true||"',
  'a\\"',
  'x" or true //',
  '"); permit(principal, action, resource); //',
  'a::b',
  'Tool::"a"',
  '<<',
  '&a',
  '!!str a',
  '- a',
  'a: b',
  '{a',
  '#a',
  'null',
  'true',
  'no',
  '1',
  'a,b',
  'server:a',
  'A',
  '-',
  'false',
  'é😀',
  '_global',
];

const anyPolicy = fc
  .record({
    basis: anyBasis,
    names: fc.array(fc.oneof(fc.constantFrom(...SYNTAX), fc.string({ unit: 'grapheme' })), { maxLength: 6 }),
    profile: fc.constantFrom('standard', 'strict', 'read-only'),
    standing: fc.constantFrom('deny', 'deny', 'allow'),
  })
  .map(({ basis, names, profile, standing }): AccessPolicy => {
    const tools = basis.tools.map((tool, index) => ({
      ...tool,
      definition: { ...tool.definition, name: names[index] ?? tool.definition.name },
    }));
    return { ...makePolicy({ ...basis, tools }, { profile, arguments: 'safe' }), default: standing };
  });

const anyPolicyAndCalls = anyPolicy.chain((policy) =>
  fc.tuple(fc.constant(policy), fc.array(anyCall([...policy.rules.map(({ tool }) => tool), ...SYNTAX]), { maxLength: 40 })),
);

/** For every policy and call: the consumer takes the file, decides as the lowered policy does, and that is no looser than the policy. */
export async function decidesAsLowered(format: PolicyFormat, makeConsumer: () => Consumer): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyPolicyAndCalls, async ([policy, calls]) => {
      const lowered = format.lower(policy);
      const text = format.write(lowered);
      expect(format.check(text)).toEqual([]);
      expect(format.write(format.lower(policy))).toBe(text);
      const consumer = makeConsumer();
      expect(consumer.load(text)).toBeUndefined();
      const counters = new MemoryCounters();
      for (const call of calls) {
        const expected = evaluate(lowered.policy, call, counters).decision;
        expect(await consumer.decide(call), JSON.stringify({ call, text })).toBe(expected);
        const fresh = [policy, lowered.policy].map((one) => STRICTNESS.indexOf(evaluate(one, call, new MemoryCounters()).decision));
        expect(fresh[1]).toBeGreaterThanOrEqual(fresh[0] ?? 0);
      }
    }),
    { numRuns: 150 },
  );
}
