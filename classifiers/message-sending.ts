import { type Act, isDoneTo } from './act.ts';
import { oncePerTool } from './once-per-tool.ts';
import { mainAct, type ParsedTool } from './parsed-tool.ts';
import { phrases } from './phrases.ts';

const MESSAGING: ReadonlySet<string> = phrases(`
  reply, tweet, dm, sms, email, notify, broadcast, announce, invite, reinvite, message, comment`);
const SENDING: ReadonlySet<string> = phrases('send, resend, post, forward, publish, schedule, make, create, add, initiate, submit, push');
/** In singular: `sm` is what is left of `sms`. */
const MESSAGES: ReadonlySet<string> = phrases(`
  message, email, mail, sms, sm, text message, notification, invitation, invite, reply, dm, direct message, tweet, chat, alert,
  reminder, newsletter, campaign, phone call, voice call, whatsapp, broadcast, announcement, push notification, fax, slack message,
  outbound call, comment, chat message, voice message, flex message, template message, text`);
/** Verbs that make a message of these without sending it. */
const ONLY_MADE: ReadonlySet<string> = phrases('create, add, schedule, submit, make, initiate');
const SENT_BY_MAKING: ReadonlySet<string> = phrases(`
  phone call, voice call, outbound call, direct message, comment, invitation, invite, chat message, tweet`);
/** What programs say to each other, and what is said to a program. */
const OF_PROGRAMS: ReadonlySet<string> = phrases(`
  queue, kafka, topic, pubsub, commit, log, event, signal, udp, tcp, mqtt, sqs, sns, websocket, assistant, subagent, ai, llm, model, chatbot,
  claude, gpt, chatgpt, openai, gemini, copilot, terminal, process, agent, peer`);
/** Shown to whoever sits at the machine. */
const TO_ONESELF: ReadonlySet<string> = phrases('desktop, test, local, system, toast, macos, windows, self, os');
const ON_DESKTOP = /\b(?:desktop|system|os|native|macos|windows|toast) notifications?\b|\bnotification cent(?:er|re)\b/i;
/** Who is added to a group is told nothing that the caller writes. */
const GROUPS: ReadonlySet<string> = phrases('group, channel, supergroup, chat');
const OPENING = 400;

/** What a later sentence says about sending is about other tools, or about what somebody may use. */
const SAID = 1.3;

/** The acts that speak to people: a mail, a chat message, a post, a comment, an SMS, a call, an invitation. */
export const spokenMessages: (parsed: ParsedTool) => readonly Act[] = oncePerTool(findSpokenMessages);

function findSpokenMessages(parsed: ParsedTool): readonly Act[] {
  const found = parsed.acts.filter(sendsMessage);
  if (found.length === 0 || ON_DESKTOP.test(parsed.description.slice(0, OPENING))) return [];
  return found.filter((act) => !isTakenAway(act, parsed));
}

/** `deleteCollectionComment` ends with a word that may be a verb, and takes the comment away. */
function isTakenAway({ from }: Act, parsed: ParsedTool): boolean {
  if (from === 'choice') return false;
  const main = mainAct(parsed);
  const taking = main !== undefined && main.from === 'lead' && TAKING.has(main.sense);
  return (from === 'name' && taking) || parsed.acts.some((act) => act.from === 'name' && TAKING.has(act.sense));
}

const TAKING: ReadonlySet<string> = phrases('destroy, remove, clear, read');

function sendsMessage(act: Act): boolean {
  if (act.from === 'further' || (act.from !== 'name' && act.strength < SAID) || (act.from === 'choice' && act.at === '/description'))
    return false;
  if (!MESSAGING.has(act.verb) && !SENDING.has(act.verb)) return false;
  const words = act.objects.flat();
  if (OF_PROGRAMS.has(act.target) || words.some((word) => OF_PROGRAMS.has(word)) || words.some((word) => TO_ONESELF.has(word)))
    return false;
  if (INVITING.has(act.verb)) return !GROUPS.has(act.target);
  if (MESSAGING.has(act.verb)) return true;
  return SENDING.has(act.verb) && isDoneTo(act, ONLY_MADE.has(act.verb) ? SENT_BY_MAKING : MESSAGES);
}

/** Asks somebody in, mostly in words of the service. */
export const INVITING: ReadonlySet<string> = phrases('invite, reinvite');
