import { describe, expect, it } from 'vitest';
import type { Refusal } from '../../src/connect/remote/refusal.ts';
import { judgeRemote, loginStatus, type RemoteObservation } from '../../src/connect/remote/remote-outcome.ts';
import type { SessionFailure } from '../../src/connect/session.ts';

const CLOSED: SessionFailure = { kind: 'end', end: 'closed' };

function judged(seen: Partial<RemoteObservation>) {
  return judgeRemote({ subject: 'https://example.com/mcp', failure: CLOSED, timeoutMs: 20_000, ...seen });
}

function status(code: number, body = ''): Refusal {
  return { kind: 'status', status: code, headers: new Headers(), body };
}

describe('words that ask for a login', () => {
  it.each([
    'Unauthorized',
    'Authentication required',
    'You are not authenticated.',
    'Missing Authorization header',
    'Invalid API key',
    'api_key is required',
    'no bearer token',
    'Please sign in first',
    'login required: log in at …',
  ])('%s', (message) => {
    expect(loginStatus({ failure: { kind: 'error', code: -32_000, message } })).toBe(200);
    expect(loginStatus({ failure: CLOSED, refusal: status(400, message) })).toBe(400);
  });

  it.each([
    'Bad Request: No valid session ID provided',
    'Unexpected token < in JSON at position 0',
    'Method not found',
    'Unsupported protocol version (supported versions: 2024-11-05)',
    'Parse error: Invalid token',
    'The author is away',
    'Catalogue of blogs in Danish',
  ])('not: %s', (message) => {
    expect(loginStatus({ failure: { kind: 'error', code: -32_000, message } })).toBeUndefined();
    expect(loginStatus({ failure: CLOSED, refusal: status(400, message) })).toBeUndefined();
  });

  it.each([
    [401, 401],
    [403, 403],
    [404, undefined],
    [429, undefined],
    [503, undefined],
  ])('in the body of a %s that says more: %s', (code, expected) => {
    expect(loginStatus({ failure: CLOSED, refusal: status(code, 'Unauthorized') })).toBe(expected);
  });
});

describe('what becomes of a fault of the way out', () => {
  it.each([
    ['private-address', 'refused'],
    ['insecure-url', 'refused'],
    ['redirect-refused', 'refused'],
    ['too-many-redirects', 'refused'],
    ['opted-out', 'refused'],
    ['bad-url', 'refused'],
    ['timeout', 'timeout'],
    ['too-big', 'protocol-error'],
    ['unreachable', 'unreachable'],
    ['rate-limited', 'unreachable'],
    ['connection-lost', 'unreachable'],
  ])('%s: %s', (code, outcome) => {
    const fault = { code, subject: 'example.com', message: 'So it is.', retryable: true };
    expect(judged({ refusal: { kind: 'fault', fault } })).toStrictEqual({
      status: outcome,
      fault: { ...fault, subject: 'https://example.com/mcp' },
    });
  });
});

it('what a server says cannot move a cursor, forge a line or fill a page', () => {
  const said = `\u001b[2J\n::error::${'x'.repeat(10_000)}`;
  const auth = { posture: 'oauth', status: 401, authorizationServers: [said], scopes: [said] } as const;
  const outcomes = [
    judged({ failure: { kind: 'error', code: 1, message: said } }),
    judged({ auth: { ...auth, authorizationServers: [said], scopes: [said] } }),
    judged({ refusal: { kind: 'content', contentType: said, body: '' } }),
    judged({ refusal: { kind: 'endpoint', message: said } }),
    judged({ refusal: status(418, JSON.stringify({ error: { code: 1, message: said } })) }),
  ];
  for (const { fault } of outcomes) {
    expect(fault.message).toContain('\\u001b');
    expect(fault.message).not.toMatch(/\p{Cc}/u);
    expect(fault.message.length).toBeLessThan(1_000);
  }
});
