/** Letters and digits only, as long as the commonest key formats ask for: passes the checks of form that servers make before they list. */
const KEY = 'dummy0000dummy0000dummy0';
const HEX = '0123456789abcdef0123456789abcdef';

const UUID = '00000000-0000-4000-8000-000000000000';
const JWT_PART = 'eyJ1IjoiZHVtbXkifQ';

/**
 * Well-formed values by name, first match wins. Formats that vendors publish and whose form their clients check come first, then connection strings,
 * which point to a closed port of the server's own machine, then the meaning of the last words: `EMAIL_PASSWORD` is a password.
 */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/STRIPE.*(KEY|SECRET)$/, `sk_test_${KEY}`],
  [/SLACK.*APP.*TOKEN$/, `xapp-1-A0000000000-0000000000000-${HEX}`],
  [/SLACK.*TOKEN$/, `xoxb-000000000000-000000000000-${KEY}`],
  [/SLACK.*TEAM_ID$/, 'T00000000'],
  [/(GITHUB|^GH).*(TOKEN|PAT)$/, `ghp_${KEY}dummy0000dum`],
  [/GITLAB.*TOKEN$/, 'glpat-dummy0000dummy0000du'],
  [/NOTION.*(TOKEN|KEY|SECRET)$/, `ntn_${KEY}${KEY.slice(0, 22)}`],
  [/ANTHROPIC.*KEY$/, `sk-ant-api03-${KEY}`],
  [/OPENAI.*KEY$/, `sk-${KEY}`],
  [/(GEMINI|GOOGLE|MAPS).*API_KEY$/, `AIza${KEY}dummy0000du`],
  [/(HF|HUGGING_?FACE).*TOKEN$/, `hf_${KEY}dummy0000d`],
  [/REPLICATE.*TOKEN$/, `r8_${KEY}dummy0000dumm`],
  [/RESEND.*KEY$/, `re_${KEY}`],
  [/SENDGRID.*KEY$/, `SG.${KEY}.${KEY}`],
  [/AIRTABLE.*(KEY|TOKEN)$/, `patdummy0000dummy.${HEX}${HEX}`],
  [/SHOPIFY.*TOKEN$/, `shpat_${HEX}`],
  [/FIGMA.*(KEY|TOKEN)$/, `figd_${KEY}`],
  [/LINEAR.*(KEY|TOKEN)$/, `lin_api_${KEY}dummy0000dummy00`],
  [/SUPABASE.*ACCESS_TOKEN$/, `sbp_${HEX}01234567`],
  [/MAPBOX.*TOKEN$/, `sk.${JWT_PART}.${KEY}`],
  [/TELEGRAM.*TOKEN$/, `1234567890:${KEY}dummy0000du`],
  [/(DISCORD.*|^BOT_)TOKEN$/, `MTIzNDU2Nzg5MDEyMzQ1Njc4.dummy0.${KEY}dum`],
  [/HUBSPOT.*TOKEN$/, `pat-na1-${UUID}`],
  [/JWT/, `eyJhbGciOiJIUzI1NiJ9.${JWT_PART}.${KEY}`],
  [/TWILIO.*ACCOUNT_SID$|^ACCOUNT_?SID$/, `AC${HEX}`],
  [/TWILIO.*(API_)?KEY(_SID)?$|^API_KEY_SID$/, `SK${HEX}`],
  [/AWS.*ACCESS_KEY_ID$/, 'AKIADUMMY0000DUMMY00'],
  [/MONGO.*(URL|URI|STRING)$/, 'mongodb://127.0.0.1:1/db'],
  [/REDIS.*(URL|URI|STRING)$/, 'redis://127.0.0.1:1'],
  [/(MYSQL|MARIADB).*(URL|URI|STRING)$/, 'mysql://u:p@127.0.0.1:1/db'],
  [/(DATABASE|DB|POSTGRES\w*|PG|SQL|CONNECTION).*(URL|URI|DSN|STRING)$/, 'postgres://u:p@127.0.0.1:1/db'],
  [/SENTRY_DSN$/, `https://${HEX}@example.com/1`],
  [/JSON$/, '{}'],
  [/(WEBHOOK|CALLBACK|REDIRECT|BASE|API|SERVER|SITE)_?(URL|URI)$/, 'https://example.com'],
  [/(OPENAPI|SWAGGER).*(SPEC|FILE|PATH)$/, '/tmp/openapi.json'],
  [/(PASSWORD|PASS|PASSPHRASE|SECRET|TOKEN|KEY|CREDENTIALS?)$/, KEY],
  [/(URL|URI|ENDPOINT|BASE|SITE|WEBSITE)$/, 'https://example.com'],
  [/(HOST|HOSTNAME|DOMAIN|SERVER)$/, 'example.com'],
  [/PORT$/, '8443'],
  [/(PATH|DIR|DIRECTORY|DIRECTORIES|FOLDER|ROOT)$/, '/tmp'],
  [/(ENVIRONMENT|ENV)$/, 'sandbox'],
  [/REGION$/, 'us-east-1'],
  [/(TENANT|SUBSCRIPTION|CLIENT|DIRECTORY)_?ID$/, UUID],
  [/(UUID|GUID)$/, UUID],
  [/PHONE(_NUMBER)?$/, '+15005550006'],
  [/_ID$/, KEY],
  [/(EMAIL|MAIL|EMAIL_ADDRESS|ADDRESS|EMAIL_USER|EMAIL_USERNAME)$/, 'dummy@example.com'],
  [/(COUNT|SIZE|NUMBER|SECONDS|VERSION)$/, '1'],
  [/(USER|USERNAME|LOGIN|ACCOUNT|NAME)$/, 'dummy'],
];

