import { enumerate } from '../../src/connect/enumerate.ts';
import { DEFAULT_LIMITS } from '../../src/connect/limits.ts';
import { loopbackHttp } from './loopback.ts';

// Looks at the remote whose URL it is given, prints what came of it, and then has nothing left to do.
const [, , url = ''] = process.argv;
const { http } = loopbackHttp();
const enumeration = await enumerate(
  { kind: 'remote', url, transport: 'streamable-http', declaresAuth: false },
  {
    http,
    sandbox: { ok: false, fault: { code: 'no-sandbox', subject: 'this host', message: 'There is none.', retryable: false } },
    cacheFolder: '/nowhere',
    npm: () => Promise.reject(new Error('nothing is installed here')),
    limits: { ...DEFAULT_LIMITS, connectionMs: 1_000 },
    abort: new AbortController().signal,
  },
);
process.stdout.write(JSON.stringify(enumeration));
