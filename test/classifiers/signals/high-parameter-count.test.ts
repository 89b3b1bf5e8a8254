import { describe, expect, it } from 'vitest';
import { highParameterCount } from '../../../classifiers/signals/high-parameter-count.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  [
    'High parameter count (10 properties)',
    [
      'x',
      '',
      {
        p0: { type: 'string' },
        p1: { type: 'string' },
        p2: { type: 'string' },
        p3: { type: 'string' },
        p4: { type: 'string' },
        p5: { type: 'string' },
        p6: { type: 'string' },
        p7: { type: 'string' },
        p8: { type: 'string' },
        p9: { type: 'string' },
      },
    ],
  ],
  [
    'High parameter count (11 properties)',
    [
      'x',
      '',
      {
        p0: { type: 'string' },
        p1: { type: 'string' },
        p2: { type: 'string' },
        p3: { type: 'string' },
        p4: { type: 'string' },
        p5: { type: 'string' },
        p6: { type: 'string' },
        p7: { type: 'string' },
        targets: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } } },
      },
    ],
  ],
];

const LOOK_ALIKES: Example[] = [
  [
    'x',
    '',
    {
      p0: { type: 'string' },
      p1: { type: 'string' },
      p2: { type: 'string' },
      p3: { type: 'string' },
      p4: { type: 'string' },
      p5: { type: 'string' },
      p6: { type: 'string' },
      p7: { type: 'string' },
      p8: { type: 'string' },
    },
  ],
  [
    'x',
    '',
    {
      p: {
        type: 'string',
        enum: [
          'v0',
          'v1',
          'v2',
          'v3',
          'v4',
          'v5',
          'v6',
          'v7',
          'v8',
          'v9',
          'v10',
          'v11',
          'v12',
          'v13',
          'v14',
          'v15',
          'v16',
          'v17',
          'v18',
          'v19',
          'v20',
          'v21',
          'v22',
          'v23',
          'v24',
          'v25',
          'v26',
          'v27',
          'v28',
          'v29',
        ],
      },
    },
  ],
];

describe('high-parameter-count', () => {
  it('counts the same property of several variants once, and ends on a cycle', () => {
    const variant = { properties: { id: {}, name: {}, kind: {} } };
    const cyclic = { anyOf: [variant, { properties: { ...variant.properties, size: {} } }, { ...variant, title: 'c' }], $ref: '#' };
    expect(foundBy(highParameterCount, ['x', '', { target: cyclic }])).toEqual([]);
  });

  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(highParameterCount, tool);
    expect(evidence).not.toEqual([]);
    expect(highParameterCount.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(highParameterCount, tool)).toEqual([]);
  });
});
