import { HttpError } from './http-error.ts';

/** How deep causes are followed; an error may be its own cause. */
const MAX_CAUSES = 5;
const FETCH_MESSAGES = /^(fetch failed|terminated)$/;
/** Errors of the system, of undici, of its parser and of decompression. `ERR_…` is Node's word for a wrong argument. */
const NETWORK_CODE = /^(E[A-Z]{3,}|UND_ERR_\w+|HPE_\w+|Z_\w+)$/;
const TIMEOUT_CODE = /TIMEOUT|TIMEDOUT/;
/** What the system says when it has no route to anywhere, or no answer from a resolver, whoever is asked for. */
const DOWN_CODE = /^(EAI_AGAIN|EAI_SYSTEM|ENETUNREACH|ENETDOWN)$/;
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO|^ERR_TLS|^ERR_SSL|^EPROTO$/;

/**
 * What `fetch` or its body threw, as a fault of `url`; what is no failure of the network comes back as it is, being a bug or an abort.
 */
export function asHttpError(error: unknown, url: URL): unknown {
  const causes = causesOf(error);
  const known = causes.find((cause) => cause instanceof HttpError);
  if (known) return known;
  if (!isNetworkError(error)) return error;
  const last = causes.at(-1);
  const code = causes.map(codeOf).findLast((found) => found !== undefined);
  return new HttpError({ ...meaningOf(code, last), url, details: last instanceof Error ? last.message : undefined, cause: error });
}

function meaningOf(code: string | undefined, last: unknown) {
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return { code: 'too-big', message: 'sends more headers than are read' } as const;
  if (code && TIMEOUT_CODE.test(code)) return { code: 'timeout', message: 'could not be connected to in time' } as const;
  if (code && DOWN_CODE.test(code)) {
    return { code: 'network-down', message: `cannot be asked: this machine has no network, or no resolver (${code})` } as const;
  }
  if (code && CERTIFICATE_CODE.test(code)) {
    return { code: 'unreachable', message: `has no certificate that can be trusted (${code})`, retryable: false } as const;
  }
  if (last instanceof Error && last.message === 'bad port') {
    return { code: 'unreachable', message: 'is to be asked at a port that belongs to another protocol', retryable: false } as const;
  }
  return { code: 'unreachable', message: `cannot be reached, or stopped answering${code ? ` (${code})` : ''}` } as const;
}

function isNetworkError(error: unknown): boolean {
  if (error instanceof TypeError && FETCH_MESSAGES.test(error.message)) return true;
  return NETWORK_CODE.test(codeOf(error) ?? '');
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let cause = error; cause instanceof Error && causes.length < MAX_CAUSES; cause = cause.cause) causes.push(cause);
  return causes;
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
