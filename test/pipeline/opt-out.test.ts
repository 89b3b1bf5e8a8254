import { expect, it } from 'vitest';
import type { RegistryEntry } from '../../src/model/registry-entry.ts';
import { isOptedOut } from '../../src/pipeline/opt-out.ts';

type Offers = Partial<Pick<RegistryEntry, 'registryName' | 'packages' | 'remotes' | 'repository'>>;

const entry = (offers: Offers) => ({ name: 'io.github.acme/weather', packages: [], remotes: [], ...offers });
const oci = (identifier: string): Offers => ({ packages: [{ registryType: 'oci', identifier }] });
const remote = (url: string): Offers => ({ remotes: [{ type: 'streamable-http', url }] });

it.each<[string, Offers]>([
  ['name:io.github.acme/weather', {}],
  ['name:IO.GitHub.Acme/*', {}],
  ['name:com.acme/weather', { registryName: { name: 'com.acme/weather', proven: true } }],
  ['npm:@acme/weather', { packages: [{ registryType: 'npm', identifier: '@acme/weather', version: '1.0.0' }] }],
  ['npm:@acme/*', { packages: [{ registryType: 'npm', identifier: '@acme/weather' }] }],
  ['pypi:acme-server', { packages: [{ registryType: 'pypi', identifier: 'Acme_Server' }] }],
  ['oci:ghcr.io/acme/server', oci('ghcr.io/acme/server:1.2.3')],
  ['oci:acme/server', oci('docker.io/acme/server:1')],
  ['github:acme', { repository: { url: 'git+https://github.com/Acme/weather.git' } }],
  ['github:acme/', { repository: { url: 'https://github.com/acme/weather' } }],
  ['github:acme/weather', { repository: { url: 'git@github.com:acme/weather.git' } }],
  ['host:acme.com', remote('https://ACME.com./mcp')],
  ['host:*.acme.com', remote('https://mcp.acme.com/mcp')],
])('%s covers %j', (wanted, offers) => {
  expect(isOptedOut(entry(offers), [wanted])).toBe(true);
});

it.each<[string, Offers]>([
  ['name:io.github.acme', {}],
  ['npm:@acme/weather', { packages: [{ registryType: 'npm', identifier: '@acme/weather-pro' }] }],
  ['npm:weather', { packages: [{ registryType: 'pypi', identifier: 'weather' }] }],
  ['github:acme', { repository: { url: 'https://github.com/acme-corp/weather' } }],
  ['github:acme/weather', { repository: { url: 'https://github.com/acme/weather2' } }],
  ['host:acme.com', remote('https://mcp.acme.com/mcp')],
  ['host:*.acme.com', remote('https://acme.com/mcp')],
  ['host:*.acme.com', remote('https://notacme.com/mcp')],
])('%s does not cover %j', (wanted, offers) => {
  expect(isOptedOut(entry(offers), [wanted])).toBe(false);
});
