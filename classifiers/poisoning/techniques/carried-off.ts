import { looksForAttacks, SETS_UP } from '../frames.ts';
import { Concept } from '../lexicon/concepts.ts';
import { Cue } from '../lexicon/cues.ts';
import { CONTEXT, CREDENTIAL, PERSONAL, SECRET_PLACE, SECRET_STORE, WHOLE } from '../lexicon/objects.ts';
import { BINDING, isCarried, ordersIn } from '../lexicon/orders.ts';
import { MODEL_ACTS } from '../lexicon/people.ts';
import { Stem } from '../lexicon/stems.ts';
import type { Sentence } from '../passage.ts';
import { type Sink, sinkOf } from '../sink.ts';
import { meets, type Needs } from '../stems.ts';
import type { Subject } from '../subject.ts';
import { addsUp } from '../suspicion.ts';
import { sentenceIn, type TextTechnique } from '../technique.ts';

const NEEDS = [
  Stem.place | Stem.carry,
  Stem.talk | Stem.carry | Stem.address,
  Stem.talk | Stem.carry | Stem.quoted,
  Stem.secret | Stem.carry | Stem.address,
  Stem.secret | Stem.carry | Stem.whole,
  Stem.talk | Stem.carry | Stem.whole,
];

export const exfiltrationOrder: TextTechnique = {
  id: 'exfiltration-order',
  severity: 'critical',
  finds: 'an order to fetch secrets, private data or the conversation and to hand them over',
  why: 'The model obeys it with the rights of the person it works for, and the data leaves with an ordinary call.',
  needs: NEEDS,
  detect: (passage, subject) => sentenceIn(passage, NEEDS, (sentence) => carriesOff(sentence, subject)),
};

/** Something worth stealing, an order to carry it, and where it goes or why it is not the tool's business. */
function carriesOff(sentence: Sentence, subject: Subject): boolean {
  const { concepts, stems } = sentence;
  if ((stems & Stem.place) === 0 && !addsUp(concepts, stems, sentence.isAside)) return false;
  const things = thingsIn(sentence);
  const { text } = sentence;
  if (things.length === 0 || !isCarried(text)) return false;
  if (sentence.concealment !== undefined && isOrdered(text)) return !looksForAttacks(text);
  const foreign = things.filter((thing) => !isOwnBusiness(thing, sentence, subject));
  if (foreign.length === 0 || SETS_UP.test(text) || KEPT_THERE.test(text)) return false;
  return foreign.some((thing) => {
    const sink = sinkOf(text, thing.text, sentence.parameter, subject);
    return (sink !== undefined || thing.kind === 'place') && isTheft(thing.kind, text, sink) && !looksForAttacks(text);
  });
}

function isOrdered(text: string): boolean {
  return ordersIn(text).length > 0;
}

type Kind = 'place' | 'store' | 'context' | 'personal' | 'credential';
interface Thing {
  readonly kind: Kind;
  readonly text: string;
}
/** Each with what its words are about, and the cues of which it needs one, all of one at least. */
const KINDS: readonly (readonly [Kind, RegExp, stems: number, concepts: number, cues: Needs])[] = [
  ['place', SECRET_PLACE, Stem.place, -1, [Cue.secretThing]],
  ['store', SECRET_STORE, Stem.place, -1, [Cue.secretThing]],
  [
    'context',
    CONTEXT,
    Stem.talk,
    Concept.talk | Concept.text | Concept.result | Concept.tool | Concept.record | Concept.person,
    [Cue.said, Cue.spoken | Cue.earlier],
  ],
  ['credential', CREDENTIAL, Stem.secret, -1, [0]],
  [
    'personal',
    PERSONAL,
    Stem.talk,
    Concept.personal | Concept.record | Concept.text | Concept.key | Concept.person,
    [Cue.personal, Cue.belongings | Cue.owned],
  ],
];

function thingsIn(sentence: Sentence): Thing[] {
  const { stems, concepts, cues } = sentence;
  const things: Thing[] = [];
  for (const [kind, pattern, needed, about, cued] of KINDS) {
    if ((stems & needed) === 0 || (about !== -1 && (concepts & about) === 0) || !meets(cues, cued)) continue;
    const match = pattern.exec(sentence.text);
    if (match && !saysWhere(kind, sentence.text, match.index)) things.push({ kind, text: match[0].trim() });
  }
  return things;
}

