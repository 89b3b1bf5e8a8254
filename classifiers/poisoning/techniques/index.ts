import type { DefinitionTechnique, Technique, TextTechnique } from '../technique.ts';
import { markupInjection, nameInjection } from './catalogue-injection.ts';
import { annotationContradiction } from './contradiction.ts';
import { encodedOrder } from './encoded-order.ts';
import { contextParameter } from './extra-parameter.ts';
import {
  bidiControls,
  farOffText,
  overwrittenLine,
  privateUseText,
  strayInvisibleCharacter,
  tagCharacters,
  terminalEscape,
  variationSelectors,
  zeroWidthText,
} from './hidden-characters.ts';
import { mixedScript, nearMissName } from './look-alike-name.ts';
import { plantedDefault } from './planted-default.ts';
import { WORDING } from './wording.ts';

/** Techniques that lie in the characters of a text; a text of plain ASCII shows none of them. */
export const CHARACTERS: readonly TextTechnique[] = [
  tagCharacters,
  zeroWidthText,
  variationSelectors,
  bidiControls,
  privateUseText,
  terminalEscape,
  overwrittenLine,
  strayInvisibleCharacter,
];

/** Techniques that lie in how a text is put down. */
export const FORMS: readonly TextTechnique[] = [farOffText, encodedOrder, markupInjection];

/** Techniques that only parameters show, in their names or in what is said of them. */
export const OF_PARAMETERS: readonly TextTechnique[] = [contextParameter];

/** Techniques that only names show. */
export const NAMES: readonly TextTechnique[] = [nameInjection];

export const IN_DEFINITIONS: readonly DefinitionTechnique[] = [mixedScript, nearMissName];

/** Every technique that one definition shows, as published. */
export const DEFINITION_TECHNIQUES: readonly Technique[] = [
  ...WORDING,
  ...CHARACTERS,
  ...FORMS,
  ...OF_PARAMETERS,
  plantedDefault,
  ...NAMES,
  ...IN_DEFINITIONS,
  annotationContradiction,
];
