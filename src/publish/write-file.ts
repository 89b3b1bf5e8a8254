import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface WrittenFile {
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
  /** False when the file already held exactly this and was left untouched. */
  readonly changed: boolean;
}

/** A file that appears whole or not at all: written beside its place, synced, then renamed over it. */
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
    const temporaryPath = `${path}.${randomBytes(6).toString('hex')}${PENDING_SUFFIX}`;
    return new PendingFile(path, temporaryPath, await open(temporaryPath, 'wx'));
  }

  async writeLine(text: string): Promise<void> {
    const line = `${text}\n`;
    this.#hash.update(line);
    this.#lines += 1;
    this.#bytes += Buffer.byteLength(line);
    await this.#file.appendFile(line);
  }

  /** Puts the file in its place unless the same bytes already are. */
  async commit(): Promise<WrittenFile> {
    const sha256 = this.#hash.digest('hex');
    await this.#file.sync();
    await this.#file.close();
    const changed = (await sha256Of(this.#path)) !== sha256;
    if (changed) await rename(this.#temporaryPath, this.#path);
    else await rm(this.#temporaryPath);
    return { lines: this.#lines, bytes: this.#bytes, sha256, changed };
  }

  async discard(): Promise<void> {
    await this.#file.close();
    await rm(this.#temporaryPath, { force: true });
  }
}

/** Ends the name of a file that is not finished; what a killed run left behind is recognised by it. */
export const PENDING_SUFFIX = '.pending';

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

export async function writeWhole(path: string, text: string): Promise<WrittenFile> {
  const file = await PendingFile.create(path);
  try {
    await file.writeLine(text);
  } catch (error) {
    await file.discard();
    throw error;
  }
  return file.commit();
}
