import { expect, it, onTestFinished, vi } from 'vitest';
import { catalogueStatus } from '../../src/pipeline/catalogue-status.ts';
import { openStore, type StoreLocation } from '../../src/store/open-store.ts';
import { finishRun, startRun } from '../../src/store/runs.ts';
import { describeStore } from './backends.ts';
import { startStoreProcess } from './child-process.ts';
import { startPostgres } from './postgres.ts';
import { at } from './samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

describeStore('the status of runs', (store) => {
  it('is running while one is going on, and what it ended as afterwards', async () => {
    const id = await startRun(store(), { options: {}, now: at(1) });
    expect((await catalogueStatus(store(), '1')).runs).toMatchObject([{ run: id, status: 'running' }]);
    await finishRun(store(), { id, status: 'done', report: {}, now: at(2) });
    expect((await catalogueStatus(store(), '1')).runs).toMatchObject([{ run: id, status: 'done', durationMs: 1_000 }]);
  });
});

async function postgresPlace(): Promise<StoreLocation & { readonly text: string }> {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  return { databaseUrl: server.url, text: server.url };
}

async function folderPlace(): Promise<StoreLocation & { readonly text: string }> {
  const folder = await temporaryFolder();
  return { folder, text: folder };
}

it.each([
  ['pglite', folderPlace],
  ['postgres', postgresPlace],
])('a run whose process was killed is interrupted, before any other has started (%s)', async (_, makePlace) => {
  const { text, ...location } = await makePlace();
  const other = startStoreProcess('run', text);
  const run = Number(await other.line());
  await other.kill();
  const store = await openStore(location);
  try {
    await vi.waitFor(async () => expect((await catalogueStatus(store, '1')).runs).toMatchObject([{ run, status: 'interrupted' }]), 10_000);
  } finally {
    await store.close();
  }
});
