import { describe, expect, it } from 'vitest';
import { missingDescription } from '../../../classifiers/signals/missing-description.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['No description', ['x']],
  ['No description', ['x', '  \n']],
];

const LOOK_ALIKES: Example[] = [['x', 'Says it.']];

describe('missing-description', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(missingDescription, tool);
    expect(evidence).not.toEqual([]);
    expect(missingDescription.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(missingDescription, tool)).toEqual([]);
  });
});
