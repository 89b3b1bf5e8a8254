import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { codeFiles, readBounded } from '../asked-by-code.ts';

const MAX_README_BYTES = 512 * 1024;
const MAX_CODE_BYTES = 12 * 2 ** 20;

const Manifest = z.object({ name: z.string().optional(), bin: z.union([z.string(), z.record(z.string(), z.string())]).optional() });

/** What a package says of itself, read as text when it is first asked for and kept for the climb. */
export class PackageTexts {
  readonly #folder: string;
  #readme: Promise<string> | undefined;
  #code: Promise<readonly string[]> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Of the package's own README, empty without one. */
  readme(): Promise<string> {
    this.#readme ??= this.#readReadme();
    return this.#readme;
  }

  /** Its own code, file by file, what is too big left out. */
  code(): Promise<readonly string[]> {
    this.#code ??= this.#readCode();
    return this.#code;
  }

  /** What it is called in a command line: its name and those of its programs. */
  async names(): Promise<ReadonlySet<string>> {
    const manifest = Manifest.safeParse(parsed(await readBounded(join(this.#folder, 'package.json'), MAX_README_BYTES)));
    if (!manifest.success) return new Set();
    const { name, bin } = manifest.data;
    return new Set([...(name ? [name] : []), ...(typeof bin === 'object' ? Object.keys(bin) : [])]);
  }

  async #readReadme(): Promise<string> {
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch(() => []);
    const names = entries
      .filter((entry) => entry.isFile() && /^readme(?:\.md|\.markdown|\.txt)?$/i.test(entry.name))
      .map(({ name }) => name);
    const [name] = names.sort();
    return name === undefined ? '' : readBounded(join(this.#folder, name), MAX_README_BYTES);
  }

  async #readCode(): Promise<readonly string[]> {
    const texts: string[] = [];
    let bytesLeft = MAX_CODE_BYTES;
    for (const file of await codeFiles(this.#folder)) {
      const text = await readBounded(file, bytesLeft);
      bytesLeft -= Buffer.byteLength(text);
      if (text) texts.push(text);
    }
    return texts;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
