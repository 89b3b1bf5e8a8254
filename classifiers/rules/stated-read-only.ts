import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { CHANGING, type Rule, weigh } from '../rule.ts';
import { speaksOf } from '../speaks-of.ts';

const STATED =
  /\b(?:this (?:tool|operation|call|endpoint|action|command) is |it is |strictly |purely |fully )(?:a )?read[- ]only\b(?! (?:with respect to|regarding|as far as))|(?:^|[.\n(]\s?)read[- ]only(?:[.,;:)!]| (?:operation|tool|call|endpoint))|\b(?:does|do|will) not (?:modify|change|alter|write|create|update|execute|persist|save|mutate|affect)\b|\b(?:doesn't|won't|never) (?:modify|modifies|change|changes|alter|write|writes|mutate|mutates)\b|\bwithout (?:modifying|changing|saving|writing|applying|executing|making changes|side effects)\b|\bno (?:side effects|data is (?:changed|modified|written)|changes are made)\b/i;

export const statedReadOnly: Rule = {
  id: 'stated-read-only',
  category: 'Read',
  finds: 'a statement that the call changes nothing',
  why: 'The author says so in words; it counts, but less than a verb that says otherwise.',
  detect(parsed) {
    if (!speaksOfIt(parsed)) return [];
    const mention = mentionOf(parsed, STATED);
    if (!mention) return [];
    return [weigh(statedReadOnly, mention, 1.5), ...CHANGING.slice(0, 2).map((category) => weigh(statedReadOnly, mention, -1, category))];
  },
};

/** Words of which some stand together in every statement of it; few texts have them, and asking for those is far cheaper. */
function speaksOfIt(parsed: ParsedTool): boolean {
  return (
    speaksOfNever(parsed) ||
    (speaksOfRead(parsed) && speaksOfOnly(parsed)) ||
    (speaksOfNot(parsed) && speaksOfDoing(parsed)) ||
    (speaksOfNo(parsed) && speaksOfChanges(parsed))
  );
}

const speaksOfNever = speaksOf('never, without, doesn, won');
const speaksOfRead = speaksOf('read');
const speaksOfOnly = speaksOf('only');
const speaksOfNot = speaksOf('not');
const speaksOfDoing = speaksOf('do, does, will');
const speaksOfNo = speaksOf('no');
const speaksOfChanges = speaksOf('effect, data, change');
