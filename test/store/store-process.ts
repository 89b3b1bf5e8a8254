import { createInterface } from 'node:readline';
import { pickRelease } from '../../src/identity/pick-release.ts';
import { lockFolder } from '../../src/store/folder-lock.ts';
import { openStore, type StoreLocation } from '../../src/store/open-store.ts';
import { recordEntries } from '../../src/store/registry-entries.ts';
import { startRun } from '../../src/store/runs.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { at, sampleEntry } from './samples.ts';

/*
 * A process of its own for tests that need one, to be killed or raced: `node store-process.ts <part> <where>`.
 * It says what happened on stdout, a line each.
 */

export const BATCH_SIZE = 200;

const [part = '', where = ''] = process.argv.slice(2);
const location: StoreLocation = where.startsWith('postgres') ? { databaseUrl: where } : { folder: where };

function say(line: string | number): void {
  process.stdout.write(`${line}\n`);
}

/** Opens the store and keeps it. */
async function hold(): Promise<void> {
  await openStore(location);
  say('open');
}

/** Starts a run and never ends it. */
async function run(): Promise<void> {
  say(await startRun(await openStore(location), { options: {}, now: at(0) }));
}

/** Records batch after batch, each under a source of its own, and says each one that is done. */
async function write(): Promise<void> {
  const store = await openStore(location);
  for (let batch = 0; ; batch += 1) {
    const source = `batch-${process.pid}-${batch}`;
    const entries = Array.from({ length: BATCH_SIZE }, (_, index) =>
      sampleEntry(`entry-${index}`, { source, description: 'x'.repeat(500) }),
    );
    await recordEntries(store, { source, seenAt: at(0), entries }, pickRelease);
    say(batch);
  }
}

/** Tries to take the folder at each line `take` on stdin, gives it back at each line `release`. */
async function contend(): Promise<void> {
  say('ready');
  let release = async () => {};
  for await (const line of createInterface(process.stdin)) {
    if (line === 'take') {
      try {
        const lock = await lockFolder(where, new Date());
        release = lock.release;
        say('won');
      } catch (error) {
        say(error instanceof StoreError ? error.code : String(error));
      }
    } else {
      await release();
      release = async () => {};
      say('released');
    }
  }
}

const PARTS: Readonly<Record<string, () => Promise<void>>> = { hold, run, write, contend };

if (import.meta.main) {
  // Held until it is killed.
  setInterval(() => {}, 60_000);
  await PARTS[part]?.();
}
