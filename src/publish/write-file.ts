import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file whose new content is complete beside its place, or already in it. */
export interface FinishedFile {
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Puts it in its place; does nothing when the same bytes are there already. */
  place(): Promise<void>;
  /** Takes it away again; the old content stays. */
  discard(): Promise<void>;
}

/** A file that appears whole or not at all: written beside its place, synced, and renamed over it when everything that belongs together is finished. */
export class PendingFile {
  readonly #path: string;
  readonly #temporaryPath: string;
  readonly #file: FileHandle;
  readonly #hash = createHash('sha256');
  #lines = 0;
  #bytes = 0;

  private constructor(path: string, temporaryPath: string, file: FileHandle) {
    this.#path = path;
    this.#temporaryPath = temporaryPath;
    this.#file = file;
  }

  static async create(path: string): Promise<PendingFile> {
    await mkdir(dirname(path), { recursive: true });
    const temporaryPath = `${path}.${randomBytes(6).toString('hex')}.pending`;
    return new PendingFile(path, temporaryPath, await open(temporaryPath, 'wx'));
  }

  /** Written so far. */
  get bytes(): number {
    return this.#bytes;
  }

  async writeLine(text: string): Promise<void> {
    await this.writeLines([text]);
  }

  /** In one write: a write for each of a million short lines takes minutes. */
  async writeLines(texts: readonly string[]): Promise<void> {
    const lines = texts.map((text) => `${text}\n`).join('');
    this.#hash.update(lines);
    this.#lines += texts.length;
    this.#bytes += Buffer.byteLength(lines);
    await this.#file.appendFile(lines);
  }

  async finish(): Promise<FinishedFile> {
    const sha256 = this.#hash.digest('hex');
    await this.#file.sync();
    await this.#file.close();
    const contents = { lines: this.#lines, bytes: this.#bytes, sha256 };
    const discard = () => rm(this.#temporaryPath, { force: true });
    if ((await sha256Of(this.#path)) !== sha256) return { ...contents, place: () => rename(this.#temporaryPath, this.#path), discard };
    await discard();
    return { ...contents, place: nothing, discard: nothing };
  }

  async discard(): Promise<void> {
    await this.#file.close();
    await rm(this.#temporaryPath, { force: true });
  }
}

/** The name of a file that is not finished: what a killed run left behind is recognised by it. */
export const PENDING_FILE = /\.jsonl?\.[0-9a-f]{12}\.pending$/;

async function nothing(): Promise<void> {}

async function sha256Of(path: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** One text as a finished file; nothing is written where it is in place already. */
export async function finishText(path: string, text: string): Promise<FinishedFile> {
  const content = Buffer.from(`${text}\n`);
  const sha256 = createHash('sha256').update(content).digest('hex');
  if ((await sha256Of(path)) === sha256) {
    return { lines: text.split('\n').length, bytes: content.length, sha256, place: nothing, discard: nothing };
  }
  const file = await PendingFile.create(path);
  try {
    await file.writeLine(text);
    return await file.finish();
  } catch (error) {
    await file.discard().catch(nothing);
    throw error;
  }
}
