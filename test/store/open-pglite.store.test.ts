import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm/sql';
import { describe, expect, it } from 'vitest';
import { pickRelease } from '../../src/identity/pick-release.ts';
import { currentEntries } from '../../src/store/current-entries.ts';
import { openStore } from '../../src/store/open-store.ts';
import { recordEntries } from '../../src/store/registry-entries.ts';
import { type StoreProcess, startStoreProcess } from './child-process.ts';
import { at, sampleEntry } from './samples.ts';
import { BATCH_SIZE } from './store-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('the embedded store', () => {
  it('is made on first use, kept, and refuses a schema of a newer Assay', async () => {
    const folder = join(await temporaryFolder(), 'made', 'here');
    const first = await openStore({ folder });
    expect(first.migrated).toContain('0000_first');
    await recordEntries(first, { source: 's', seenAt: at(1), entries: [sampleEntry('a', { source: 's' })] }, pickRelease);
    await Promise.all([first.close(), first.close()]);

    const second = await openStore({ folder });
    expect(second.migrated).toEqual([]);
    expect(await currentEntries(second)).toHaveLength(1);
    await second.db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 99999999999999)`);
    await second.close();
    await expect(openStore({ folder })).rejects.toMatchObject({ code: 'schema-too-new' });
  });

  it('refuses a folder that another process has open, names it, and opens it after kill -9', async () => {
    const folder = await temporaryFolder();
    const other = startStoreProcess('hold', folder);
    expect(await other.line()).toBe('open');
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'store-locked',
      message: expect.stringContaining(`process ${other.pid} (store-process.ts hold, since `),
    });
    await other.kill();
    await (await openStore({ folder })).close();
  });

  it('keeps what was written and nothing half-written when it is killed in the middle', async () => {
    const folder = await temporaryFolder();
    const done: string[] = [];
    for (const moment of [5, 17, 31]) {
      const writer = startStoreProcess('write', folder);
      for (let batch = 0; batch < 4; batch += 1) done.push(`batch-${writer.pid}-${await writer.line()}`);
      await wait(moment);
      await writer.kill();
    }
    const store = await openStore({ folder });
    const sizes = new Map<string, number>();
    for (const { source } of await currentEntries(store)) sizes.set(source, (sizes.get(source) ?? 0) + 1);
    expect(new Set(sizes.values())).toEqual(new Set([BATCH_SIZE]));
    expect([...sizes.keys()]).toEqual(expect.arrayContaining(done));
    await store.close();
  });

  it('starts over when its very first start was killed', async () => {
    const folder = await temporaryFolder();
    const first = startStoreProcess('hold', folder);
    await killWhileBooting(folder, first);
    expect(existsSync(join(folder, 'db'))).toBe(false);
    const store = await openStore({ folder });
    expect(store.migrated).not.toEqual([]);
    await store.close();
  });

  it.each([
    ['is a file', async (folder: string) => writeFile(folder, '')],
    ['has a file where the database goes', fileForDatabase],
  ])('says so when the folder %s, and what to do', async (_, spoil) => {
    const folder = join(await temporaryFolder(), 'store');
    await spoil(folder);
    await expect(openStore({ folder })).rejects.toMatchObject({
      code: 'folder-unusable',
      message: expect.stringMatching(/^The store in .*store cannot be opened: .* Name a folder you may write to, or set DATABASE_URL/),
    });
  });
});

async function fileForDatabase(folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, 'db'), '');
}

/** Kills the process while it makes the database. */
async function killWhileBooting(folder: string, booting: StoreProcess): Promise<void> {
  while (!existsSync(join(folder, 'db-draft', 'base'))) await wait(5);
  await booting.kill();
}
