import { namedOneOf } from '../name-set.ts';
import type { Parameter } from '../parameter.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import { phrases } from '../phrases.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

const SUMS: ReadonlySet<string> = phrases('amount, amounts, price, budget, bid, fee, cost, lamports, wei, salary, tip');
const SUM_NAMES =
  'credit limit, spend limit, spending limit, amount cents, amount in cents, amount usd, unit price, price cents, max spend';
const isNamedSum = namedOneOf(SUM_NAMES);
const maybeSums = parametersEndingWith(SUMS, phrases(SUM_NAMES));
const COUNTED = /\b(?:number of (?:results|items|records)|how many)\b/i;

export const moneyAmount: Signal = {
  id: 'money-amount',
  finds: 'an argument that is a sum of money, a price or a spending limit, in a call that changes something',
  why: 'The caller chooses how much.',
  weight: 0.15,
  label: withParameters('Takes an amount of money'),
  detect: (parsed, { category }) => (category === 'Read' ? [] : atParameters(moneyAmount.id, maybeSums(parsed).filter(isSum))),
};

function isSum({ words, types, description }: Parameter): boolean {
  const counts = types.length === 0 || types.some((type) => type === 'number' || type === 'integer' || type === 'string');
  return counts && (SUMS.has(words.at(-1) ?? '') || isNamedSum(words)) && !COUNTED.test(description);
}
