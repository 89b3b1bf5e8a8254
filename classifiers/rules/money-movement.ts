import { type Act, isDoneTo } from '../act.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { MONEY } from '../things.ts';

const COMMITTING: ReadonlySet<string> = phrases(
  'create, submit, send, initiate, place, book, reserve, execute, confirm, capture, process, perform, issue, add',
);
/** Trade orders and paid plans: commitments only where something in the definition says what they cost or trade. */
const COMMITMENTS: ReadonlySet<string> = phrases(
  'order, subscription, plan, booking, reservation, domain, position, upgrade, addon, license',
);
const AMOUNTS: ReadonlySet<string> = phrases('amount, price, payment, qty, leverage, slippage, lamports, wei, usd, currency');
const OTHER_TRANSFERS: ReadonlySet<string> = phrases(
  'file, call, ownership, project, repository, issue, conversation, data, domain, ticket, chat',
);
const SPENDING =
  /\b(?:charg\w{1,30} (?:the|your|a) |places? (?:a|an|new)?\s?(?:\w{1,30} ){0,3}order\b|market order|limit order|purchas\w{1,30}|real (?:money|funds)|paid (?:plan|subscription)|payment method (?:will|is) (?:be )?charged|spends? )/i;
/** A subscription is paid where billing is spoken of, and a feed of notifications elsewhere. */
const BILLING = /\b(?:billing|payments?|paypal|stripe|invoic\w{1,5}|checkout|commerce|pricing|prices?|plans?|seats?)\b/i;
/** Whoever turns this on buys again at every due date. */
const RECURRING: ReadonlySet<string> = phrases(
  'auto renewal, automatic renewal, auto renew, autorenew, autorenewal, auto recharge, auto top',
);
const RENEWING = phrases('create, update, change, resume, renew, start, upgrade, reactivate');

export const moneyMovement: Rule = {
  id: 'money-movement',
  category: 'Financial',
  finds: 'paying, refunding, transferring, trading, buying',
  why: 'Money that was moved or spent does not come back by itself.',
  detect(parsed) {
    return parsed.acts.flatMap((act) => {
      const share = shareOf(act, parsed);
      return share > 0 ? [weigh(moneyMovement, act, act.strength * share)] : [];
    });
  },
};

function shareOf(act: Act, parsed: ParsedTool): number {
  if (act.sense === 'pay') return 1;
  if (act.sense === 'move-value') return movesValue(act, parsed) ? 1 : 0;
  if (act.verb === 'enable' && isDoneTo(act, RECURRING)) return 1;
  if (COMMITTING.has(act.verb) && isDoneTo(act, MONEY)) return 1;
  if (RENEWING.has(act.verb) && act.objects.some((words) => words.at(-1) === 'subscription')) return isBilled(parsed) ? 1 : 0;
  if (!COMMITTING.has(act.verb) || !isDoneTo(act, COMMITMENTS)) return 0;
  return act.verb === 'place' || SPENDING.test(parsed.description) ? 1 : 0;
}

function movesValue(act: Act, { parameters }: ParsedTool): boolean {
  if (isDoneTo(act, OTHER_TRANSFERS)) return false;
  return isDoneTo(act, MONEY) || parameters.some(({ words }) => AMOUNTS.has(words.at(-1) ?? '') || AMOUNTS.has(words[0] ?? ''));
}

function isBilled({ context, parameters, description }: ParsedTool): boolean {
  const said = [context.name, context.title, context.description, description, ...parameters.flatMap(({ words }) => words)];
  return said.some((text) => BILLING.test(text?.slice(0, MAX_SAID) ?? ''));
}

const MAX_SAID = 1000;
