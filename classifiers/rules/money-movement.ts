import { type Act, isDoneTo } from '../act.ts';
import { type Parameter, parameterExcerpt } from '../parameter.ts';
import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { singular } from '../singular.ts';
import { speaksOf } from '../speaks-of.ts';
import { MONEY } from '../things.ts';
import { identifierWords } from '../words.ts';

const COMMITTING: ReadonlySet<string> = phrases(
  'create, submit, send, initiate, place, book, reserve, execute, confirm, capture, process, perform, issue, add, broadcast, provide, supply, schedule',
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
const BILLING = /\b(?:billing|payments?|paypal|stripe|recurly|invoic\w{1,5}|checkout|commerce|pricing|prices?|plans?|seats?)\b/i;
/** Whoever turns this on buys again at every due date. */
const RECURRING: ReadonlySet<string> = phrases(
  'auto renewal, automatic renewal, auto renew, autorenew, autorenewal, auto recharge, auto top',
);
const RENEWING = phrases('create, update, change, resume, renew, start, upgrade, reactivate, cancel, downgrade, pause');
/** Wages are paid when one of these is done to a payroll, not when it is drafted. */
const PAYROLLS: ReadonlySet<string> = phrases('payroll, pay run, payrun, salary, wage');
const RUNNING: ReadonlySet<string> = phrases('run, submit, process, finalize, finalise, approve, execute, complete');
/** A cart is paid for at its checkout; a checkout page or session is only offered. */
const CARTS: ReadonlySet<string> = phrases('cart, basket, order, shopping cart, current cart');
/** Bought where they are booked, unless nothing is said of a price and they may be a mere date. */
const TRIPS: ReadonlySet<string> = phrases(
  'flight, hotel, hotel room, trip, ride, train, train ticket, ticket, rental car, car rental, accommodation, stay, cruise, taxi, cab',
);
const BOOKING: ReadonlySet<string> = phrases('book, reserve, order, request');
const REGISTERED: ReadonlySet<string> = phrases('domain, domain name');
const REGISTERING: ReadonlySet<string> = phrases('register, renew, transfer');
/** Traded where the definition speaks of a market. */
const HOLDINGS: ReadonlySet<string> = phrases('position, option, option position, option contract, order, share, holding, contract');
const TRADING: ReadonlySet<string> = phrases('close, exercise, replace, modify, exit, flatten, roll');
const MARKET =
  /\b(?:trad(?:e|es|ing|er)|brokers?|brokerage|exchange|futures|stocks?|crypto|equit(?:y|ies)|portfolio|alpaca|binance|symbol|ticker|leverage|expiry)\b/i;
const REWARDS: ReadonlySet<string> = phrases('reward, airdrop, yield, interest, bounty, staking reward');
const CHAIN_SENT: ReadonlySet<string> = phrases('transaction, signed transaction, raw transaction, tx');
const CHAIN_SENDING: ReadonlySet<string> = phrases('send, broadcast, submit');

export const moneyMovement: Rule = {
  id: 'money-movement',
  category: 'Financial',
  finds: 'paying, refunding, transferring, trading, buying',
  why: 'Money that was moved or spent does not come back by itself.',
  detect(parsed) {
    const moved = parsed.acts.flatMap((act) => {
      const share = shareOf(act, parsed);
      return share > 0 ? [weigh(moneyMovement, act, act.strength * share)] : [];
    });
    const bulk = parsed.acts.some(isForMany) ? parsed.parameters.find(movesMany) : undefined;
    if (bulk) moved.push(weigh(moneyMovement, { at: bulk.at, excerpt: parameterExcerpt(bulk) }, 2));
    const charge = parsed.acts.some(commits) && isCharged(parsed) ? mentionOf(parsed, CHARGED) : undefined;
    return charge ? [...moved, weigh(moneyMovement, charge, 1.8)] : moved;
  },
};

/** A bulk request or a batch does to many what its type says. */
const MANY: ReadonlySet<string> = phrases('request, bulk request, batch, bulk, job, bulk job, resource, operation');

function isForMany(act: Act): boolean {
  return COMMITTING.has(act.verb) && isDoneTo(act, MANY);
}

function movesMany({ choices, words, depth, description }: Parameter): boolean {
  if (depth > 0 || !KINDS.has(words.at(-1) ?? '')) return false;
  const named = choices.length > 0 ? choices : description.slice(0, MAX_LISTED).split(/[\s,.]+/);
  return named.some((choice) => MONEY.has(identifierWords(choice).map(singular).join(' ')));
}

const MAX_LISTED = 200;
const KINDS: ReadonlySet<string> = phrases('type, kind, resource, object, entity');

/** Said of money that is spent by the call itself. */
const CHARGED =
  /\b(?:billing starts|money leaves|(?:is|are|will be|gets) (?:(?:immediately|automatically|then) )?(?:charged|debited)\b(?! (?:with|by the phone))|charges (?:the|your|a) (?:\w{1,20} )?(?:card|payment method|wallet|bank account)|with (?:an? )?(?:\w{1,20} )?(?:stored|saved|default|instant) payment\b|with the (?:stored|saved|default) (?:payment|card)|(?:starts|adds|attach|buys?) (?:a )?paid (?:plan|add-?on|subscription))/i;
const NOT_CHARGED = /\b(?:nothing|no \w{1,20}|not|never) (?:is |are |will be |be |gets )?(?:charged|debited)\b/i;
const ORDERING: ReadonlySet<string> = phrases(
  'create, book, request, order, rent, place, attach, add, submit, start, reserve, confirm, complete, launch, buy, approve, upgrade, send',
);

/** One of these stands in every mention. */
const speaksOfCharges = speaksOf('billing, money, charge, charged, debited, payment, card, paid');

function isCharged(parsed: ParsedTool): boolean {
  if (!speaksOfCharges(parsed)) return false;
  const opening = parsed.description.slice(0, MAX_SAID);
  return CHARGED.test(opening) && !NOT_CHARGED.test(opening);
}

function commits({ verb, from }: Act): boolean {
  return (from === 'name' || from === 'lead') && ORDERING.has(verb);
}

function shareOf(act: Act, parsed: ParsedTool): number {
  if (act.sense !== 'pay' && act.sense !== 'move-value' && !MAY_SPEND.has(act.verb)) return 0;
  if (act.sense === 'pay') return act.verb === 'pay' && PAY_NOUNS.has(act.objects[0]?.[0] ?? '') ? 0 : 1;
  if (act.sense === 'move-value') return movesValue(act, parsed) || isBought(act, parsed) ? 1 : 0;
  if (act.verb === 'enable' && isDoneTo(act, RECURRING)) return 1;
  if (COMMITTING.has(act.verb) && isDoneTo(withoutPlanned(act), MONEY)) return 1;
  if (isBought(act, parsed)) return 1;
  if (RENEWING.has(act.verb) && act.objects.some((words) => words.at(-1) === 'subscription')) return isBilled(parsed) ? 1 : 0;
  if (CHANGING_PLANS.has(act.verb) && (isDoneTo(act, PLANS) || PLANS.has(act.target))) return PLAN_BILLING.test(saidOf(parsed)) ? 1 : 0;
  if (!COMMITTING.has(act.verb) || !isDoneTo(act, COMMITMENTS)) return 0;
  return act.verb === 'place' || SPENDING.test(parsed.description) || parsed.parameters.some(({ words }) => PAID_WITH.has(words.join(' ')))
    ? 1
    : 0;
}

/** Written down, no more. */
const PLANNED: ReadonlySet<string> = phrases('draft, expected, planned, proposed, mock, simulated, template');

function withoutPlanned(act: Act): Act {
  return { ...act, objects: act.objects.filter((words) => !words.some((word) => PLANNED.has(word))) };
}

/** `pay statement`, `pay period`: nothing is paid there. */
const PAY_NOUNS: ReadonlySet<string> = phrases('statement, stub, period, rate, group, grade, schedule, slip, cycle, frequency, scale, day');

/** A plan is a project's elsewhere. */
const PLANS: ReadonlySet<string> = phrases('plan, subscription plan');
const CHANGING_PLANS: ReadonlySet<string> = phrases('change, upgrade, downgrade, cancel, switch');
const PLAN_BILLING = /\b(?:billing|billed|payments?|subscriptions?|invoic\w{1,5}|pricing|seats?|paid|premium)\b/i;
const PAID_WITH: ReadonlySet<string> = phrases(
  'payment, payment method, payment method id, payment token, card id, payment profile, leverage, limit price, stop price, order type',
);

/** Wages, a cart, a trip, a domain, a holding, a reward, a transfer on a chain. */
function isBought(act: Act, parsed: ParsedTool): boolean {
  if (RUNNING.has(act.verb) && isDoneTo(act, PAYROLLS)) return true;
  if (act.verb === 'checkout' || act.verb === 'complete')
    return (
      (isDoneTo(act, CARTS) && !act.objects.some((words) => words.includes('draft'))) ||
      (act.verb === 'complete' && isDoneTo(act, CHECKOUTS))
    );
  if (BOOKING.has(act.verb) && (isDoneTo(act, TRIPS) || isDoneTo(act, MEALS))) return true;
  if ((BOOKING.has(act.verb) || COMMITTING.has(act.verb)) && act.objects.some(isTripOrder)) return true;
  if (REGISTERING.has(act.verb) && isDoneTo(act, REGISTERED) && !isDoneTo(act, OWNERSHIP))
    return isRegistrar(parsed) || act.verb !== 'register';
  if (act.verb === 'claim' && isDoneTo(act, REWARDS)) return true;
  if (CHAIN_SENDING.has(act.verb) && isDoneTo(act, CHAIN_SENT))
    return act.verb === 'broadcast' || parsed.parameters.some(({ words }) => AMOUNTS.has(words.at(-1) ?? ''));
  return TRADING.has(act.verb) && isDoneTo(act, HOLDINGS) && MARKET.test(saidOf(parsed));
}

/** Every verb that is asked about above: most verbs are none of them. */
const MAY_SPEND: ReadonlySet<string> = new Set([
  ...['enable', 'checkout', 'complete', 'claim'],
  ...[COMMITTING, RENEWING, CHANGING_PLANS, RUNNING, BOOKING, REGISTERING, CHAIN_SENDING, TRADING].flatMap((verbs) => [...verbs]),
]);

/** `flight order`, `hotel booking`, `flight offer`; of a flight status nothing is bought. */
function isTripOrder(words: readonly string[]): boolean {
  return TRIP_ORDERS.has(words.at(-1) ?? '') && words.some((word) => TRIPS.has(word));
}

const TRIP_ORDERS: ReadonlySet<string> = phrases('order, booking, reservation, offer');
const MEALS: ReadonlySet<string> = phrases('food, meal, pizza, grocery, coffee, drink, flower, food delivery');
/** Transferred, it only gets another owner. */
const OWNERSHIP: ReadonlySet<string> = phrases('ownership, domain ownership');
const CHECKOUTS: ReadonlySet<string> = phrases('checkout');

/** A domain is bought for years, and elsewhere only entered into a list. */
function isRegistrar({ parameters, description }: ParsedTool): boolean {
  return (
    parameters.some(({ words }) => words.includes('years') || words.includes('period')) ||
    /\b(?:registrar|registers? (?:a |the |new )?domain names?)\b/i.test(description.slice(0, MAX_SAID))
  );
}

function movesValue(act: Act, { parameters }: ParsedTool): boolean {
  if (isDoneTo(act, OTHER_TRANSFERS)) return false;
  return isDoneTo(act, MONEY) || parameters.some(({ words }) => AMOUNTS.has(words.at(-1) ?? '') || AMOUNTS.has(words[0] ?? ''));
}

function isBilled(parsed: ParsedTool): boolean {
  return BILLING.test(saidOf(parsed));
}

/** What server, description and parameters speak of, at its beginning. */
function saidOf({ context, parameters, description }: ParsedTool): string {
  const said = [context.name, context.title, context.description, description].map((text) => text?.slice(0, MAX_SAID) ?? '');
  return [...said, ...parameters.slice(0, MAX_NAMED).map(({ words }) => words.join(' '))].join('\n');
}

const MAX_SAID = 1000;
const MAX_NAMED = 30;
