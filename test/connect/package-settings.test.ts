import { expect, it } from 'vitest';
import { packageEnvironment } from '../../src/connect/package-settings.ts';

const environmentOf = (...names: string[]) =>
  packageEnvironment({ registryType: 'npm', identifier: 'planet', environmentVariables: names.map((name) => ({ name, value: '/x' })) });

it.each([
  ...['PATH', 'HOME', 'TMPDIR', 'TMP', 'BROWSER', 'SHELL', 'XDG_CONFIG_HOME', 'XDG_RUNTIME_DIR', 'LC_ALL'],
  ...['NODE_OPTIONS', 'NODE_PATH', 'NODE_EXTRA_CA_CERTS', 'NODE_REPL_EXTERNAL_MODULE', 'NODE_ICU_DATA', 'NODE_V8_COVERAGE', 'NODE_ENV'],
  ...['npm_config_registry', 'npm_config_script_shell', 'NPM_TOKEN', 'PYTHONPATH', 'PYTHONSTARTUP', 'PYTHON_GIL', 'PERL5OPT', 'RUBYOPT'],
  ...['LD_PRELOAD', 'LD_AUDIT', 'DYLD_INSERT_LIBRARIES', 'GCONV_PATH', 'GLIBC_TUNABLES', 'MALLOC_ARENA_MAX', '_JAVA_OPTIONS'],
  ...['OPENSSL_CONF', 'OPENSSL_MODULES', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'SSLKEYLOGFILE'],
  ...['BASH_ENV', 'BASH_FUNC_ls', 'ENV', 'IFS', 'GIT_SSH_COMMAND', 'GIT_CONFIG_COUNT'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'],
])('%s is not set by a registry entry, in no spelling', (name) => {
  expect(environmentOf(name, name.toLowerCase(), name.toUpperCase())).toStrictEqual({});
});

it.each([
  'NODES',
  'MY_NODE_OPTIONS',
  'ENVIRONMENT',
  'API_ENV',
  'PATHS',
  'ROOT_PATH',
  'HTTP_PORT',
  'PROXY_URL',
  'GIT_REPOSITORY',
  'LDAP_URL',
])('%s is: a server’s own setting', (name) => {
  expect(environmentOf(name)).toStrictEqual({ [name]: '/x' });
});
