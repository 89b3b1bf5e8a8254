import { isBridge } from '../../src/model/bridges.ts';
import type { Package, Remote } from '../../src/model/registry-entry.ts';
import type { ShownServer } from './readme.ts';

/** How a configuration example starts its server. */
export type ShownStart = { readonly package: Package } | { readonly remote: Remote };

/** Of `npx` and `uvx`, those that take a value. */
const RUNNER_VALUES = new Set(['--registry', '--python', '-p', '--with', '--index-url', '--cache']);
/** Of `docker run`, those that take none. https://docs.docker.com/reference/cli/docker/container/run/ */
const DOCKER_SWITCHES = /^(--(rm|init|interactive|tty|detach|privileged|read-only|quiet|publish-all|no-healthcheck)|-[itdqP]+)$/;

/** Words and flags; what looks like a path, a placeholder or a secret is the reader's to fill in. */
const PLAIN_ARGUMENT = /^-{0,2}(?!(your|my)-)[a-z][a-z0-9-]*$/;
const SECRET_NAME = /key|token|secret|passw|credential/i;

export function startOf(server: ShownServer): ShownStart | undefined {
  if (server.url !== undefined) return remoteOf(server.url, server.type);
  const [command = '', ...args] = commandLine(server);
  if (/^(docker|podman)$/.test(command)) return imageOf(args, server.env);
  if (/^(npx|bunx|pnpx)$/.test(command)) return packageOf('npm', args, server.env);
  if (/^(uvx|pipx)$/.test(command)) return packageOf('pypi', args[0] === 'run' ? args.slice(1) : args, server.env);
  if (command === 'uv' && args[0] === 'tool' && args[1] === 'run') return packageOf('pypi', args.slice(2), server.env);
  return undefined;
}

/** `cmd /c npx …` is how Windows wants it. A command with its arguments in one string is common, too. */
function commandLine({ command = '', args }: ShownServer): string[] {
  const words = [...command.trim().split(/\s+/), ...args];
  const [first = '', second = ''] = words;
  const rest = /^cmd(\.exe)?$/i.test(first) && /^\/c$/i.test(second) ? words.slice(2) : words;
  return rest.map((word, n) => (n === 0 ? word.replace(/^.*[\\/]/, '').replace(/\.(cmd|exe)$/, '') : word));
}

function remoteOf(text: string, type = ''): ShownStart | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || /[<>{}$]|your[-_]/i.test(text)) return undefined;
  const isSse = type === 'sse' || (type === '' && /\/sse\/?$/.test(url.pathname));
  return { remote: { type: isSse ? 'sse' : 'streamable-http', url: text } };
}

function packageOf(registryType: 'npm' | 'pypi', args: readonly string[], env: readonly string[]): ShownStart | undefined {
  let at = 0;
  let from: string | undefined;
  for (; args[at]?.startsWith('-'); at++) {
    const [flag = '', value] = (args[at] ?? '').split(/=(.*)/s);
    if (flag === '--from' || flag === '--package' || (flag === '-p' && registryType === 'npm')) from = value ?? args[++at];
    else if (RUNNER_VALUES.has(flag) && value === undefined) at++;
  }
  const given = from ?? args[at] ?? '';
  const identifier = registryType === 'npm' ? npmName(given) : pypiName(given);
  if (identifier === undefined) return undefined;
  const rest = args.slice(at + 1);
  const target = rest.find((arg) => arg.startsWith('https://'));
  if (isBridge({ registryType, identifier })) return target === undefined ? undefined : remoteOf(target);
  return { package: { registryType, identifier, ...inputsOf(rest, env) } };
}

function npmName(spec: string): string | undefined {
  return /^((?:@[a-z0-9][\w.~-]*\/)?[a-z0-9][\w.~-]*)(?:@[\w.^~*-]+)?$/i.exec(spec)?.[1];
}

function pypiName(spec: string): string | undefined {
  return /^([a-z0-9][\w.-]*)(?:\[[\w,-]*\])?(?:(?:==|>=|~=|@)[\w.*-]+)?$/i.exec(spec)?.[1];
}

function imageOf(args: readonly string[], env: readonly string[]): ShownStart | undefined {
  const start = args.indexOf('run') + 1;
  const names = new Set(env);
  let at = start;
  for (; start > 0 && args[at]?.startsWith('-'); at++) {
    const flag = args[at] ?? '';
    const takesNext = !DOCKER_SWITCHES.test(flag) && !flag.includes('=');
    const name = /^(-e|--env)$/.test(flag) ? /^[A-Z_][A-Z0-9_]*/i.exec(args[at + 1] ?? '')?.[0] : undefined;
    if (name !== undefined) names.add(name);
    if (takesNext) at++;
  }
  const image = args[at] ?? '';
  if (start === 0 || !/^[a-z0-9][\w.:-]*(\/[\w.-]+)+(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/i.test(image)) return undefined;
  return { package: { registryType: 'oci', identifier: image, ...inputsOf(args.slice(at + 1), [...names]) } };
}

function inputsOf(args: readonly string[], env: readonly string[]): Pick<Package, 'packageArguments' | 'environmentVariables'> {
  const plain = plainStart(args);
  const names = env.filter((name) => /^[A-Z_][A-Z0-9_]*$/i.test(name) && name.length <= 200).slice(0, 50);
  return {
    ...(plain.length > 0 && plain.length <= 20 && { packageArguments: plain.map((value) => ({ type: 'positional', value })) }),
    ...(names.length > 0 && {
      environmentVariables: names.map((name) => ({ name, ...(SECRET_NAME.test(name) && { isSecret: true }) })),
    }),
  };
}

/** What comes before the first argument that is the reader's to fill in, without the flag that it is the value of. */
function plainStart(args: readonly string[]): readonly string[] {
  const end = args.findIndex((arg) => !PLAIN_ARGUMENT.test(arg));
  if (end === -1) return args;
  const isValue = !args[end]?.startsWith('-') && args[end - 1]?.startsWith('-');
  return args.slice(0, isValue ? end - 1 : end);
}
