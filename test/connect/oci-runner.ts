// A look at an image in a process of its own, so that it can be killed.
import { readEngineSettings } from '../../src/connect/container-engine.ts';
import { enumerate } from '../../src/connect/enumerate.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { unsandboxed } from '../../src/connect/sandbox/unsandboxed.ts';
import { NO_HTTP } from './loopback.ts';

const [image = '', folder = ''] = process.argv.slice(2);
await enumerate(
  { kind: 'oci', image, args: [] },
  {
    http: NO_HTTP,
    sandbox: { ok: true, sandbox: unsandboxed() },
    cacheFolder: folder,
    npm: async () => {
      throw new Error('npm was asked');
    },
    engine: readEngineSettings({ PATH: folder }),
    limits: { ...DEFAULT_LIMITS, attemptMs: 60_000 },
    abort: new AbortController().signal,
  },
);
