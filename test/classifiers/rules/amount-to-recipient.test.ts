import { describe, expect, it } from 'vitest';
import { amountToRecipient } from '../../../classifiers/rules/amount-to-recipient.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const number = { type: 'number' } as const;
const text = { type: 'string' } as const;

const FOUND: Example[] = [
  ['wallet_send', '', { amount: number, to_address: text }],
  ['pix', 'Envia um Pix.', { valor: number, chave: text }],
  ['send_sats', 'Send sats over Lightning.', { amount: number, recipient: text }],
  ['ueberweisung', '', { betrag: number, iban: text }],
];

const LOOK_ALIKES: Example[] = [
  ['quote', 'Get a quote for a transfer.', { amount: number, to: text }],
  ['estimate_fee', 'Estimate a fee.', { amount: number, recipient: text }],
  ['create_invoice', 'Create a draft invoice.', { amount: number, recipient: text }],
  ['log_expense', 'Log an expense.', { amount: number, to: text }],
  ['send_message', 'Send a message.', { to: text, text }],
  ['create_budget', 'Create a budget.', { amount: number }],
];

describe('amount-to-recipient', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(amountToRecipient, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(amountToRecipient, example)).toBeLessThanOrEqual(1);
  });
});
