// An install in a process of its own, so that it can be killed.
import { installNpm } from '../../src/connect/install/npm-install.ts';
import { readNpmSettings } from '../../src/connect/install/npm-settings.ts';
import { openSandbox } from '../../src/connect/sandbox/open-sandbox.ts';

const [name = '', cacheFolder = ''] = process.argv.slice(2);
const opened = await openSandbox({});
if (!opened.ok) throw new Error(opened.fault.message);
await installNpm({
  name,
  version: '1.0.0',
  sandbox: opened.sandbox,
  cacheFolder,
  npm: readNpmSettings(process.env),
  limits: { timeoutMs: 60_000, maxBytes: 10 ** 8 },
  abort: new AbortController().signal,
});
