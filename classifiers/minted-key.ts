import { type Act, mintsKey } from './act.ts';
import { oncePerTool } from './once-per-tool.ts';
import type { Parameter } from './parameter.ts';
import type { ParsedTool } from './parsed-tool.ts';
import { phrases } from './phrases.ts';
import { CREDENTIALS } from './things.ts';

/** What is added or registered was there before: a public key, a secret of somebody else. */
const STORING: ReadonlySet<string> = phrases('add, register');
/** A certificate proves who a server is and lets nobody in, a public key is half of what was there before. */
const NO_ACCESS: ReadonlySet<string> = phrases('certificate, cert, tls, ssl, public, primary, foreign, idempotency');
const CLIENT: ReadonlySet<string> = phrases('client, user');
/** Arguments that are the credential itself. */
const GIVEN: ReadonlySet<string> = phrases(`
  key, public key, publickey, private key, privatekey, ssh key, ssh public key, key material, public key material, key value, password,
  passphrase, secret, secret value, secret string, secret data, value, token, token value, credential, credentials, certificate, pem`);
const STORED = /\b(?:stor(?:e|es|ed|ing)|existing|import(?:s|ed)?|upload(?:s|ed)?|regist(?:er|ers|ered)|actual|provider|public)\b/i;
/** Further down a list of what comes with a thing, a limit or a filter is meant. */
const MAX_OBJECTS = 2;

/** The act that makes a new key, token or other credential; storing one that the caller brings along makes none. */
export const mintedKey: (parsed: ParsedTool) => Act | undefined = oncePerTool(findMintedKey);

function findMintedKey(parsed: ParsedTool): Act | undefined {
  const act = parsed.acts.find((candidate) => mintsKey(candidate) && !STORING.has(candidate.verb) && givesAccess(candidate));
  if (!act) return undefined;
  // A credential is mostly one that somebody has; a key that need not be given is made where it is left out.
  const isHeld = act.objects.slice(0, MAX_OBJECTS).some((words) => HELD.has(words.at(-1) ?? ''));
  return parsed.parameters.some((parameter) => bringsKey(parameter, isHeld)) ? undefined : act;
}

const HELD: ReadonlySet<string> = phrases('credential');

function givesAccess({ objects }: Act): boolean {
  return objects
    .slice(0, MAX_OBJECTS)
    .some((words) => isCredential(words) && (!words.some((word) => NO_ACCESS.has(word)) || CLIENT.has(words[0] ?? '')));
}

/** A secret that nobody's name stands before is somebody else's, kept: `create_secret`, but `create_client_secret`. */
function isCredential(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  if (last === 'url' || (last === 'secret' && !OWN_SECRETS.has(words.at(-2) ?? ''))) return false;
  return CREDENTIALS.has(last) || CREDENTIALS.has(words.slice(-2).join(' '));
}

const OWN_SECRETS: ReadonlySet<string> = phrases('client, app, application, webhook, api, signing');

function bringsKey({ words, types, depth, required, description }: Parameter, isHeld: boolean): boolean {
  const text = types.length === 0 || types.includes('string') || types.includes('object');
  return depth <= 1 && text && GIVEN.has(words.join(' ')) && (isHeld || required || STORED.test(description));
}
