import { spokenMessages } from '../message-sending.ts';
import { atMentions, type Signal } from '../signal.ts';

export const outboundMessage: Signal = {
  id: 'outbound-message',
  finds: 'a mail, chat message, post, comment, SMS or call to other people',
  why: 'It speaks in the name of the user and cannot be unsaid.',
  weight: 0.15,
  label: () => 'Sends messages to other people',
  detect: (parsed, { category }) => (category === 'Read' ? [] : atMentions(outboundMessage.id, [spokenMessages(parsed)[0]])),
};
