import { describe, expect, it } from 'vitest';
import { moneyAmount } from '../../../classifiers/signals/money-amount.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Takes an amount of money (amount)', ['create_refund', 'Refund a payment.', { amount: { type: 'number' } }]],
  ['Takes an amount of money (credit_limit)', ['update_key', 'Update a key.', { credit_limit: { type: 'number' } }]],
];

const LOOK_ALIKES: Example[] = [
  ['list_payments', 'List payments.', { amount: { type: 'number' } }],
  ['create_items', 'Create items.', { amount: { type: 'number', description: 'Number of items' } }],
  ['x', 'Update it.', { amount_visible: { type: 'boolean' } }],
];

describe('money-amount', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(moneyAmount, tool);
    expect(evidence).not.toEqual([]);
    expect(moneyAmount.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(moneyAmount, tool)).toEqual([]);
  });
});
