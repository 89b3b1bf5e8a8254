import type { Parameter } from '../parameter.ts';
import { phrases } from '../phrases.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

const SECRETS: ReadonlySet<string> = new Set(
  `password passwd passphrase secret secrets token credential credentials apikey bearer jwt pat pin otp totp mnemonic authorization`.split(
    ' ',
  ),
);
const SECRET_KEYS: ReadonlySet<string> = phrases(
  'api, private, secret, access, signing, encryption, auth, ssh, license, service, account, master',
);
const TAILS: ReadonlySet<string> = phrases('details, value, values, string, data, json, pem, plaintext, config, header, mappings, base64');
/** Tokens that mark a place in a list, are counted, or are traded. */
const OTHER_TOKENS: ReadonlySet<string> = phrases(`
  page, next, cursor, continuation, sync, pagination, skip, delta, resume, idempotency, design, upload, confirmation, confirm, mint,
  input, output, sell, buy, from, to, base, quote, client, request, response, prompt, completion`);
const OTHER_MEANING =
  /\bpaginat|\bnext page\b|\bcursor\b|\bcontinuation\b|\b(?:contract|token) (?:address|symbol)\b|\bmint address\b|\bpage token\b|\bsymbol\b|\bname of (?:the|a) (?:secret|token)|\b(?:secret|token|credential)s? (?:id|name)\b|\b(?:id|name|slug|reference) (?:of|for) \b/i;
const SAYS_SECRET =
  /\b(?:api|secret|private|access|provider|encryption) key\b(?! (?:id|name|slug)\b)|\bpassword\b|\bsecret (?:value|key|token)\b|\baccess token\b|\bcredentials?\b/i;
const WHOLE_NAMES: ReadonlySet<string> = phrases(
  'connection string, connection uri, database url, db url, dsn, auth code, authorization code, epp code',
);

export const credentialInput: Signal = {
  id: 'credential-input',
  finds: 'an argument that holds a password, a token, a key or another secret',
  why: 'The secret passes through the model, its context and its logs.',
  weight: 0.2,
  label: withParameters('Handles credentials or secrets'),
  detect: ({ parameters }) => atParameters(credentialInput.id, parameters.filter(holdsSecret)),
};

function holdsSecret({ words, types, choices, description }: Parameter): boolean {
  const switchOrNumber = types.length > 0 && !types.some((type) => type === 'string' || type === 'object' || type === 'array');
  if (switchOrNumber || choices.length > 0) return false;
  if (WHOLE_NAMES.has(words.join(' '))) return true;
  const named = TAILS.has(words.at(-1) ?? '') ? words.slice(0, -1) : words;
  const last = named.at(-1) ?? '';
  const before = named.at(-2) ?? '';
  if (last === 'key' || last === 'keys')
    return (
      (SECRET_KEYS.has(before) || (named.length === 1 && words.length === 1 && SAYS_SECRET.test(description))) &&
      !OTHER_MEANING.test(description)
    );
  if (last === 'client') return false;
  return SECRETS.has(last) && !isOtherToken(last, before, description);
}

function isOtherToken(last: string, before: string, description: string): boolean {
  return (last === 'token' && OTHER_TOKENS.has(before)) || OTHER_MEANING.test(description);
}
