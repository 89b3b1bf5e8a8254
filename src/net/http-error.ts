import { FaultError } from '../model/fault.ts';
import { visibleText } from '../model/visible-text.ts';
import { hostName } from './host.ts';
import { withoutSecrets } from './sent-secrets.ts';

type HttpFaultCode =
  /** No such host, refused, reset, cut off, no HTTP. */
  | 'unreachable'
  /** This machine has no network, or nobody to resolve names. */
  | 'network-down'
  | 'timeout'
  | 'too-big'
  | 'bad-status'
  | 'rate-limited'
  /** Nothing was sent: the host is held for others' sake, or is asked by too many. Says nothing of who was to be asked. */
  | 'not-asked'
  | 'unauthorized'
  | 'not-json'
  | 'bad-shape'
  | 'private-address'
  | 'bad-url'
  | 'insecure-url'
  | 'redirect-refused'
  | 'too-many-redirects'
  | 'opted-out';

const RETRYABLE: ReadonlySet<HttpFaultCode> = new Set(['unreachable', 'network-down', 'timeout', 'rate-limited', 'not-asked', 'not-json']);
const MAX_DETAILS = 400;
/** Of a text of unknown origin, before it is searched for what must not be in it. */
const MAX_SEARCHED = 8_000;
const MAX_URL = 300;
const SECRET_NAME = /key|token|secret|sig|pass|auth|cred|session|code/i;

interface HttpErrorParts extends ErrorOptions {
  readonly code: HttpFaultCode;
  readonly url: URL | string;
  /** What happened; the host is put in front of it. */
  readonly message: string;
  readonly status?: number;
  /** Text of unknown origin; cut and made visible here. */
  readonly details?: string;
  /** Default: as usual for the code. */
  readonly retryable?: boolean;
  readonly askedUntil?: number;
  /** What nothing that the fault says may contain. */
  readonly secrets?: readonly string[];
}

/** A request that came to nothing, with the fault for the report. */
export class HttpError extends FaultError {
  override readonly name = 'HttpError';
  /** Of the answer, if there was one. */
  readonly status?: number;
  /** The host that failed, without a port; a redirect may have led to it. */
  readonly host: string;
  /** When the host said that it wants to be asked again: epoch milliseconds. */
  readonly askedUntil?: number;

  readonly #parts: HttpErrorParts;

  constructor(parts: HttpErrorParts) {
    const { code, url, message, status, details, retryable, askedUntil, secrets = [], cause } = parts;
    const parsed = typeof url === 'string' ? URL.parse(url) : url;
    const sentence = withoutSecrets(`${parsed?.host || 'The URL'} ${message}.`, secrets);
    const subject = withoutSecrets(printableUrl(url), secrets);
    const fault = { code, subject, message: sentence, retryable: retryable ?? RETRYABLE.has(code) };
    const seen = details && visibleText(withoutSecrets(details.slice(0, MAX_SEARCHED), secrets).slice(0, MAX_DETAILS));
    super(seen ? { ...fault, details: seen } : fault, cause === undefined ? undefined : { cause });
    this.#parts = { ...parts, details: details?.slice(0, MAX_SEARCHED) };
    this.host = parsed ? hostName(parsed) : '';
    this.status = status;
    this.askedUntil = askedUntil;
  }

  /** The same, of a request that was sent with `secrets`: a host may answer with what it was sent. */
  without(secrets: readonly string[]): HttpError {
    return secrets.length > 0 ? new HttpError({ ...this.#parts, secrets }) : this;
  }
}

export function privateAddress(url: URL | string, address: string): HttpError {
  const message = `leads to ${address}, which is not on the public internet; a host of your own can be named in trustedHosts of the settings`;
  return new HttpError({ code: 'private-address', url, message });
}

/** A URL for reports: without user, password and fragment, and without the values of parameters that sound like secrets. */
export function printableUrl(url: URL | string): string {
  const parsed = typeof url === 'string' ? URL.parse(url) : new URL(url);
  if (!parsed) return visibleText(String(url).slice(0, MAX_URL));
  parsed.username = '';
  parsed.password = '';
  parsed.hash = '';
  for (const name of new Set(parsed.searchParams.keys())) {
    if (SECRET_NAME.test(name)) parsed.searchParams.set(name, '…');
  }
  return visibleText(parsed.href.slice(0, MAX_URL));
}
