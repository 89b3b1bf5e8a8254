import { expect, it } from 'vitest';
import { cloaking } from '../../classifiers/server/cloaking.ts';
import type { SecondLook } from '../../src/model/enumeration.ts';

function look(seen: Partial<SecondLook>): SecondLook {
  return { client: 'claude-ai', status: 'complete', added: [], removed: [], changed: [], ...seen };
}

it('finds nothing where both looks saw the same', () => {
  expect(cloaking(look({}))).toEqual([]);
});

const CASES: readonly [seen: Partial<SecondLook>, technique: string, severity: string, differences: string][] = [
  [{ cause: 'client', changed: ['read_file'] }, 'client-dependent-definitions', 'high', '1 defined otherwise'],
  [{ cause: 'client', added: ['send', 'pay'], removed: ['list'] }, 'client-dependent-definitions', 'high', '2 more, 1 fewer'],
  [{ cause: 'unstable', added: ['a'] }, 'unstable-definitions', 'medium', '1 more'],
];

it.each(CASES)('%o is %s', (seen, technique, severity, differences) => {
  const [finding] = cloaking(look(seen));
  expect(finding).toMatchObject({ kind: 'cloaking', technique, severity });
  expect(finding?.message).toContain(differences);
});

it('names ten tools at most, and counts all', () => {
  const [finding] = cloaking(look({ cause: 'client', added: Array.from({ length: 40 }, (_, index) => `tool_${index}`) }));
  expect(finding?.evidence).toHaveLength(10);
  expect(finding?.message).toContain('40 more');
});
