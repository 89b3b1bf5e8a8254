import { describe, expect, it } from 'vitest';
import { Cue } from '../../../classifiers/poisoning/lexicon/cues.ts';
import { AGENT_SETTINGS, CONTEXT, PERSONAL, SECRET_PLACE, SECRET_STORE } from '../../../classifiers/poisoning/lexicon/objects.ts';
import { ADDRESSED, FALSE_VOICE } from '../../../classifiers/poisoning/lexicon/people.ts';
import { passageOf } from '../../../classifiers/poisoning/passage.ts';
import { meets, type Needs } from '../../../classifiers/poisoning/stems.ts';
import { textsOf } from '../../../classifiers/poisoning/texts.ts';
import { annotatedRows, poisonedRows } from '../../../evaluation/corpora.ts';
import type { JsonObject } from '../../../src/model/json.ts';

/** Patterns that are only tried on sentences with one of these, and how many sentences of the corpora at least they find something in. */
const GATES: readonly (readonly [name: string, pattern: RegExp, cues: Needs, atLeast: number])[] = [
  ['a place of secrets', SECRET_PLACE, [Cue.secretThing], 50],
  ['a store of secrets', SECRET_STORE, [Cue.secretThing], 50],
  ['what was said', CONTEXT, [Cue.said, Cue.spoken | Cue.earlier], 50],
  ['personal data', PERSONAL, [Cue.personal, Cue.belongings | Cue.owned], 50],
  ['settings of agents', AGENT_SETTINGS, [Cue.agentSettings], 20],
  ['a false voice', FALSE_VOICE, [Cue.colon], 5],
  ['words to the model', ADDRESSED, [Cue.colon, Cue.comma, Cue.note], 5],
];

const SENTENCES = [...annotatedRows(), ...poisonedRows('poisoned'), ...poisonedRows('composed-poisoned')].flatMap(({ definition }) =>
  textsOf(definition as JsonObject).flatMap((text) => passageOf(text).sentences),
);

describe('cues', () => {
  it.each(GATES)('are in every sentence that speaks of %s', (_name, pattern, cues, atLeast) => {
    const found = SENTENCES.filter(({ text }) => pattern.test(text));
    expect(found.length).toBeGreaterThanOrEqual(atLeast);
    expect(found.filter((sentence) => !meets(sentence.cues, cues)).map(({ text }) => text)).toEqual([]);
  });
});
