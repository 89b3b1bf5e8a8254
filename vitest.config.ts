import { defineConfig } from 'vitest/config';

const STORE = 'test/**/*.store.test.ts';
const LIVE = 'test/**/*.live.test.ts';

export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line-reporter.ts'],
    projects: [
      // The limit is for a test that hangs: some read every labelled tool.
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [STORE, LIVE], testTimeout: 30_000 } },
      // Real databases: the embedded PGlite and a PostgreSQL started from its npm package.
      { test: { name: 'store', include: [STORE], testTimeout: 60_000, hookTimeout: 120_000 } },
      // Real processes in real sandboxes, real servers installed from the registry.
      { test: { name: 'live', include: [LIVE], testTimeout: 120_000, hookTimeout: 300_000 } },
    ],
  },
});
