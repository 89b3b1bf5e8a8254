import { describe, expect, it } from 'vitest';
import { moneyMovement } from '../../../classifiers/rules/money-movement.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['create_refund', 'Create a refund for a payment.'],
  ['transfer', 'Transfer funds to an account.', { amount: { type: 'number' } }],
  ['place_order', 'Place a limit order on the exchange.'],
  ['swap_tokens', 'Swap one token for another.', { amount: { type: 'string' } }],
  ['pay_invoice'],
  ['create_payout', 'Create a payout.'],
  ['purchase_domain', 'Purchase a domain.'],
  ['create_subscription', 'Create a subscription for a customer.', { plan_id: { type: 'string' } }],
  ['enable_auto_renewal', 'Enable auto-renewal for a subscription.'],
  ['update_subscription', 'Update the subscription.', { seats: { type: 'integer' } }],
];

const LOOK_ALIKES: Example[] = [
  ['get_payment', 'Get a payment.'],
  ['create_payment_link', 'Create a payment link.'],
  ['transfer_ownership', 'Transfer ownership of a project.'],
  ['order_by', 'Order the rows by a column.'],
  ['create_coupon', 'Create a coupon.'],
  ['subscribe', 'Subscribe to resource updates.'],
  ['create_subscription', 'Create a subscription to a topic.', { topic: { type: 'string' } }],
  ['list_orders'],
  ['chargebee_list_plans', 'List plans in Chargebee.'],
  ['disable_auto_renewal', 'Disable auto-renewal for a subscription.'],
];

describe('money-movement', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(moneyMovement, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(moneyMovement, example)).toBeLessThanOrEqual(1);
  });
});
