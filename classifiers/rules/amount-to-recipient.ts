import { type Act, isReading } from '../act.ts';
import { namedOneOf } from '../name-set.ts';
import { type Parameter, parameterExcerpt } from '../parameter.ts';
import { mainAct } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';

const isAmount = namedOneOf(`
  amount, amount cents, amount minor, amount usd, amount in cents, total amount, lamports, wei, satoshis, sats, valor, betrag, importe, monto, montant, importo,
  amount eth, amount sol, value in wei, transfer amount, payment amount, send amount`);
/** Who or what gets it. An account alone may be where something is booked. */
const isRecipient = namedOneOf(`
  to, recipient, recipient id, recipient address, to address, destination, destination address, iban, payee, payee id, to account, to account id, beneficiary,
  beneficiary id, receiver, receiver id, target account, wallet address, to wallet, destination account, counterparty id, chave, destinatario, empfaenger, pix key, upi id,
  routing number, account number, to user, to user id, lightning invoice, bolt11, recipient account, dest address, receiving account id`);
const MOVING: ReadonlySet<string> = phrases(
  'send, submit, execute, run, perform, make, initiate, move, transfer, place, process, handle, manage',
);

export const amountToRecipient: Rule = {
  id: 'amount-to-recipient',
  category: 'Financial',
  finds: 'an amount and who receives it, in a call that sends',
  why: 'Whatever the call is named, a sum that goes to somebody is a payment.',
  detect(parsed) {
    const amount = oneOf(parsed.parameters, isAmount);
    const recipient = amount && oneOf(parsed.parameters, isRecipient);
    if (!recipient) return [];
    const weight = weightOf(mainAct(parsed));
    return weight > 0 ? [weigh(amountToRecipient, { at: amount.at, excerpt: parameterExcerpt(amount) }, weight)] : [];
  },
};

function oneOf(parameters: readonly Parameter[], isNamed: (words: readonly string[]) => boolean): Parameter | undefined {
  return parameters.find(({ depth, words }) => depth <= 1 && isNamed(words));
}

/** A quote and a draft have both, too. */
function weightOf(main: Act | undefined): number {
  if (!main) return 1.6;
  if (isReading(main)) return 0;
  return MOVING.has(main.verb) ? 1.6 : 0.8;
}
