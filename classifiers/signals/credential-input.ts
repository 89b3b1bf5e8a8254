import { namedOneOf } from '../name-set.ts';
import type { Parameter } from '../parameter.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';
import { singular } from '../singular.ts';
import { identifierWords } from '../words.ts';

const SECRETS: ReadonlySet<string> = phrases(`
  password, passwd, passphrase, secret, secrets, token, credential, credentials, apikey, bearer, jwt, pat, pin, otp, totp, mnemonic,
  authorization`);
const SECRET_KEYS: ReadonlySet<string> = phrases(`
  api, private, secret, access, signing, encryption, auth, ssh, license, service, account, master`);
const TAILS: ReadonlySet<string> = phrases('details, value, values, string, data, json, pem, plaintext, config, header, base64');
/** Tokens that mark a place in a list, are counted, or are traded. */
const OTHER_TOKENS: ReadonlySet<string> = phrases(`
  page, next, cursor, continuation, sync, pagination, skip, delta, resume, idempotency, design, upload, confirmation, confirm, mint,
  input, output, sell, buy, from, to, base, quote, client, request, response, prompt, completion, form, share, invite, device, tracking,
  visitor`);
const OTHER_MEANING =
  /\bpaginat|\bnext page\b|\bcursor\b|\bcontinuation\b|\b(?:contract|token) (?:address|symbol)\b|\bmint address\b|\bpage token\b|\bsymbol\b|\bname of (?:the|a) (?:secret|token)|\b(?:secret|token|credential)s? (?:ids?|names?)\b|\b(?:id|name|slug|reference) (?:of|for) \b|\bkey (?:within|inside|to select|selected) |\bkey (?:in|of) (?:an? |the )?(?:structured|multi|secret|value)|\btoken identifying\b|\b(?:token|secret|password) (?:configuration|settings|policy|options)\b|\bsecret reference\b|^authorization details\b|^(?:approval|confirmation|pagination|continuation) token\b/i;
const SAYS_SECRET =
  /\b(?:api|secret|private|access|provider|encryption) key\b(?! (?:id|name|slug)\b)|\bpassword\b|\bsecret (?:value|key|token)\b|\baccess token\b|\bcredentials?\b/i;
/** A token that is a currency. */
const isToken = namedOneOf('token, tokens');
const ON_CHAIN = /\b(?:erc-?\d{2,5}|spender|swaps?|wallets?|blockchain|on-?chain|defi|usdc|crypto\w{0,10}|solana|ethereum|liquidity)\b/i;
const WHOLE_NAMES = 'connection string, connection uri, database url, db url, dsn, auth code, authorization code, epp code';
const isWholeName = namedOneOf(WHOLE_NAMES);
const maybeSecrets = parametersEndingWith(SECRETS, ['key', 'keys'], TAILS, phrases(WHOLE_NAMES));

export const credentialInput: Signal = {
  id: 'credential-input',
  finds: 'an argument that holds a password, a token, a key or another secret',
  why: 'The secret passes through the model, its context and its logs.',
  weight: 0.2,
  label: withParameters('Handles credentials or secrets'),
  detect: (parsed) =>
    atParameters(
      credentialInput.id,
      maybeSecrets(parsed).filter(
        (parameter) => holdsSecret(parameter) && !isTraded(parameter, parsed) && !identifiesThing(parameter, parsed),
      ),
    ),
};

function isTraded({ words }: Parameter, { description }: ParsedTool): boolean {
  return isToken(words) && ON_CHAIN.test(description);
}

/** `budget_token` of a tool for budgets, `Workspace token (wrkspc_*)`: how some services call the id of a thing. */
function identifiesThing(parameter: Parameter, parsed: ParsedTool): boolean {
  if (!isTokenOf(parameter) || AUTHENTICATED.has(parameter.words.at(-2) ?? '')) return false;
  // A service that calls one id a token calls all of them so.
  return parsed.parameters.some((other) => isTokenOf(other) && namesThing(other, parsed));
}

function isTokenOf({ words }: Parameter): boolean {
  return words.at(-1) === 'token' || words.at(-1) === 'tokens';
}

function namesThing({ words, description }: Parameter, { words: name, context }: ParsedTool): boolean {
  if (TOKEN_AS_ID.test(description)) return true;
  const thing = words.slice(0, -1).map(singular);
  if (thing.length === 0 || thing.some((word) => AUTHENTICATED.has(word)) || SAYS_SECRET.test(description)) return false;
  return isNamedIn(name, thing) || context.toolNames.slice(0, MAX_SIBLINGS).some((sibling) => isNamedIn(identifierWords(sibling), thing));
}

function isNamedIn(name: readonly string[], thing: readonly string[]): boolean {
  return ` ${name.map(singular).join(' ')} `.includes(` ${thing.join(' ')} `);
}

const TOKEN_AS_ID =
  /\btokens? ?\(?[`'"(]{1,2}[a-z]{2,12}_(?:\*|x{2,}|[.…])|\b(?:by (?:its|their)|unique|resource) tokens?\b|\btokens? (?:of|identifying|that identif\w{1,4}) (?:the|a|an|this|each)\b|\btokens? for (?:the|a|an|this) (?:\w{1,20} ){0,3}(?:to (?:get|update|delete|retrieve|fetch|list|filter)|you want)\b/i;
/** A token of one of these lets somebody act as it. */
const AUTHENTICATED: ReadonlySet<string> = phrases(`
  api, access, auth, oauth, authentication, authorization, bearer, bot, user, account, app, application, client, service, session, refresh,
  id, webhook, hook, deploy, personal, admin, vault, processor, registration, runner, jwt, csrf, security, secret, device, push, server, agent,
  integration, connection, sso, login, verification, reset, approval, github, gitlab, slack, notion, registry, npm, git, provider, installation`);
const MAX_SIBLINGS = 300;

function holdsSecret({ words, types, choices, description }: Parameter): boolean {
  const switchOrNumber =
    types.length > 0 && !types.some((type) => type === 'string' || type === 'array' || (type === 'object' && words.at(-1) !== 'token'));
  if (switchOrNumber || choices.length > 0) return false;
  if (isWholeName(words)) return true;
  const hasTail = TAILS.has(words.at(-1) ?? '');
  // What an object of details holds is looked at by itself.
  if (hasTail && types.length > 0 && !types.includes('string')) return false;
  const named = hasTail ? words.slice(0, -1) : words;
  const last = named.at(-1) ?? '';
  const before = named.at(-2) ?? '';
  if (last === 'key' || last === 'keys')
    return (
      (SECRET_KEYS.has(before) || (named.length === 1 && words.length === 1 && SAYS_SECRET.test(description))) &&
      !OTHER_MEANING.test(description)
    );
  return SECRETS.has(last) && !isOtherToken(last, before, description);
}

function isOtherToken(last: string, before: string, description: string): boolean {
  return (last === 'token' && OTHER_TOKENS.has(before)) || OTHER_MEANING.test(description);
}
