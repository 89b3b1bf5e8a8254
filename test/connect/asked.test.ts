import { describe, expect, it } from 'vitest';
import { askedNames } from '../../src/connect/asked.ts';
import { askedArguments } from '../../src/connect/asked-arguments.ts';
import { askedValues } from '../../src/connect/asked-values.ts';
import { dummyFor } from '../../src/connect/dummies.ts';

const KEY = dummyFor('API_KEY');

describe('names', () => {
  it.each<[string, string, readonly string[]]>([
    ['one in a sentence', "Please run 'x setup' or set PLANET_API_KEY environment variable.", ['PLANET_API_KEY']],
    ['several, in their order', 'Set MAIL_ADDRESS, MAIL_PASSWORD, etc.', ['MAIL_ADDRESS', 'MAIL_PASSWORD']],
    ['alternatives', 'Provide an API token via --token, A_TOKEN, or A_KEY', ['A_TOKEN', 'A_KEY']],
    ['in colour', '\u001b[31mERROR\u001b[39m: \u001b[36mCODE_HOST_TOKEN is not set\u001b[39m', ['CODE_HOST_TOKEN']],
    ['in a validation error', 'Invalid environment: { _errors: [], POST_API_KEY: { _errors: [ "Required" ] } }', ['POST_API_KEY']],
    ['in a log line', '{"level":"ERROR","msg":"Use --api-token or set OCEAN_API_TOKEN"}', ['OCEAN_API_TOKEN']],
    ['in the line of code that threw', 'throw new Error("Environment variable DEPLOY_URL is not defined");', ['DEPLOY_URL']],
    ['exported without an underscore', 'export TOKEN=<your token>', ['TOKEN']],
    [
      'below a heading of optional ones',
      'Missing K_API_KEY\n\nOptional environment variables:\n  K_REGION - where\n  K_URL - which\n',
      ['K_API_KEY'],
    ],
    ['after them', 'Optional:\n  K_REGION\nRequired:\n  K_TOKEN\n', ['K_TOKEN']],
    ['called optional', 'X_TOKEN is required\nX_REGION (optional)', ['X_TOKEN']],
    ['with a default', '- IMAGE_DIR: /tmp (source: default)\n- LISTEN_HOST: 127.0.0.1 (source: default)', []],
    ['that switches something off', 'Telemetry enabled. Disable: T_TELEMETRY=off or DO_NOT_TRACK=1', []],
    ['knobs', 'X_TIMEOUT X_MAX_RETRIES MAX_SIZE X_DEBUG X_MODE X_LOG_LEVEL X_PORT ENV_FILE YOUR_API_KEY X_USE_OAUTH', []],
    ['error codes', "code: 'MODULE_NOT_FOUND'\nError [ERR_MODULE_NOT_FOUND]: Cannot find module", []],
    ['in a stack frame', '    at CONFIG_LOADER_KEY (file:///app/x.js:1:1)', []],
    ['loaders', 'set NODE_OPTIONS, LD_PRELOAD, PYTHONPATH, NPM_TOKEN, NODE_EXTRA_CA_CERTS and export PATH=/evil', []],
    [
      'of usage those that it demands',
      'Error: pass --token or A_TOKEN\nUsage: zoo [--token]\n  B_TOKEN  Another\n  C_URL  Elsewhere',
      ['A_TOKEN'],
    ],
    ['of usage all where it demands none', 'Usage: zoo\n  B_TOKEN  Another\n  C_URL  Elsewhere', ['B_TOKEN', 'C_URL']],
    ['codes of the resolver', 'getaddrinfo EAI_AGAIN example.com', []],
    ['none', 'Welcome!', []],
  ])('%s', (_, text, names) => {
    expect(askedNames(text)).toEqual(names);
  });

  it('of usage the others come once those that it demands are met', () => {
    const text = 'Error: pass --token or A_TOKEN\nUsage: zoo [--token]\n  B_TOKEN  Another';
    expect(askedNames(text, { A_TOKEN: 'x' })).toEqual(['B_TOKEN']);
  });

  it('are at most 24, however many a server names', () => {
    expect(askedNames(Array.from({ length: 10_000 }, (_, index) => `A_KEY_${index}`).join(' '))).toHaveLength(24);
  });
});

