import { describe, expect, it } from 'vitest';
import { HttpError, privateAddress } from '../../src/net/http-error.ts';
import { asHttpError } from '../../src/net/network-error.ts';
import { networkError } from './planned-fetch.ts';

const url = new URL('https://host.example:8443/path');
const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('what fetch throws', () => {
  it.each<[string, Error, string, boolean]>([
    ['no such name', networkError('ENOTFOUND'), 'unreachable', true],
    ['the resolver is down', networkError('EAI_AGAIN'), 'network-down', true],
    ['no route to anywhere', networkError('ENETUNREACH'), 'network-down', true],
    ['nobody listens', networkError('ECONNREFUSED'), 'unreachable', true],
    ['reset', networkError('ECONNRESET'), 'unreachable', true],
    ['no answer to a connection', networkError('UND_ERR_CONNECT_TIMEOUT'), 'timeout', true],
    ['no answer to a connection, from the system', networkError('ETIMEDOUT'), 'timeout', true],
    ['headers without end', networkError('UND_ERR_HEADERS_OVERFLOW'), 'too-big', false],
    ['an expired certificate', networkError('CERT_HAS_EXPIRED'), 'unreachable', false],
    ['a self-signed certificate', networkError('SELF_SIGNED_CERT_IN_CHAIN'), 'unreachable', false],
    ['another name in the certificate', networkError('ERR_TLS_CERT_ALTNAME_INVALID'), 'unreachable', false],
    ['no HTTP', networkError('HPE_INVALID_CONSTANT'), 'unreachable', true],
    ['cut off', new TypeError('terminated', { cause: coded('UND_ERR_SOCKET', 'other side closed') }), 'unreachable', true],
    ['broken compression', new TypeError('terminated', { cause: coded('Z_DATA_ERROR') }), 'unreachable', true],
    ['a port of mail', new TypeError('fetch failed', { cause: new Error('bad port') }), 'unreachable', false],
    ['no cause at all', new TypeError('fetch failed'), 'unreachable', true],
    ['an error of the system by itself', coded('EPIPE'), 'unreachable', true],
  ])('%s', (_, error, code, retryable) => {
    const found = asHttpError(error, url) as HttpError;
    expect(found).toBeInstanceOf(HttpError);
    expect(found.fault).toMatchObject({ code, retryable, subject: url.href, message: expect.stringMatching(/^host\.example:8443 .*\.$/) });
    expect(found).toMatchObject({ host: 'host.example', cause: error });
  });

  it('is the refusal of the guard where that is the cause', () => {
    const refusal = privateAddress(url, '10.0.0.1');
    expect(asHttpError(new TypeError('fetch failed', { cause: new Error('connect', { cause: refusal }) }), url)).toBe(refusal);
  });

  it.each([
    ['a bug', new RangeError('index')],
    ['a wrong argument', new TypeError('Headers.append: "x" is an invalid header value.')],
    ["a wrong argument, in Node's words", Object.assign(new TypeError('The "x" argument'), { code: 'ERR_INVALID_ARG_TYPE' })],
    ['an abort', new DOMException('This operation was aborted', 'AbortError')],
    ['no error', 'text'],
  ])('stays as it is when it is %s', (_, error) => {
    expect(asHttpError(error, url)).toBe(error);
  });

  it('may be its own cause', () => {
    const error: Error = new TypeError('fetch failed');
    error.cause = error;
    expect(asHttpError(error, url)).toBeInstanceOf(HttpError);
  });
});
