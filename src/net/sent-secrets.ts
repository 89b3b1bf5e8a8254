/** Headers that hold something to prove who asks. */
const SECRET_HEADER = /auth|cookie|key|token|secret|session|pass|cred/i;
/** Shorter ones are words of every text. */
const MIN_SECRET = 6;
/** A password may be short, and is looked for all the same. */
const MIN_PASSWORD = 4;
/** Of a secret at the end of a text that was cut: less gives nothing away. */
const MIN_START = 4;

/** What a request's headers prove who asks with, in every spelling that a host may give it back in, the longest first. */
export function secretsIn(headers: Headers): string[] {
  const values = [...headers].filter(([name]) => SECRET_HEADER.test(name)).map(([, value]) => value);
  const parts = values.flatMap((value) => [value, ...value.split(/[\s;,]+/), ...value.split(/[\s;,=]+/)]);
  const secrets = [...parts.filter(({ length }) => length >= MIN_SECRET), ...values.flatMap(decodedIn)];
  return [...new Set(secrets.flatMap(spellingsOf))].sort((a, b) => b.length - a.length);
}

/** User and password as they were before `Basic` encoded them, and the password alone. */
function decodedIn(value: string): string[] {
  const [, encoded] = /^basic\s+(\S+)/i.exec(value) ?? [];
  if (encoded === undefined) return [];
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  return [decoded, decoded.slice(decoded.indexOf(':') + 1)].filter(({ length }) => length >= MIN_PASSWORD);
}

function spellingsOf(secret: string): string[] {
  return [secret, encodeURIComponent(secret.toWellFormed()), encodeURI(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)];
}

/** A text that came back, without them; also without the start of one at its end, where the text may have been cut. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const rest = secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text);
  const start = Math.max(0, ...secrets.map((secret) => startAtEnd(rest, secret)));
  return start < MIN_START ? rest : `${rest.slice(0, -start)}…`;
}

/** How much of the start of `secret` the text ends with. */
function startAtEnd(text: string, secret: string): number {
  for (let length = Math.min(secret.length, text.length); length >= MIN_START; length--) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}
