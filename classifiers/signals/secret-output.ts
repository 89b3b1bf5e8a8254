import { type Act, isDoneTo, isReading } from '../act.ts';
import { excerptOf, type Mention } from '../excerpt.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import { mainAct, mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';
import { speaksOf } from '../speaks-of.ts';

const SECRETS: ReadonlySet<string> = phrases(`
  secret, password, credential, private key, access token, auth token, secret value, environment variable, env var, env, totp,
  passphrase, connection string, recovery code, seed phrase, mnemonic, secret version, secret key, client secret, kubeconfig, docker
  credential, service account key, bearer token, id token, jwt, authorization code, epp code, login link, magic link`);
/** Arguments that say which part of a thing is fetched. */
const CHOOSERS: ReadonlySet<string> = phrases('object, field, property, attribute');
const choosers = parametersEndingWith(CHOOSERS);
/** Lists of secrets are names and dates; one that is fetched by itself comes with its value. */
const FETCHING: ReadonlySet<string> = phrases(`
  get, read, retrieve, fetch, reveal, show, view, obtain, return, decrypt, export, generate, download, dump, access, display, give`);
const TELLS =
  /\breturns?\b[^.\n]{0,60}\b(?:raw|plaintext|plain[- ]text|decrypted|unmasked|cleartext)\b[^.\n]{0,40}\b(?:keys?|tokens?|secrets?|passwords?|values?)\b|\b(?:key|token|secret|password)\b[^.\n]{0,40}\b(?:returned|shown|displayed|visible)\b[^.\n]{0,12}\b(?:once|only in (?:this|the) response)\b|\b(?:key|token|secret|password)\b[^.\n]{0,20}\b(?:is|are|and) exposed (?:in|to) (?:the|this) (?:mcp|model|result|response|transcript)\b|\breturns the new (?:signing )?(?:secret|password)\b|\b(?:url|link) with (?:authentication |temporary |login )?credentials\b|\breturns? (?:an? |the )?(?:new )?(?:access|auth|bearer|session|refresh|api) ?(?:token|key)\b(?! (?:names?|ids?|metadata|details|info|objects?|status|usage))|\b(?:decrypted|plaintext|unmasked) (?:secret|password|value|credential)s?\b/i;
const WITHHELD =
  /\bmask(?:ed|s|ing)?\b|\bredact(?:ed|s)?\b|\bobfuscated\b|\bmetadata only\b|\bonly (?:the )?metadata\b|\b(?:without|excluding|omits?|hides?) (?:the |their |any )?(?:actual |raw |secret )?(?:values?|secrets?|keys?|passwords?)\b|\b(?:values?|secrets?|keys?|tokens?) (?:itself |themselves )?(?:is|are) (?:never|not) (?:returned|shown|exposed|included|revealed)\b|\b(?:does not|doesn't|never) (?:return|expose|reveal|show|include)s? (?:the |any )?(?:actual |raw )?(?:values?|secrets?|keys?|passwords?|credentials?)\b/i;
/** One of these stands in everything that tells of a secret. */
const speaksOfTelling = speaksOf('return, shown, displayed, visible, exposed, credential, decrypted, plaintext, unmasked');
const speaksOfSecrets = speaksOf('token, tokens, secret, password, credential, decrypted, plaintext, unmasked, key, keys');
const speaksOfOpenness = speaksOf(`
  raw, plaintext, plain, decrypted, unmasked, cleartext, once, only, exposed, new, credentials, access, auth, bearer, session, refresh, api, authtoken, authkey,
  apitoken, apikey`);
/** What is known about a secret, which has been told once. */
const ABOUT =
  /\b(?:metadata|info(?:rmation)?|details?|status|scopes?|usage|expiry) (?:about|of|on|for|regarding) [^.\n]{0,40}\b(?:tokens?|keys?|secrets?|credentials?|passwords?)\b|\b(?:tokens?|keys?|secrets?|credentials?)(?:'s)? (?:metadata|details|info(?:rmation)?|status|object)\b/i;

export const secretOutput: Signal = {
  id: 'secret-output',
  finds: 'an answer that carries a secret: a token, a password, a decrypted value, the environment',
  why: 'Whatever reads the answer, the model included, has the secret from then on.',
  // The largest: a Read with it has to score above every plain Write.
  weight: 0.55,
  label: () => 'Returns secrets in its answer',
  detect(parsed) {
    const fetched = parsed.acts.find(fetchesSecret);
    const speaks = speaksOfSecrets(parsed) && speaksOfTelling(parsed) && speaksOfOpenness(parsed);
    const told = speaks ? mentionOf(parsed, TELLS) : undefined;
    const found = atMentions(secretOutput.id, [fetched && !mentionOf(parsed, ABOUT) ? fetched : undefined, chosenSecret(parsed), told]);
    return found.length > 0 && mentionOf(parsed, WITHHELD) ? [] : found;
  },
};

/** `get` with `object: item | password | totp`: the secret is chosen by an argument. */
function chosenSecret(parsed: ParsedTool): Mention | undefined {
  const chooser = choosers(parsed).find(({ words, choices }) => words.length === 1 && choices.some((choice) => SECRETS.has(choice)));
  const main = chooser && mainAct(parsed);
  if (!main || !isReading(main) || !FETCHING.has(main.verb)) return undefined;
  return { at: chooser.at, excerpt: excerptOf(`${chooser.name}: ${chooser.choices.find((choice) => SECRETS.has(choice))}`) };
}

function fetchesSecret(act: Act): boolean {
  // Further down a list of what comes with a thing, a name or a number is meant.
  return isReading(act) && FETCHING.has(act.verb) && isDoneTo({ objects: act.objects.slice(0, 2) }, SECRETS);
}
