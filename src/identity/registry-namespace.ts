import type { RepositoryPlace } from '../model/repository-place.ts';
import { nameWords } from './server-words.ts';

/** The form names are compared in: GitHub's parts know no case, and two names of one namespace that differ only in case are one publisher's anyway. */
export function comparableName(name: string): string {
  return name.toLowerCase();
}

/** Who publishes under a registry name: `io.github.owner` or a domain written backwards. */
export function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.indexOf('/'))).toLowerCase();
}

/** The GitHub account that a namespace was proven with. */
export function githubOwner(namespace: string): string | undefined {
  return namespace.startsWith(GITHUB) ? namespace.slice(GITHUB.length) : undefined;
}

const GITHUB = 'io.github.';

/** Whether the host is the namespace's own, or one below it. */
export function ownsHost(namespace: string, host: string): boolean {
  const owner = githubOwner(namespace);
  if (owner !== undefined) return host === `${owner}.github.io`;
  const domain = namespace.split('.').reverse().join('.');
  return domain.includes('.') && (host === domain || host.endsWith(`.${domain}`));
}

/**
 * Whether a domain bears the name of a repository's owner, or of the repository: `com.stripe` and `stripe/agent-toolkit`, `io.globalping` and
 * `jsdelivr/globalping-mcp-server`. It is no proof: it counts only where nobody has a better one, because it costs the price of a domain. The name
 * has to be in the owner's, not the other way round, since anybody can register a longer one; and the domain has to be a whole one, since anybody can
 * have a subdomain of a hosting service.
 */
export function bearsNameOf(namespace: string, { owner, repository }: RepositoryPlace): boolean {
  const label = domainLabel(namespace);
  if (label === undefined || label.length < 2) return false;
  const name = repository.split('/').at(-1) ?? '';
  const plain = owner.replace(/[^a-z0-9]/g, '');
  const ownerBears =
    nameWords(owner).includes(label) || COMPANY.some((suffix) => plain === label + suffix) || (label.length >= 5 && plain.includes(label));
  return ownerBears || (label.length >= 4 && nameWords(name).includes(label));
}

/** What companies add to a name that is taken. */
const COMPANY = ['inc', 'hq', 'com', 'io', 'ai', 'app', 'dev', 'labs', 'team', 'org', 'co'];

/** The name somebody registered: `stripe` of `com.stripe`, `figma` of `com.figma.mcp`; nothing for what is below a hosting service. */
function domainLabel(namespace: string): string | undefined {
  const registered = registrantOf(namespace);
  if (githubOwner(namespace) !== undefined || HOSTING.has(registered)) return undefined;
  const below = namespace.slice(registered.length + 1);
  return below === '' || SERVICE.test(below) ? registered.split('.').at(-1) : undefined;
}

/** The part of a domain, written backwards, that is registered as one: `com.figma`, `uk.co.acme`. */
export function registrantOf(namespace: string): string {
  const [top = '', second = '', third] = namespace.split('.');
  const isCountry = top.length === 2 && third !== undefined && /^(co|com|org|net|gov|ac|edu)$/.test(second);
  return (isCountry ? [top, second, third] : [top, second]).join('.');
}

const SERVICE = /^(mcp|api|docs|developers?|www|app|eu|us)$/;

/** Below these anybody gets a name. */
const HOSTING = new Set([
  ...[
    'app.vercel',
    'dev.workers',
    'dev.pages',
    'app.netlify',
    'io.github',
    'io.gitlab',
    'dev.fly',
    'com.onrender',
    'app.railway',
    'app.run',
  ],
  ...[
    'net.azurewebsites',
    'app.web',
    'com.firebaseapp',
    'com.herokuapp',
    'live.alpic',
    'com.trycloudflare',
    'app.ngrok',
    'dev.ngrok',
    'co.supabase',
  ],
  ...['run.modal', 'sh.surge', 'com.glitch', 'co.repl', 'app.replit', 'site.framer', 'me.ngrok', 'ai.smithery', 'dev.deno'],
]);
