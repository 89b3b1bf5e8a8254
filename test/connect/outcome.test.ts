import { describe, expect, it } from 'vitest';
import { askedNames } from '../../src/connect/asked.ts';
import { askedArguments } from '../../src/connect/asked-arguments.ts';
import { askedValues } from '../../src/connect/asked-values.ts';
import { judge, type Observation } from '../../src/connect/outcome.ts';

const CLOSED = { kind: 'end', end: 'closed' } as const;
const TIMEOUT = { kind: 'end', end: 'timeout' } as const;
const EXIT = { code: 1, signal: null };
const seen = (part: Partial<Observation>): Observation => ({
  subject: 'npm:example@1.0.0',
  failure: CLOSED,
  text: '',
  isGarbled: false,
  timeoutMs: 10_000,
  ...part,
});

describe('what a server says of itself', () => {
  it.each([
    ['Error: No API key. Set PLANET_API_KEY or use --key', 'needs-auth'],
    ['Environment variable DEPLOY_URL is not defined', 'needs-auth'],
    ['API token not provided', 'needs-auth'],
    ['The PLANET_API_TOKEN environment variable is missing or empty', 'needs-auth'],
    ['Environment Variables not set - please check your .env file', 'needs-auth'],
    ['Request failed with status code 401', 'needs-auth'],
    ['You are not logged in. Run `planet login` first.', 'needs-auth'],
    ['POST_API_KEY: { _errors: [ "Required" ] }', 'needs-auth'],
    ['getaddrinfo ENOTFOUND api.example.com', 'needs-network'],
    ['getaddrinfo EAI_AGAIN api.example.com, token was dummy', 'needs-network'],
    ['TypeError: fetch failed', 'needs-network'],
    ['connect ECONNREFUSED 203.0.113.7:443', 'needs-network'],
    ['dial tcp: lookup api.example.com: no such host', 'needs-network'],
    ['connect ENETUNREACH 203.0.113.7:443 - Local (0.0.0.0:0)', 'needs-network'],
    ['Error: connect ECONNREFUSED 127.0.0.1:5432', 'needs-backend'],
    ['Redis connection error: ECONNREFUSED', 'needs-backend'],
    ['Cannot connect to the Docker daemon', 'needs-backend'],
    ['Please provide a database URL as a command-line argument: DATABASE_URL', 'needs-backend'],
    ['zoo requires Node.js >= 99', 'refused'],
    ["SyntaxError: The requested module 'node:util' does not provide an export named 'styleText'", 'refused'],
    ['TypeError: Cannot read properties of undefined', 'crashed'],
    ["Cannot find module './x.js'", 'crashed'],
    ['', 'crashed'],
  ])('%s → %s', (text, status) => {
    expect(judge(seen({ text, exit: EXIT })).status).toBe(status);
  });

  it('outranks how it ended, and is read in an error answer too', () => {
    expect(judge(seen({ failure: TIMEOUT, text: 'connect ECONNREFUSED 127.0.0.1:6379' })).status).toBe('needs-backend');
    expect(judge(seen({ failure: { kind: 'error', code: -32603, message: 'API key is required' } })).status).toBe('needs-auth');
  });
});

it('a newer Node is asked for with its version and the command', () => {
  const { fault } = judge(seen({ text: 'zoo requires Node.js >= 99.1', exit: EXIT }));
  expect(fault).toMatchObject({ code: 'newer-node-needed', message: expect.stringMatching(/Node 99\.1.+`nvm install 99\.1`/) });
});

it('output that could not be read is a protocol error, whatever else it said', () => {
  const failure = { kind: 'end', end: 'unreadable' } as const;
  expect(judge(seen({ failure, text: 'API key is required' }))).toMatchObject({ status: 'protocol-error', fault: { code: 'unreadable' } });
});

describe('how it ended', () => {
  it.each<[Partial<Observation>, string, string, string]>([
    [{ exit: EXIT, text: 'boom' }, 'crashed', 'exited', 'It exited with code 1 before it answered. The end of its output says why.'],
    [{ exit: { code: 0, signal: null } }, 'crashed', 'exited', 'It exited with code 0 before it answered. It wrote nothing that says why.'],
    [
      { exit: { code: null, signal: 'SIGSEGV' } },
      'crashed',
      'exited',
      'It was ended by SIGSEGV before it answered. It wrote nothing that says why.',
    ],
    [{ exit: { ...EXIT, spawnError: 'ENOENT' } }, 'crashed', 'not-started', 'It could not be started: ENOENT.'],
    [{}, 'protocol-error', 'stdout-closed', 'It closed its stdout without an answer and went on running.'],
    [{ failure: TIMEOUT }, 'timeout', 'no-answer', 'It gave no answer within 10 s and was stopped.'],
    [
      { failure: TIMEOUT, isGarbled: true },
      'protocol-error',
      'not-the-protocol',
      'It wrote to stdout, but no message of the protocol within 10 s, and was stopped.',
    ],
    [
      { failure: { kind: 'end', end: 'frame-too-big' }, text: 'API key is missing' },
      'protocol-error',
      'frame-too-big',
      'It wrote a longer line to stdout than is accepted from a server, and was stopped.',
    ],
    [
      { failure: { kind: 'error', code: -32602, message: 'un\u001b[31mknown' } },
      'protocol-error',
      'answered-error',
      'It answered with error -32602: un\\u001b[31mknown',
    ],
    [{ failure: { kind: 'unusable', message: 'It has no list.' } }, 'protocol-error', 'bad-answer', 'It has no list.'],
  ])('%j', (part, status, code, message) => {
    const outcome = judge(seen(part));
    expect(outcome).toMatchObject({ status, fault: { code, message, subject: 'npm:example@1.0.0' } });
  });
});

it('the details are the end of what it wrote, escaped and bounded', () => {
  const { fault } = judge(seen({ exit: EXIT, text: `${'x'.repeat(10_000)}\u001b[2J the end` }));
  expect(fault.details).toHaveLength(2_048);
  expect(fault.details?.endsWith('x\\u001b[2J the end')).toBe(true);
});

it.each(['connect', 'postgres_', 'A_KEY', 'missing ', 'API key ', '--token ', 'usage: ', 'A_', '\u001b[', '{', ' '])(
  '64 kB of %j are read in no time',
  (piece) => {
    const text = piece.repeat(65_536 / piece.length);
    const startedAt = performance.now();
    judge(seen({ text, exit: EXIT }));
    askedNames(text);
    askedValues(text, { A_KEY: 'x' });
    askedArguments(text, []);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  },
);