/**
 * A value that looks like what is asked for and opens nothing.
 *
 * @param name - Of an environment variable, or of an argument written like one: `--api-key` is `API_KEY`.
 * @param vendor - Whose server asks, written the same way; it counts where the name says nothing of the form.
 */
export function dummyFor(name: string, vendor = ''): string {
  const value = valueFor(name);
  // A key is formed as whoever issues it forms all of them.
  return value === KEY && vendor !== '' ? valueFor(`${vendor}_${name}`) : value;
}

function valueFor(name: string): string {
  return VALUES.find(([pattern]) => pattern.test(name))?.[1] ?? KEY;
}

/** The same with the prefix that the server says it checks. */
export function dummyWithPrefix(prefix: string): string {
  return /^https?:\/\//.test(prefix) ? `${prefix.replace(/\/+$/, '')}/example.com` : prefix + KEY;
}

const PLACEHOLDER_NAME = /<([\w .-]{1,60})>|\$?\{([\w .-]{1,60})\}|\b(?:YOUR|MY)_([A-Z0-9_]{2,60})\b|\byour[-_]([a-z0-9_-]{2,60})/g;
const KNOWN_PREFIX = /^([a-z]{2,6}(?:[_-][a-z0-9]{2,8}){0,2}[_-])(?:x{3,}|\*{3,}|\.\.\.|…|your|<)/i;

/**
 * A value formed like an example of documentation, with dummies where a user's own words belong.
 *
 * @param name - As for {@link dummyFor}, for what the example does not say.
 */
export function dummyLike(example: string, name: string, vendor = ''): string {
  const [, scheme = ''] = /^([a-z][a-z0-9+]{1,20}):\/\//.exec(example) ?? [];
  if (scheme !== '' && !/^https?$/.test(scheme)) return `${scheme}://u:p@127.0.0.1:1/db`;
  const prefix = KNOWN_PREFIX.exec(example)?.[1];
  if (prefix) return dummyWithPrefix(prefix);
  if (/^[0-9a-fx]{8}(?:-[0-9a-fx]{4}){3}-[0-9a-fx]{12}$/i.test(example)) return UUID;
  const file = /^(?:[A-Z]:|~|\.)?[/\\](?:.{0,200}[/\\])?([\w-]{1,60}(\.\w{1,10})?)$/.exec(example);
  if (file) return file[2] ? `/tmp/${file[1]}` : '/tmp';
  const named = [...example.matchAll(PLACEHOLDER_NAME)];
  // A placeholder that is the whole is better told by the name; one among others, or within an address, by its own.
  const isWhole = named.length === 0 || (named.length === 1 && named[0]?.[0] === example && dummyFor(name, vendor) !== KEY);
  if (/^[A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,6}$/.test(example) && dummyFor(example, vendor) !== KEY) return dummyFor(example, vendor);
  if (isWhole) return dummyFor(name, vendor);
  return example.replace(PLACEHOLDER_NAME, (_, ...words: (string | undefined)[]) =>
    placeholderValue(words.slice(0, 4).find(Boolean) ?? '', scheme, vendor),
  );
}

function placeholderValue(words: string, scheme: string, vendor: string): string {
  if (scheme !== '') return 'abc12345';
  return dummyFor(words.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase(), vendor);
}
