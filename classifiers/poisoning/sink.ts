import { OUTSIDE } from './lexicon/objects.ts';
import type { Subject } from './subject.ts';
import { inWords } from './subject.ts';

/** Where a sentence has something carried to: out of the machine, into an argument, or into one whose name has nothing to do with it. */
export type Sink = 'outside' | 'unrelated-argument' | 'argument' | undefined;

const NAMED =
  /(?:\b(?:in|into|inside|to|as|via|through|using|under|within|with|onto|for|of|set|populate|fill|at)(?: out)?|[=:]) (?:(?:the|its|a|this|our|optional|required|hidden|extra) ){0,2}(?:`([^`\n]{1,60})`|["']([\w.-]{1,60})["']|([\w.-]{1,60}))( (?:field|parameter|param|argument|arg|property|input|slot|key|variable|header|value)\b)?|`([^`\n]{1,60})` (?:field|parameter|param|argument|property)\b|\b(?:field|parameter|param|argument|property|input) (?:named |called )?[`"']?([\w.-]{1,60})|\b([\w.-]{1,60}) (?:set to|carrying|holding|containing|equal to|filled with)\b/g;
const HERE =
  /\b(?:write|paste|put|place|pass|insert|provide|enter|include|give|add|supply|send|copy|fill|dump|store|attach|append|append it|return)(?: \S{1,40}){0,14}? here\b|\b(?:with|by calling|call|calling|invoke|invoking|through|via) (?:it|this(?: (?:tool|function|call|endpoint|parameter|field|argument))?) (?:with|carrying|giving|using|and)\b/;

/** A parameter's description that says what to put in. */
const FILLED =
  /(?:^(?:\S{1,40} ){0,3}|[,;:] (?:then |and |also )?)(?:paste|insert|put|include|fill|dump|embed|copy|append|attach|prefix|prepend|add|pass along|provide|quote) /;

export function sinkOf(sentence: string, object: string, parameter: string, subject: Subject): Sink {
  if (OUTSIDE.test(sentence)) return 'outside';
  let found: Sink;
  for (const match of sentence.matchAll(NAMED)) {
    const name = (match[1] ?? match[2] ?? match[3] ?? match[5] ?? match[6] ?? match[7] ?? '').replace(/[.-]+$/, '');
    const isArgument =
      subject.parameters.has(name) ||
      (name.length > 1 && (match[4] !== undefined || match[1] !== undefined || match[5] !== undefined) && !isCommon(name));
    if (!isArgument) continue;
    if (!isRelated(name, object)) return 'unrelated-argument';
    found = 'argument';
  }
  if (found === undefined) {
    for (const { 0: name, index } of sentence.matchAll(WORD)) {
      const isMeant = subject.parameters.has(name) && standsForArgument(sentence, name, index);
      if (isMeant) found = isRelated(name, object) ? 'argument' : 'unrelated-argument';
    }
  }
  const here = HERE.test(sentence) || (parameter !== '' && FILLED.test(sentence));
  if (found === undefined && here) return parameter !== '' && isRelated(parameter, object) ? 'argument' : 'unrelated-argument';
  return found;
}

const WORD = /[\w.-]{1,60}\w/g;

/** A word that stands for an argument: in backticks, or where the sentence says what it has to hold. */
function standsForArgument(sentence: string, name: string, at: number): boolean {
  return (
    sentence[at - 1] === '`' ||
    /^ (?:must|should|has to|needs to|carries|holds|contains|equals|is to|takes)\b/.test(sentence.slice(at + name.length))
  );
}

function isCommon(word: string): boolean {
  return /^(?:the|this|that|a|an|each|every|any|same|following|first|next|json|string|input|output|all|your|response|correct|appropriate|id|one)$/.test(
    word,
  );
}

/** Kinds of things that an argument may be named for, and be meant for. */
const KINDS: readonly RegExp[] = [
  /key|token|secret|passw|passcode|credential|auth|login|otp|code|cookie|session|bearer|pin|jwt|cvv|card/,
  /contact|email|mail|address|phone|recipient|user|person|name|profile|customer|attendee|participant|\bto\b|location|place|city/,
  /conversation|message|chat|history|context|prompt|transcript|dialog|thread|turn|memory|question|query|request|answer|reply|response|text|content|body|input|instruction/,
  /env|variable|config|setting/,
  /file|document|path|attachment|source|code|photo|image|content|repo/,
  /tool|schema|function|result|output/,
  /calendar|event|date|day/,
  /iban|account|bank|salary|amount|payment/,
];

/** Whether an argument's name says that it takes such a thing. */
function isRelated(parameter: string, object: string): boolean {
  const name = inWords(parameter).toLowerCase();
  if (name.split(' ').some((word) => word.length > 3 && object.includes(word.replace(/s$/, '')))) return true;
  return KINDS.some((kind) => kind.test(name) && kind.test(object));
}
