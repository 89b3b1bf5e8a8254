import { readFile } from 'node:fs/promises';
import { FaultError } from '../../model/fault.ts';
import type { NpmSettings } from './npm-settings.ts';

/** Where packages are asked about, and as whom. */
export interface RegistryAccess {
  /** Without a trailing slash. */
  readonly url: string;
  /** Value of the Authorization header; only for requests to this registry, never for a server or an install. */
  readonly authorization?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Bytes of one .npmrc that are read. */
const MAX_FILE_BYTES = 256 * 1024;

/**
 * The registry that the npm client is configured for, with the credentials the client would send. npm itself does not show them, so they are read
 * from the files that it names.
 *
 * @throws FaultError when npm cannot say how it is set up.
 */
export async function readRegistryAccess(settings: NpmSettings, environment: Environment): Promise<RegistryAccess> {
  const found = await settings();
  if (!found.ok) throw new FaultError(found.fault);
  const { options, configFiles } = found.setup;
  const url = (options['registry'] ?? '').replace(/\/+$/, '');
  const texts = await readConfigTexts(configFiles);
  const authorization = authorizationFor(
    url,
    texts.map((text) => settingsIn(text, environment)),
  );
  return { url, ...(authorization !== undefined && { authorization }) };
}

/** What stands in the files that npm names, empty for one that is not there. */
export function readConfigTexts(files: readonly string[]): Promise<string[]> {
  return Promise.all(files.map(readText));
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).slice(0, MAX_FILE_BYTES);
  } catch {
    // npm names files that need not be there.
    return '';
  }
}

/** `key = value` lines; `${NAME}` is taken from the environment, as npm does. */
export function settingsIn(text: string, environment: Environment): Map<string, string> {
  const lines = text.split('\n').flatMap((line): [string, string][] => {
    const [, key, value] = /^\s*([^#;=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (!key || value === undefined) return [];
    const unquoted = value.replace(/^"(.*)"$/, '$1');
    return [[key, unquoted.replaceAll(/\$\{([^}]+)\}/g, (whole, name: string) => environment[name] ?? whole)]];
  });
  return new Map(lines);
}

/**
 * What npm would send: the credential of the longest part of the registry's path that has one. Files are given strongest first.
 *
 */
function authorizationFor(registryUrl: string, files: readonly ReadonlyMap<string, string>[]): string | undefined {
  const value = (key: string) => files.find((file) => file.has(key))?.get(key);
  for (const prefix of registryPrefixes(registryUrl)) {
    const token = value(`${prefix}:_authToken`);
    if (token) return `Bearer ${token}`;
    const basic = value(`${prefix}:_auth`);
    if (basic) return `Basic ${basic}`;
    const [user, password] = [value(`${prefix}:username`), value(`${prefix}:_password`)];
    if (user && password) return `Basic ${btoa(`${user}:${atob(password)}`)}`;
  }
  return undefined;
}

/** `//host/a/b/`, `//host/a/b`, `//host/a/`, … `//host/`, `//host`. */
export function registryPrefixes(registryUrl: string): string[] {
  if (!URL.canParse(registryUrl)) return [];
  const { host, pathname } = new URL(registryUrl);
  const parts = pathname.split('/').filter(Boolean);
  return Array.from(
    { length: parts.length + 1 },
    (_, dropped) => `//${[host, ...parts.slice(0, parts.length - dropped)].join('/')}`,
  ).flatMap((path) => [`${path}/`, path]);
}
