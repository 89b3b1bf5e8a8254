import { describe, expect, it } from 'vitest';
import { annotationContradiction } from '../../../classifiers/signals/annotation-contradiction.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Annotations contradict what the tool does', ['delete_file', 'Delete a file.', {}, { readOnlyHint: true }]],
  ['Annotations contradict what the tool does', ['execute', 'Run JavaScript.', { code: { type: 'string' } }, { readOnlyHint: true }]],
  ['Annotations contradict what the tool does', ['drop_table', 'Drop a table.', {}, { destructiveHint: false }]],
];

const LOOK_ALIKES: Example[] = [
  ['get_file', 'Get a file.', {}, { readOnlyHint: true }],
  ['delete_file', 'Delete a file.', {}, { readOnlyHint: false }],
  ['frobnicate', '', {}, { readOnlyHint: true }],
  ['delete_file', 'Delete a file.'],
];

describe('annotation-contradiction', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(annotationContradiction, tool);
    expect(evidence).not.toEqual([]);
    expect(annotationContradiction.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(annotationContradiction, tool)).toEqual([]);
  });
});
