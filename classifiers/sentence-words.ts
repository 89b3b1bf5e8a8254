import { phrases } from './phrases.ts';

/** What a word does in a sentence, whatever is spoken of. A word may have several of these roles; they are the bits of one number. */
export const ROLE = {
  /** Stands before what is done: `this`, `tool`, `to`. */
  preamble: 1,
  /** Joins two verbs or two objects. */
  joint: 2,
  /** From here on a sentence no longer says what is done, or denies it. */
  subordinating: 4,
  /** Ends a noun phrase. */
  endsPhrase: 8,
  /** Articles and the like: no part of what a thing is called. */
  unspoken: 16,
  /** Praises. */
  puffery: 32,
  /** Opens advice on when and how to call the tool. */
  advising: 64,
  /** Stands before what a thing is taken from. */
  from: 128,
  /** Stands before what a thing is put to. */
  to: 256,
} as const;

/** What a sentence says before it says what is done: `Use this tool to …`, `Allows you to …`, `Permanently …`. */
const PREAMBLE = words(`
  this the a an tool tools function endpoint method api mcp server command operation operations utility helper action skill use used uses using it to
  for that which can will is be are allows allow lets let helps help enables enable you your user users agent agents client llm please when want wants
  need needs permanently quickly safely securely directly simply just automatically optionally immediately asynchronously synchronously recursively
  programmatically efficiently explicitly manually easily only first also dangerous destructive warning important note deprecated admin beta write
  experimental by : & ( ) / , new purpose description summary one or more following select and primary main assistant assistants powerful esta este
  herramienta ferramenta outil cet permite permet de para pour questo strumento consente dieses werkzeug ermöglicht einen eine ein um`);
const JOINTS = words('and or , / & ( then also optionally permanently y e et und и o ou oder');
const SUBORDINATING = phrases(
  'which, that, when, if, before, after, so, because, but, while, whether, unless, not, without, instead, than, since, as, where, who, whose, except, rather, never',
);
const PHRASE_ENDS = words(`
  with using by from in into on for to via at as that which when if through within under inside between against without before after based
  over across during until per while where whose including like such whether so now previously already currently recently immediately permanently
  de del da dans vom von der в из для на с em
  を に から ( : ; .`);
const UNSPOKEN = phrases(
  'el, la, los, las, un, una, uno, le, les, des, une, il, lo, gli, uma, um, os, ein, eine, einen, den, die, das, a, an, the, one, or, more, all, any, some, new, existing, specific, given, single, multiple, your, this, these, its, their, current, specified, certain, every, each, another, you',
);
const PUFFERY = phrases(`
  powerful, seamless, seamlessly, effortless, effortlessly, friendly, awesome, amazing, revolutionary, fun, delightful, magical, supercharge, ultimate`);
/** Words that open advice on when and how to call the tool. */
const ADVISING = phrases(`
  when, whenever, if, before, after, do, don't, never, always, see, avoid, must, please, requires, required, prerequisite, prerequisites, because, tip`);

/** The roles of lower-case words and marks; most words have none. */
export const ROLES: ReadonlyMap<string, number> = allRoles();

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

function allRoles(): Map<string, number> {
  const roles = new Map<string, number>();
  const add = (list: ReadonlySet<string>, role: number) => {
    for (const word of list) roles.set(word, (roles.get(word) ?? 0) | role);
  };
  add(PREAMBLE, ROLE.preamble);
  add(JOINTS, ROLE.joint);
  add(SUBORDINATING, ROLE.subordinating);
  add(PHRASE_ENDS, ROLE.endsPhrase);
  add(UNSPOKEN, ROLE.unspoken);
  add(PUFFERY, ROLE.puffery);
  add(ADVISING, ROLE.advising);
  add(words('from'), ROLE.from);
  add(words('to into onto'), ROLE.to);
  return roles;
}
