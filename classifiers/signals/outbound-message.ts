import { type Act, isDoneTo } from '../act.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';

const MESSAGING: ReadonlySet<string> = phrases(
  'reply, tweet, dm, sms, email, notify, broadcast, announce, invite, reinvite, message, comment',
);
const SENDING: ReadonlySet<string> = phrases('send, post, forward, publish, schedule, make, create, add, initiate, submit, share');
const MESSAGES: ReadonlySet<string> = phrases(`
  message, email, mail, sms, text message, notification, invitation, invite, reply, dm, direct message, tweet, chat, alert,
  reminder, newsletter, campaign, phone call, voice call, whatsapp, broadcast, announcement, push notification, fax, slack message,
  outbound call, comment, chat message, voice message`);
/** Verbs that make a message of these without sending it. */
const ONLY_MADE: ReadonlySet<string> = phrases('create, add, schedule, submit, make');
const SENT_BY_MAKING: ReadonlySet<string> = phrases(`
  phone call, voice call, outbound call, direct message, comment, invitation, invite, chat message, tweet`);

export const outboundMessage: Signal = {
  id: 'outbound-message',
  finds: 'a mail, chat message, post, comment, SMS or call to other people',
  why: 'It speaks in the name of the user and cannot be unsaid.',
  weight: 0.15,
  label: () => 'Sends messages to other people',
  detect: ({ acts }: ParsedTool, { category }) => (category === 'Read' ? [] : atMentions(outboundMessage.id, [acts.find(sends)])),
};

function sends(act: Act): boolean {
  if (act.from === 'further') return false;
  if (MESSAGING.has(act.verb)) return true;
  if (!SENDING.has(act.verb)) return false;
  return isDoneTo(act, ONLY_MADE.has(act.verb) ? SENT_BY_MAKING : MESSAGES);
}
