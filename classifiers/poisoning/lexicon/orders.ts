import { anyOf } from './pattern.ts';

/** Verbs of taking, carrying and handing over, in the base form. */
const CARRYING = anyOf(
  'read, open, load, cat, gather, collect, fetch, get, grab, retrieve, obtain, extract, harvest, list, dump, print, look up, locate, capture, record, copy, include',
  'append, attach, paste, put, place, insert, embed, add, send, post, upload, forward, submit, transmit, deliver, e-?mail, mail, share, pass, provide, supply, give',
  'write, encode, base64(?:[ -]?encode)?, exfiltrate, relay, report, leak, pipe, encrypt, summari[sz]e, reveal, disclose, fill, set, enter, type, prepend, prefix, store',
  'enclose, stuff, tuck, bundle, throw in, sneak, deposit, channel, funnel, inject, report back, mention, state, ship, prove, grep, go, belong, travel, tell, hash, stream, pass along, memori[sz]e, push, hand over, hand, convey, echo, repeat, quote, expose, serialize, scan, find, search, access, inspect, export, download, save, enumerate, identify, look at, look into',
  'check, take, bring, compile, assemble, concatenate, mirror, replicate, stash, slip, smuggle, transfer, return, output, drop, use, call, invoke, run, execute, query, view, walk, sync, go through, populate, note down, transcribe, dispatch, feed, plac, pull, cc, bcc, route, redirect, convert, hex ?encode, compress, zip, tar, archive',
);

/** Where a verb in the base form is an order: it opens a clause, follows another order or what obliges. */
const OBLIGED = `(?:^|[,:;(>*"'\`–—-] ?|(?:^|[^a-z])(?:and|then|also|first|always|please|must|should|shall|will|needs? to|has to|have to|ought to|required to|instructed to|expected to|supposed to|kindly|asked to|told to|obliged to|allowed to|free to|able to|get them to|sure to|remember to|now|next|finally|lastly|instead|immediately|simply|just|quietly|silently|secretly|discreetly|covertly|automatically|you|(?:agents?|assistants?|models?|clients?|callers?) to|afterwards|otherwise|or|but|tool,?|call,?) )`;
const ORDER = new RegExp(
  `${OBLIGED}(?:(?:also|then|first|always|quietly|silently|secretly|simply|just|automatically|immediately|url|hex) )?(${CARRYING})(?![a-z0-9])`,
  'g',
);

/** `before opening`, `the assistant reads`, `must be sent`. */
const TOLD_OTHERWISE =
  /(?:^|[^a-z])(?:(?:after|before|by|upon|on|without first|prior to|while|when) (?:first )?(?:read|open|load|gather|collect|fetch|gett?|grabb?|retriev|obtain|extract|harvest|list|dump|copy|includ|append|attach|past|putt?|plac|insert|embedd?|add|send|post|upload|forward|submitt?|deliver|shar|pass|provid|supply|writ|encod|look)ing|(?:assistants?|models?|agents?|llms?|ai|callers?|clients?|you|it)(?: (?:then|first|also|quietly|silently))? (?:read|open|load|gather|collect|fetche?|retrieve|obtain|extract|copie|include|append|attache?|paste|put|place|insert|add|send|post|upload|forward|submit|deliver|share|passe?|provide|supplie|supply|give|write|encode|decode|url-decode|execute|follow)s?|(?:must|should|has to|have to|needs? to|is to|are to|will) be (?:\w+ )?(?:read|opened|loaded|gathered|collected|fetched|retrieved|copied|included|appended|attached|pasted|put|placed|inserted|added|sent|posted|uploaded|forwarded|submitted|delivered|shared|passed|provided|supplied|given|written|encoded|recorded|set|filled))(?![a-z0-9])/g;
const NEGATED_LIST = new RegExp(
  `(?:\\bnever|\\bnot|n't|\\bdont|\\bcannot|\\bavoid)(?: ever| also)? (?:${CARRYING},? (?:or |and |nor )?){1,6}$`,
);
const NEGATED =
  /(?:\bnever|\bnot|n't|\bdont|\bcannot|\bavoid|\brefrain from|\bno need to|\bwithout|\bnor|\brather than|\binstead of)(?: \w+){0,2}[ ,]*$/;

/** Where each order in a sentence begins; what it forbids is left out. */
export function ordersIn(sentence: string): number[] {
  const starts: number[] = [];
  for (const match of sentence.matchAll(ORDER)) addUnlessNegated(sentence, match.index + match[0].length - (match[1]?.length ?? 0), starts);
  for (const { index } of sentence.matchAll(TOLD_OTHERWISE)) addUnlessNegated(sentence, index + 1, starts);
  return starts.sort((a, b) => a - b);
}

/** Any form of a verb of carrying. */
const CARRIED = new RegExp(
  `(?<![a-z0-9_-])(?:${CARRYING.slice(3, -1)}|look)(?:s|es|ed|d|n|ing|ting|ping|ning|bing)?(?![a-z0-9])|(?<![a-z0-9_-])(?:goes|required|prefix(?:ed)?|equals?|carr(?:y|ies)|sent|given|taken|brought|written|copied|copies|copying|supplied|applied|carried|found|held|kept|retriev(?:ed|ing)|includ(?:ed|ing)|plac(?:ed|ing)|past(?:ed|ing)|writing|stor(?:ed|ing)|requires?|needs|expects|wants|demands|contains|holds|carries|must (?:hold|contain|carry))(?![a-z0-9])`,
  'g',
);

/** Whether a sentence has something carried at all, by whomever, other than by forbidding it. */
export function isCarried(sentence: string): boolean {
  for (const { index } of sentence.matchAll(CARRIED)) {
    if (!isNegated(sentence, index)) return true;
  }
  return false;
}

/** Forbidden by itself, or as one of a list: `do not read, open or echo`. */
function isNegated(sentence: string, start: number): boolean {
  const before = sentence.slice(Math.max(0, start - 48), start);
  return NEGATED.test(before) || NEGATED_LIST.test(before);
}

function addUnlessNegated(sentence: string, start: number, starts: number[]): void {
  if (!isNegated(sentence, start)) starts.push(start);
}

/** What ties an order to each use of the tool, to a moment, or to a need that is only claimed. */
export const BINDING =
  /\b(?:before|prior to|after(?:wards)?|every time|each time|each call|every call|each use|always|also|first|finally|additionally|in addition|must|required?|needed|need to|in order (?:to|for)|for (?:this|the) tool to work|as part of|to (?:get|ensure|guarantee|verify|validate|prove|unlock|avoid|improve|enable|make sure)|required:|ahead of|whenever|as soon as|once|on (?:each|every|first|the following)|at the (?:start|beginning|end)|if (?:the )?(?:chat|conversation|user|message)|otherwise|or else|mandatory|rejects?|fails? without|side note|beforehand|initially)\b/;