describe('values', () => {
  it.each<[string, string, Record<string, string>, Record<string, string>]>([
    [
      'an example address',
      'Please set P_ENV to a valid URL (e.g., https://<environment-id>.apps.example.org or another)',
      { P_ENV: 'sandbox' },
      { P_ENV: 'https://abc12345.apps.example.org' },
    ],
    ['a prefix on the same line', 'P_KEY must start with "pk_live_"', { P_KEY: KEY }, { P_KEY: `pk_live_${KEY}` }],
    ['a prefix of the only key', 'Invalid key: keys begin with `re_`', { P_KEY: KEY, P_REGION: 'eu' }, { P_KEY: `re_${KEY}` }],
    ['a pattern', 'Expected sk_* for the key', { P_KEY: KEY }, { P_KEY: `sk_${KEY}` }],
    ['accepted values', 'Accepted environments are: sandbox, production', { P_ENVIRONMENT: 'x' }, { P_ENVIRONMENT: 'sandbox' }],
    ['one of several values', "P_REGION must be one of: 'eu' | 'us'", { P_REGION: 'x' }, { P_REGION: 'eu' }],
    [
      'quoted values',
      'Must be "red", "blue", or "green". Invalid color: "dummy0000dummy"',
      { P_COLOR: 'dummy0000dummy', P_KEY: KEY },
      { P_COLOR: 'red' },
    ],
    ['the value it has already', 'Accepted environments are: sandbox, production', { P_ENVIRONMENT: 'sandbox' }, {}],
    ['a variable that was not set', 'P_KEY must start with pk_', {}, {}],
    ['nothing about values', 'P_KEY is wrong', { P_KEY: KEY }, {}],
  ])('%s', (_, text, env, expected) => {
    expect(askedValues(text, env)).toEqual(expected);
  });
});

describe('arguments', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['a flag for a token', 'required arguments are missing:\n  - token\n     --token or -t', [], ['--token', KEY]],
    ['a flag with an equals sign', 'pass --api-key=<key>', [], [`--api-key=${KEY}`]],
    ['a flag whose name goes on', 'pass --organization-slug <slug>', [], []],
    ['an option of usage that it does not demand', 'Error: no context\nUsage:\n  zoo [flags]\nFlags:\n  --tls-key string', [], []],
    ['a flag that it has', 'pass --api-key=<key>', ['--api-key', 'x'], []],
    ['an optional flag', 'Usage: x [--token <token>]', [], []],
    ['a listed command', 'Usage: x [command]\n\nCommands:\n  login  Sign in\n  serve  Answer\n', [], ['serve']],
    ['a quoted command', "Unknown command: undefined. Expected 'init' or 'run'.", [], ['run']],
    ['commands between bars', 'Usage: x <http|stdio>', [], ['stdio']],
    ['a command in the usage line', 'Usage: planet start [options]', [], ['start']],
    ['a command that it has', "Expected 'init' or 'run'.", ['run'], []],
    ['a word of prose', 'Please start the server again', [], []],
    ['stdio by name', 'Use --stdio for stdio mode', [], ['--stdio']],
    ['an HTTP server', 'Initializing server in HTTP mode on 127.0.0.1:3333...', [], ['--stdio']],
    ['a missing argument', "error: missing required argument 'org'", [], [dummyFor('ORG')]],
    ['a positional argument', 'Usage: x run [account_id]', ['run'], [dummyFor('ACCOUNT_ID')]],
    ['nothing', 'Segmentation fault', [], []],
  ])('%s', (_, text, args, added) => {
    expect(askedArguments(text, args)).toEqual(added);
  });
});

describe('dummies', () => {
  it.each([
    ['X_API_KEY', KEY],
    ['EMAIL_PASSWORD', KEY],
    ['MAIL_EMAIL_ADDRESS', 'dummy@example.com'],
    ['USER_EMAIL', 'dummy@example.com'],
    ['X_URL', 'https://example.com'],
    ['EMAIL_IMAP_HOST', 'example.com'],
    ['DATABASE_URL', 'postgres://u:p@127.0.0.1:1/db'],
    ['PG_CONNECTION_STRING', 'postgres://u:p@127.0.0.1:1/db'],
    ['MONGODB_URI', 'mongodb://127.0.0.1:1/db'],
    ['REDIS_URL', 'redis://127.0.0.1:1'],
    ['STRIPE_SECRET_KEY', `sk_test_${KEY}`],
    ['X_ENVIRONMENT', 'sandbox'],
    ['AZURE_TENANT_ID', '00000000-0000-4000-8000-000000000000'],
    ['DATA_DIR', '/tmp'],
    ['X_USERNAME', 'dummy'],
    ['SOMETHING_ELSE', KEY],
  ])('%s', (name, value) => {
    expect(dummyFor(name)).toBe(value);
  });

  it('of no known form are formed as their vendor forms them', () => {
    expect(dummyFor('API_KEY', 'STRIPE_MCP_0_1_0')).toBe(`sk_test_${KEY}`);
    expect(dummyFor('API_KEY', 'PLANET_MCP_0_1_0')).toBe(KEY);
    expect(dummyFor('X_URL', 'STRIPE_MCP_0_1_0')).toBe('https://example.com');
  });
});
