import { rugPullTechnique } from './change/rug-pull.ts';
import type { Technique } from './poisoning/technique.ts';
import { DEFINITION_TECHNIQUES } from './poisoning/techniques/index.ts';
import { similarNameTechnique } from './server/similar-names.ts';
import { splitPayloadTechnique } from './server/split-payload.ts';

/** Every technique of poisoning there is a finding for: in one definition, over a server's tools, and in how a definition changed. */
export const TECHNIQUES: readonly Technique[] = [...DEFINITION_TECHNIQUES, splitPayloadTechnique, similarNameTechnique, rugPullTechnique];
