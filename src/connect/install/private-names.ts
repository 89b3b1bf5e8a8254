import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { Fault } from '../../model/fault.ts';
import { secretsOf } from './npm-credentials.ts';
import { type NpmSetup, npmFolder } from './npm-settings.ts';

/** What of this machine npm may repeat in its output, and nobody else has to know: faults are published. */
export interface PrivateNames {
  /** URLs, or `host:port`. */
  readonly registries: readonly string[];
  readonly proxies: readonly string[];
  /** Absolute; what lies below them is private too. */
  readonly folders: readonly string[];
  /** Credentials. npm hides those that it knows; what a registry repeats it does not. */
  readonly secrets?: readonly string[];
}

const ADDRESS = /^([a-z][a-z\d+.-]*:\/\/)?(?:[^/]*@)?(.*)$/i;
const LOGIN = /(:\/\/)[^\s/'"]*@/g;
/** Before an address that npm itself asked, be it the registry's or one that the registry sent it to. */
const ASKED = /((?:request to|\bGET|\bHEAD|\bPOST|\bPUT) )https?:\/\/[^\s/'"]+/g;
/** What the system's resolver and sockets name: a host, or the address that it stands for. */
const CALLED = /\b((?:connect|getaddrinfo|queryA{1,4}) E[A-Z_]+) [\w.:[\]-]+/g;
const MEMBER = /\b((?:address|host|hostname): ')[^']*/g;
const IP_ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g;
/** A certificate may name all the hosts of a company. */
const CERTIFIED = /(altnames: )[^\n]*/g;
const REST_OF_PATH = '[^\\s\'"`),;]*';

/** @param cacheFolders - The cache folder, by each of its names. */
export function privateNames(setup: NpmSetup, cacheFolders: readonly string[]): PrivateNames {
  const { options, environment, caFile, extraCaFile } = setup;
  const entries = [...Object.entries(options), ...Object.entries(environment)];
  const of = (kind: RegExp) => entries.filter(([name]) => kind.test(name)).map(([, value]) => value);
  const files = [caFile, extraCaFile, process.execPath].filter((file) => file !== undefined);
  return {
    registries: of(/registry$/i),
    proxies: of(/(?:^|-)proxy$|https?_proxy$/i),
    secrets: secretsOf(setup.credentials ?? []),
    folders: [homedir(), ...cacheFolders, npmFolder(setup), ...files.map((file) => dirname(file))],
  };
}

/** The fault with `<registry>`, `<proxy>` and `<path>` in place of where this machine's own are. */
export function withoutPrivateNames(fault: Fault, names: PrivateNames): Fault {
  const message = hide(fault.message, names);
  return { ...fault, message, ...(fault.details !== undefined && { details: hide(fault.details, names) }) };
}

function hide(text: string, { registries, proxies, folders, secrets = [] }: PrivateNames): string {
  const addresses = [
    ...registries.flatMap((url) => spellings(url).map((spelling) => ({ spelling, name: '<registry>' }))),
    ...proxies.flatMap((url) => spellings(url).map((spelling) => ({ spelling, name: '<proxy>' }))),
  ].sort((a, b) => b.spelling.length - a.spelling.length);
  let hidden = text;
  for (const secret of secrets) hidden = hidden.replaceAll(secret, '<credential>');
  for (const { spelling, name } of addresses) hidden = hidden.replaceAll(new RegExp(escaped(spelling), 'gi'), name);
  hidden = hidden.replaceAll(LOGIN, '$1').replaceAll(ASKED, '$1<registry>');
  hidden = hidden.replaceAll(CALLED, '$1 <address>').replaceAll(MEMBER, '$1<address>');
  hidden = hidden.replaceAll(CERTIFIED, '$1<address>').replaceAll(IP_ADDRESS, '<address>');
  for (const folder of longestFirst(folders)) hidden = hidden.replaceAll(new RegExp(escaped(folder) + REST_OF_PATH, 'g'), '<path>');
  return hidden;
}

/** As npm may print it: with and without scheme, login and path. */
function spellings(url: string): string[] {
  const [, scheme = '//', address = ''] = ADDRESS.exec(url) ?? [];
  const [host = ''] = address.split('/');
  const [name = ''] = host.split(/:\d+$/);
  if (!name) return [];
  const texts = [url, scheme + address, scheme + host, scheme + name, address, host, name].map((text) => text.replace(/\/+$/, ''));
  // A name of one word (`npm`) is an address only where something beside it says so.
  return texts.filter((text) => /[.:/]/.test(text));
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function longestFirst(folders: readonly string[]): string[] {
  return folders.filter((folder) => folder.length > 1).sort((a, b) => b.length - a.length);
}
