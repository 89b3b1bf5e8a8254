import { homedir } from 'node:os';
import { expect, it } from 'vitest';
import { faultOfNpm } from '../../src/connect/install/npm-faults.ts';
import { privateNames, withoutPrivateNames } from '../../src/connect/install/private-names.ts';

const SETUP = {
  configFiles: [],
  cliFile: '/opt/tools/npm/bin/npm-cli.js',
  options: {
    registry: 'https://reader:hunter2@npm.corp.example:4873/api/private/',
    '@team:registry': 'http://npm/team',
    proxy: 'http://relay.corp.example:3128/',
    noproxy: 'inside.example',
    'strict-ssl': 'true',
  },
  caFile: '/srv/keys/corp.pem',
  environment: { https_proxy: 'other.corp.example:8080' },
};

it.each([
  [
    'npm error 404 Not Found - GET https://npm.corp.example:4873/api/private/planet - not found',
    'npm error 404 Not Found - GET <registry>/planet - not found',
  ],
  ['request to https://NPM.corp.example:4873/-/x failed', 'request to <registry>/-/x failed'],
  ['GET http://npm/team/@team%2fplanet', 'GET <registry>/@team%2fplanet'],
  ['npm error code E404', 'npm error code E404'],
  ['getaddrinfo ENOTFOUND npm.corp.example', 'getaddrinfo ENOTFOUND <registry>'],
  ['getaddrinfo EAI_AGAIN npm', 'getaddrinfo EAI_AGAIN <address>'],
  ['connect ECONNREFUSED 10.0.0.7:4873', 'connect ECONNREFUSED <address>'],
  ['connect ECONNREFUSED ::1:4873', 'connect ECONNREFUSED <address>'],
  ["{ address: '::1', port: 1 }", "{ address: '<address>', port: 1 }"],
  ['tunneling socket via 10.0.0.7', 'tunneling socket via <address>'],
  ['proxy http://relay.corp.example:3128 and other.corp.example:8080', 'proxy <proxy> and <proxy>'],
  ['request to https://mirror.example/x.tgz failed', 'request to <registry>/x.tgz failed'],
  ['https://someone:secret@elsewhere.example/x', 'https://elsewhere.example/x'],
  [
    "Host: x. is not in the cert's altnames: DNS:a.corp.example, DNS:b.example\nnext",
    "Host: x. is not in the cert's altnames: <address>\nnext",
  ],
  [`open '${homedir()}/.npmrc'`, "open '<path>'"],
  ['at /opt/tools/npm/lib/x.js:3:1)', 'at <path>)'],
  ['in /data/cache/npm/tmp/1/app, /srv/keys/corp.pem', 'in <path>, <path>'],
  ['git dep git+ssh://git@code.example/x.git', 'git dep git+ssh://code.example/x.git'],
])('%s', (details, expected) => {
  const fault = { code: 'install-failed', subject: 'npm:planet', message: details, retryable: false, details };
  expect(withoutPrivateNames(fault, privateNames(SETUP, ['/data/cache']))).toEqual({ ...fault, message: expected, details: expected });
});

it('a fault without details stays without', () => {
  const fault = { code: 'x', subject: 'npm:planet', message: 'm', retryable: false };
  expect(withoutPrivateNames(fault, privateNames(SETUP, []))).toEqual(fault);
});

it('an address is never cut in two, for its end alone would not be recognised', () => {
  const url = 'https://npm.corp.example/planet';
  for (let spare = 0; spare <= url.length; spare += 1) {
    const stderr = `${url} ${'x '.repeat(2_000).slice(spare)}`;
    const fault = faultOfNpm({ kind: 'failed', stderr }, 'planet', undefined, { timeoutMs: 1, maxBytes: 1 });
    expect(fault.details?.replace(url, '')).toMatch(/^[ x]*$/);
  }
});
