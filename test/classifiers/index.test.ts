import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../classifiers/rules/index.ts';
import { SIGNALS } from '../../classifiers/signals/index.ts';

function filesIn(folder: string): string[] {
  const names = readdirSync(new URL(`../../classifiers/${folder}/`, import.meta.url));
  return names
    .filter((name) => name !== 'index.ts')
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
}

describe('rules and signals', () => {
  it('are each in the file of their id, and each in the index', () => {
    expect(RULES.map(({ id }) => id).sort()).toEqual(filesIn('rules'));
    expect(SIGNALS.map(({ id }) => id).sort()).toEqual(filesIn('signals'));
  });

  it('have a weight between nothing and everything', () => {
    for (const { id, weight } of SIGNALS) expect(weight > 0 && weight < 1, id).toBe(true);
  });
});
