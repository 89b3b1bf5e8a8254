import type { Act } from './act.ts';
import type { Parameter } from './parameter.ts';
import { phrases } from './phrases.ts';
import { singular } from './singular.ts';
import { identifierWords } from './words.ts';

/** Words for anything: what exactly, an argument says. */
const ANYTHING: ReadonlySet<string> = phrases('resource, object, entity, record, item, thing, request, document, node');
const KINDS: ReadonlySet<string> = phrases(
  'resource type, object type, entity type, record type, item type, type, resource, entity, object, kind, resource kind, doctype, object name, entity name',
);
/** Kinds of thing read of one tool. */
const MAX_KINDS = 60;

/** `Create a resource` with `resource_type: project | role` makes roles, too: what may be made or changed is added to what the act is done to. */
export function withChosenThings(acts: readonly Act[], parameters: readonly Parameter[]): readonly Act[] {
  const open = acts.some(isOfAnything);
  const kinds = open
    ? parameters.find(({ words, depth, choices }) => depth === 0 && choices.length > 1 && KINDS.has(words.join(' ')))
    : undefined;
  if (!kinds) return acts;
  const things = kinds.choices.slice(0, MAX_KINDS).map((choice) => identifierWords(choice).map(singular));
  return acts.map((act) => (isOfAnything(act) ? { ...act, objects: [...act.objects, ...things] } : act));
}

function isOfAnything({ sense, objects }: Act): boolean {
  return sense === 'write' && ANYTHING.has(objects[0]?.at(-1) ?? '');
}
