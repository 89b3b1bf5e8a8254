import type { Finding, Severity } from '../../src/model/classification.ts';
import type { Mention } from '../excerpt.ts';
import type { Passage, Sentence } from './passage.ts';
import { meets, type Needs } from './stems.ts';
import type { Subject } from './subject.ts';

/** One way to poison a definition. */
export interface Technique {
  /** A noun phrase for what is found. Published, so never reused. */
  readonly id: string;
  readonly severity: Severity;
  readonly finds: string;
  readonly why: string;
}

/** A technique that one text shows by itself. */
export interface TextTechnique extends Technique {
  /** Kinds of words without which a text cannot show it. */
  readonly needs: Needs;
  /** The first place in the passage that shows it. Linear in its length. */
  detect(passage: Passage, subject: Subject): string | undefined;
}

/** A technique that shows in how the parts of a definition fit together. */
export interface DefinitionTechnique extends Technique {
  detectIn(subject: Subject): readonly Mention[];
}

/** The first sentence with the needed kinds of words that `says` it. */
export function sentenceIn(
  { sentences }: Passage,
  needs: Needs,
  says: (sentence: Sentence, index: number, sentences: readonly Sentence[]) => boolean,
): string | undefined {
  return sentences.find((sentence, index) => meets(sentence.stems, needs) && says(sentence, index, sentences))?.text;
}

/** Places shown for one finding. */
export const MAX_EVIDENCE = 20;

/** One finding for everything one technique found. */
export function findingOf({ id, severity, finds }: Technique, mentions: readonly Mention[]): Finding {
  return {
    kind: 'poisoning',
    severity,
    technique: id,
    message: `The definition holds ${finds}.`,
    evidence: mentions.slice(0, MAX_EVIDENCE).map(({ at, excerpt }) => ({ by: id, at, excerpt })),
  };
}
