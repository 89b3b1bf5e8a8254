import { SECRET_PLACE } from '../lexicon/objects.ts';
import { Stem } from '../lexicon/stems.ts';
import { plainText } from '../plain-text.ts';
import { inWords } from '../subject.ts';
import type { TextTechnique } from '../technique.ts';

export const plantedDefault: TextTechnique = {
  id: 'planted-default',
  severity: 'high',
  finds: 'a default value that names a place of secrets, or a copy to an address that the person did not give',
  why: 'A default is used when nobody thinks of the parameter.',
  needs: [Stem.place, Stem.address],
  detect: ({ raw, role, parameter }) =>
    role === 'default' && isPlanted(plainText(raw.slice(0, 500)), inWords(parameter).toLowerCase())
      ? `${parameter}: ${raw.slice(0, 200)}`
      : undefined,
};

const COPY =
  /\b(?:bcc|cc|blind|copy|copies|also|mirror|forward|relay|shadow|extra|additional|second|backup|audit|notify|reply|log|report|telemetry|callback|webhook|exfil|sync|tee)\b/;
const READS =
  /\b(?:text|query|upload|attach|include|send|also|extra|additional|content|files?|context|data|payload|body|source|path|input|note|seed|trace|read)\b/;
/** Where such tools honestly look for their own settings. */
const OWN_SETTINGS = /\b(?:\w*config|credentials?|key|env|identity|kube|profile|auth|ssh|secret|settings|history|cookie)\b/;

function isPlanted(value: string, parameter: string): boolean {
  if (SECRET_PLACE.test(value)) {
    const isOwn = OWN_SETTINGS.test(parameter) && !/\balso\b/.test(parameter);
    return (
      !isOwn &&
      !/^(?:\.\/)?\.env(?:\.\w+)?$/.test(value) &&
      (READS.test(parameter) || !/\b(?:file|path|dir|directory|folder|location|root)\b/.test(parameter))
    );
  }
  const address = /\w@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}/.test(value);
  if (address && /\b(?:bcc|cc|blind|copy|copies|also|mirror|forward|relay|shadow|second|backup|audit|tee)\b/.test(parameter)) return true;
  return (
    /^(?:https?|s3|ftp|wss?):\/\//.test(value) &&
    /\b(?:bcc|mirror|shadow|exfil|tee|also|extra|second|copy)\b/.test(parameter) &&
    COPY.test(parameter)
  );
}