/** `agreed in chat` says where it was said, and is nothing to carry. */
function saysWhere(kind: Kind, text: string, at: number): boolean {
  return kind === 'context' && /\b(?:in|within|during) (?:the |this |a )?$/.test(text.slice(Math.max(0, at - 14), at));
}

function isTheft(kind: Kind, text: string, sink: Sink): boolean {
  const away = sink === 'outside' || sink === 'unrelated-argument';
  const bound = BINDING.test(text) || MODEL_ACTS.test(text);
  const ordered = isOrdered(text);
  const elsewhere = ELSEWHERE.test(text);
  switch (kind) {
    case 'place':
      return sink !== undefined || (ordered && (bound || !DESCRIBES.test(text)));
    case 'store':
      return away && (ordered || bound);
    case 'context':
      return (sink === 'unrelated-argument' && WHOLE.test(text)) || (sink === 'outside' && (ordered || bound));
    case 'credential':
      return away && (ordered || bound) && (elsewhere || sink === 'outside');
    case 'personal':
      return away && ordered && (elsewhere || WHOLE.test(text) || sink === 'unrelated-argument');
  }
}

/** A sentence that says what the tool does, in its own person. */
const DESCRIBES =
  /^(?:this (?:tool|command|function)|it|the (?:tool|server|command))? ?(?:uses|reads|loads|looks|returns|lists|writes|supports|accepts|requires|checks|creates|generates|stores|saves|works|searches|expects)\b|^(?:path|name|location|file|directory|folder|contents?|full path|absolute path|optional)\b/;

/** The place is where something is to be put, or one of the tool's own settings. */
const KEPT_THERE =
  /\b(?:set|add|put|store|save|define|export|create|configure|write|insert)(?: \S+){1,5} (?:in|to|into|as|via|inside) (?:(?:your|the|an?|its) )?(?:\S+ )?(?:\.env|env(?:ironment)? (?:file|variables?)|\.npmrc|keychain|keyring|secrets? manager|~?\/?\.(?:aws|ssh|kube|docker|env|npmrc|netrc))|"role"|\bwill be automatically |\bbecomes? the |\/<\w{1,20}>|, not in `|\bname of (?:a|the) (?:stored|saved)\b/;

/** From where the tool has no business: another tool, memory, the log, the machine. */
const ELSEWHERE =
  /\b(?:from|of|in|on|out of|below|under) (?:\S{1,30} ){0,3}?(?:memory|logs?|keychain|vault|environment|machine|device|computer|disk|browser|clipboard|workspace|home|config\w*|session|history|conversation|chat|profile|terminal|shell|filesystem|inbox|mailbox|phone|database|(?:other|another|different|slack|github|second|crm|mail|\w+) (?:server|mcp|connector|plugin)s?)\b|\b(?:other|another) (?:\w+ )?(?:tool|service|app|account)s?\b|\bvalues? of\b|\b(?:found|available|visible|seen) (?:there|in|on)\b|\bwithout (?:asking|permission|consent)\b|\b(?:saved|stored|existing|cached|known|remembered?) \w+|\byou (?:know|remember|hold)\b|\b\w+_(?:api_)?(?:key|token|secret|password)\b|\b(?:have|has|had) (?:\w+ )?(?:seen|learn(?:ed|t)|received|read|collected)\b|\buser'?s? (?:\w+ )?(?:wallet|bank|saved|home)\b/;

/** What the tool says it is for: reading secrets is a vault's business. */
function isOwnBusiness(thing: Thing, { opens, role }: Sentence, { purpose, about }: Subject): boolean {
  if (opens || role === 'title' || role === 'name' || (thing.kind === 'context' && (about & Concept.talk) !== 0)) return true;
  const noun =
    thing.text
      .split(' ')
      .at(-1)
      ?.replace(/(?:es|s)$/, '') ?? '';
  return noun.length > 2 && purpose.includes(noun);
}
