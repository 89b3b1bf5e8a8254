import { NOUN_FORMS } from './translations.ts';

/** `policies` → `policy`, `boxes` → `box`, `usuarios` → `user`: enough to look a noun up, not a dictionary. */
export function singular(word: string): string {
  return NOUN_FORMS.get(word) ?? singularEnglish(word);
}

function singularEnglish(word: string): string {
  if (!word.endsWith('s') || NO_PLURALS.has(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith('es') && SIBILANTS.some((ending) => word.endsWith(ending))) return word.slice(0, -2);
  return word.length > 2 && !NO_PLURAL_ENDINGS.has(word.charAt(word.length - 2)) ? word.slice(0, -1) : word;
}

const SIBILANTS = ['xes', 'shes', 'ches', 'sses'];
/** What stands before the last letter of `access`, `status` and `analysis`. */
const NO_PLURAL_ENDINGS: ReadonlySet<string> = new Set('sui');
/** Names and short forms that end like plurals. */
const NO_PLURALS: ReadonlySet<string> = new Set(
  'kubernetes aws dns sms cors tls css ios https sns sqs ecs eks rds gcs gps vps postgres jenkins series lens canvas alias atlas gas news windows'.split(
    ' ',
  ),
);
