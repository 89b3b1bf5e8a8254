import { registryPrefixes, settingsIn } from './registry-access.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const KINDS = ['_authToken', '_auth', 'username', '_password'];
const FROM_ENVIRONMENT = /^npm_config_(\/\/.+)$/i;

/**
 * What npm would send to these registries, as lines of an .npmrc: nothing of other hosts, and nothing else that the files say.
 *
 * @param registryUrls - The usual one and those of scopes.
 * @param texts - Of the files that npm reads, strongest first.
 */
export function npmCredentials(registryUrls: readonly string[], texts: readonly string[], environment: Environment): string[] {
  const files = [fromEnvironment(environment), ...texts.map((text) => settingsIn(text, environment))];
  const keys = new Set(registryUrls.flatMap(registryPrefixes).flatMap((prefix) => KINDS.map((kind) => `${prefix}:${kind}`)));
  return [...keys].flatMap((key) => {
    const value = files.find((file) => file.has(key))?.get(key);
    return value ? [`${key}=${JSON.stringify(value)}`] : [];
  });
}

/**
 * The lines among them that an install of this package needs: for the usual registry and for that of its own scope. Not for the registries of other scopes: a
 * stranger's package that depends on `@company/private` must not be given it.
 *
 * @param options - npm's: `registry`, and `@scope:registry` for each scope that has its own.
 */
export function credentialsFor(name: string, lines: readonly string[], options: Readonly<Record<string, string>>): string[] {
  const scope = /^@[^/]+(?=\/)/.exec(name)?.[0].toLowerCase();
  const own = Object.entries(options).flatMap(([option, url]) => (scope && option.toLowerCase() === `${scope}:registry` ? [url] : []));
  const prefixes = new Set([...(options['registry'] ? [options['registry']] : []), ...own].flatMap(registryPrefixes));
  return lines.filter((line) => [...prefixes].some((prefix) => KINDS.some((kind) => line.startsWith(`${prefix}:${kind}=`))));
}

/** npm takes any setting from a variable of its name. */
function fromEnvironment(environment: Environment): Map<string, string> {
  const named = Object.entries(environment).flatMap(([name, value]): [string, string][] => {
    const key = FROM_ENVIRONMENT.exec(name)?.[1];
    return key && value ? [[key, value]] : [];
  });
  return new Map(named);
}

/** The values alone, as they must never be seen. */
export function secretsOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const value: unknown = JSON.parse(line.slice(line.indexOf('=') + 1));
    // A user's name, or a short one, may be any word.
    return typeof value === 'string' && value.length >= 6 && !/:username=/.test(line) ? [value] : [];
  });
}
