/** Letters and digits only, as long as the commonest key formats ask for: passes the checks of form that servers make before they list. */
const KEY = 'dummy0000dummy0000dummy0';
const HEX = '0123456789abcdef0123456789abcdef';

/**
 * Well-formed values by name, first match wins. Formats that vendors publish and whose prefix their clients check come first, then connection
 * strings, which point to a closed port of the server's own machine, then the meaning of the last words: `EMAIL_PASSWORD` is a password.
 */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/STRIPE.*(KEY|SECRET)$/, `sk_test_${KEY}`],
  [/SLACK.*APP.*TOKEN$/, `xapp-1-A0000000000-0000000000000-${HEX}`],
  [/SLACK.*TOKEN$/, `xoxb-000000000000-000000000000-${KEY}`],
  [/(GITHUB|^GH).*TOKEN$/, `ghp_${KEY}dummy0000dum`],
  [/NOTION.*(TOKEN|KEY|SECRET)$/, `ntn_${KEY}${KEY.slice(0, 22)}`],
  [/ANTHROPIC.*KEY$/, `sk-ant-api03-${KEY}`],
  [/OPENAI.*KEY$/, `sk-${KEY}`],
  [/TWILIO.*ACCOUNT_SID$/, `AC${HEX}`],
  [/TWILIO.*(API_)?KEY(_SID)?$/, `SK${HEX}`],
  [/MONGO.*(URL|URI|STRING)$/, 'mongodb://127.0.0.1:1/db'],
  [/REDIS.*(URL|URI|STRING)$/, 'redis://127.0.0.1:1'],
  [/MYSQL.*(URL|URI|STRING)$/, 'mysql://u:p@127.0.0.1:1/db'],
  [/(DATABASE|DB|POSTGRES\w*|PG|SQL).*(URL|URI|DSN|STRING)$/, 'postgres://u:p@127.0.0.1:1/db'],
  [/(PASSWORD|PASS|PASSPHRASE|SECRET|TOKEN|KEY|CREDENTIALS?)$/, KEY],
  [/(URL|URI|ENDPOINT|BASE|SITE|WEBSITE)$/, 'https://example.com'],
  [/(HOST|HOSTNAME|DOMAIN|SERVER)$/, 'example.com'],
  [/PORT$/, '8443'],
  [/(PATH|DIR|DIRECTORY|FOLDER|ROOT)$/, '/tmp'],
  [/(ENVIRONMENT|ENV)$/, 'sandbox'],
  [/REGION$/, 'us-east-1'],
  [/(TENANT|SUBSCRIPTION|CLIENT|DIRECTORY)_ID$/, '00000000-0000-4000-8000-000000000000'],
  [/_ID$/, KEY],
  [/(EMAIL|MAIL|EMAIL_ADDRESS|ADDRESS|EMAIL_USER|EMAIL_USERNAME)$/, 'dummy@example.com'],
  [/(USER|USERNAME|LOGIN|ACCOUNT|NAME)$/, 'dummy'],
];

/**
 * A value that looks like what is asked for and opens nothing.
 *
 * @param name - Of an environment variable, or of an argument written like one: `--api-key` is `API_KEY`.
 */
export function dummyFor(name: string): string {
  return VALUES.find(([pattern]) => pattern.test(name))?.[1] ?? KEY;
}

/** The same with the prefix that the server says it checks. */
export function dummyWithPrefix(prefix: string): string {
  return /^https?:\/\//.test(prefix) ? `${prefix.replace(/\/+$/, '')}/example.com` : prefix + KEY;
}
