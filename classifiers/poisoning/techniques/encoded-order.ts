import { decodings, hidesLetters } from '../decodings.ts';
import { Stem } from '../lexicon/stems.ts';
import { passageOf } from '../passage.ts';
import { meets } from '../stems.ts';
import type { Subject } from '../subject.ts';
import type { TextTechnique } from '../technique.ts';
import { WORDING } from './wording.ts';

export const encodedOrder: TextTechnique = {
  id: 'encoded-order',
  severity: 'critical',
  finds: 'an order in an encoding that a model reads and a person does not',
  why: 'Nobody encodes what may be read.',
  needs: [Stem.encoded],
  detect({ raw, sentences }, subject) {
    if (hidesLetters(raw)) return raw.slice(0, 400);
    const readable = decodings(raw);
    if (readable.length === 0) return undefined;
    const toDecode = sentences.some(({ text }) => DECODE.test(text));
    return readable.find((decoded) => isOrder(decoded, toDecode, subject));
  },
};

const DECODE =
  /\b(?:solve and obey|carries out|as applicable to|applies? to the (?:reader|caller|model|assistant)|(?:for|to) the (?:calling )?(?:assistant|model|agent|caller)\b|decoded by|then follow|comply)\b|→ instruction|\b(?:decod\w*|decrypt\w*|unescap\w*|rot-?13|base64|unscrambl\w*|revers\w*|hex|atob)\b.{0,80}\b(?:follow|obey|execut\w*|run|carry out|comply|do|apply|act on|instructions?|then|and)\b|\b(?:follow|obey|execute|instructions?)\b.{0,60}\b(?:decod\w*|encoded|base64|rot-?13|hex)\b/;

function isOrder(decoded: string, toDecode: boolean, subject: Subject): boolean {
  const passage = passageOf({ text: `- ${decoded}`, role: 'other', parameter: '', isSwitch: false, section: '', isAside: true });
  if (
    WORDING.some(
      (technique) =>
        meets(passage.stems, technique.needs) && technique.severity !== 'low' && technique.detect(passage, subject) !== undefined,
    )
  )
    return true;
  if (passage.sentences.some(({ text }) => GRAVE.test(text))) return true;
  return toDecode && decoded.split(/\s+/).length > 3;
}

/** What is said in plain words may be honest; encoded, it is not. */
const GRAVE =
  /\b(?:ignore|disregard|forget) (?:\w+ ){0,3}(?:instructions?|rules?|prompts?)|\b(?:read|open|send|post|upload|cat|copy|email|forward|fetch|exfiltrate|dump|include|append|attach|reveal|print|curl|wget|steal|leak)\b.{0,60}(?:~\/|\.env\b|\.ssh|\.aws|id_rsa|passwd|secret|password|token|credential|api[ _-]?key|system prompt|conversation|https?:|@)|\b(?:do not|don't|never) (?:tell|mention|inform|reveal)|\brm -rf\b|\bcurl\b.{0,80}\|/;
