import { phrases } from './phrases.ts';
import { baseVerb, type Sense, type Verb, verbOf } from './vocabulary.ts';

/** Nouns that stand for what is done, and the verb they are made of. */
const NOMINALS: ReadonlyMap<string, string> = new Map(
  `deletion delete, removal remove, creation create, modification modify, cancellation cancel, termination terminate, revocation revoke, rotation rotate,
  restoration restore, activation activate, deactivation deactivate, suspension suspend, registration register, execution execute, publication publish,
  submission submit, insertion insert, retrieval retrieve, withdrawal withdraw, addition add, destruction destroy, erasure erase, purging purge,
  closure close, decommissioning decommission, provisioning provision, installation install, uninstallation uninstall, conversion convert,
  calculation calculate, validation validate, verification verify, enumeration enumerate, extraction extract, exploration explore, detection detect, transcription transcribe, comparison compare,
  generation generate, translation translate, inspection inspect, recommendation recommend, listing list`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/** Verbs that leave it to their object to say what is done: `performs a deletion`. */
const CARRIERS: ReadonlySet<string> = phrases(
  'perform, execute, conduct, handle, initiate, process, make, complete, confirm, trigger, start, request, finalize, schedule, submit, run, manage',
);
/** Those that a noun which is also a verb stands after as what is done: `performs a restart`. */
const PLAIN_CARRIERS: ReadonlySet<string> = phrases('perform, execute, conduct, initiate, trigger');
const GRAVE: ReadonlySet<Sense> = new Set<Sense>([
  'destroy',
  'clear',
  'operate',
  'rotate',
  'remove',
  'grant',
  'pay',
  'move-value',
  'recover',
  'write',
]);

/** What a verb is said to do by way of its object: `deletion` of an `account`. */
export interface NominalAct {
  readonly verb: Verb;
  readonly objects: readonly (readonly string[])[];
}

/** The verb that a noun is made of: `removal`. */
export function nominalVerb(word: string): Verb | undefined {
  return verbOf(NOMINALS.get(word) ?? '');
}

/** What the verb leaves its object to say, where it does. */
export function nominalAct(carrier: string, objects: readonly (readonly string[])[]): NominalAct | undefined {
  const [first = [], ...others] = objects;
  const noun = first.at(-1) ?? '';
  const verb = CARRIERS.has(carrier) ? nominalVerb(noun) : undefined;
  const plain = PLAIN_CARRIERS.has(carrier) ? baseVerb(noun) : undefined;
  const meant = verb ?? (plain && GRAVE.has(plain.sense) ? plain : undefined);
  if (!meant) return undefined;
  const rest = first.slice(0, -1);
  return { verb: meant, objects: rest.length > 0 ? [rest, ...others] : others };
}
