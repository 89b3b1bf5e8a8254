import { type Act, isDoneTo } from './act.ts';
import { type Parameter, takesText } from './parameter.ts';
import { phrases } from './phrases.ts';
import { singular } from './singular.ts';
import { CONTENT } from './things.ts';
import type { Sense } from './vocabulary.ts';

/** Verbs that change a text or a picture as readily as a stored thing. */
const REWORKING: ReadonlySet<Sense> = new Set<Sense>(['remove', 'clear', 'write', 'rotate', 'move-value', 'operate', 'destroy']);
const REWORKED: ReadonlySet<string> = phrases(
  'delete, swap, scale, remove, clean, wrap, isolate, merge, replace, crop, resize, rotate, flip, split, join, trim, reorder, strip, adjust, compress, decompress, mask, redact, anonymize, sanitize, cleanse, dedupe, scrub, concat, concatenate, flatten',
);
const HANDED_OVER: ReadonlySet<string> = phrases('string, text, input');
/** Something is taken out of one of these; removed itself, it is gone from where it is kept. */
const WHOLE: ReadonlySet<string> = phrases(
  'image, photo, picture, video, audio, pdf, file, snippet, text, code, content, html, markdown, json, csv, input',
);
const IDENTIFIER = phrases('id, ids, uuid, slug, path, uri');

/** Whether the act reworks a text, a picture or other content that the call brings along: nothing that is stored changes. */
export function worksOnGiven(act: Act, parameters: readonly Parameter[]): boolean {
  if (!REWORKING.has(act.sense) || !REWORKED.has(act.verb)) return fixesGiven(act, parameters);
  if (act.sense === 'destroy' && !HANDED_OVER.has(act.source)) return false;
  if (!CONTENT.has(act.source) && !isDoneTo(act, CONTENT)) return false;
  if (act.sense === 'remove' && act.source === '' && WHOLE.has(act.objects[0]?.at(-1) ?? '')) return false;
  const top = parameters.filter(({ depth }) => depth === 0);
  return (top.length === 0 || top.some(isContent)) && !top.some(isIdentifier);
}

const FIXING: ReadonlySet<string> = phrases('fix, correct, repair, rewrite, optimize, complete');

/** `Validates and fixes a configuration`, whose text is all that the call gets. */
function fixesGiven(act: Act, parameters: readonly Parameter[]): boolean {
  if (!FIXING.has(act.verb)) return false;
  const texts = parameters.filter((parameter) => parameter.depth <= 1 && takesText(parameter));
  return texts.some((text) => isContent(text) || CONTENTS.test(text.description)) && !texts.some(isIdentifier);
}

const CONTENTS = /\b(?:full |complete |entire )?(?:contents|source code|text) (?:of|to)\b/i;

function isContent({ words }: Parameter): boolean {
  const last = words.at(-1) ?? '';
  return CONTENT.has(last) || CONTENT.has(singular(last)) || words.includes('file') || words.includes('files');
}

function isIdentifier({ words }: Parameter): boolean {
  return IDENTIFIER.has(words.at(-1) ?? '');
}
