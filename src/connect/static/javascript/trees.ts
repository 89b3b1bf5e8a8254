import type { Program } from '@babel/types';
import type { Fault } from '../../../model/fault.ts';
import type { SourceFile } from '../source-reader.ts';
import { parseFile } from './parse.ts';

/** A tree takes some fifty times the memory of its text. */
const MAX_CHARACTERS = 24_000_000;
/** A large file is mostly a bundle of other packages: parsed only where it may hold tools. */
const LARGE = 400_000;
const NAMES_TOOLS = /inputSchema|registerTool|ListTools|tools\/list|addTool|\.tool\(/;

/** The syntax trees of a package's files, each made when first asked for. */
export class Trees {
  private readonly trees = new Map<string, Program | Fault>();
  private charactersLeft = MAX_CHARACTERS;

  of(file: SourceFile): Program | undefined {
    const tree = this.trees.get(file.path) ?? this.made(file);
    if (!tree) return undefined;
    this.trees.set(file.path, tree);
    return 'body' in tree ? tree : undefined;
  }

  get faults(): Fault[] {
    return [...this.trees.values()].filter((tree) => 'code' in tree);
  }

  private made(file: SourceFile): Program | Fault | undefined {
    const { length } = file.text;
    if (length > LARGE && !NAMES_TOOLS.test(file.text)) return undefined;
    if (length > this.charactersLeft) {
      const message = `The package has more source than is read (${MAX_CHARACTERS} characters); the tools of this file are not read.`;
      return { code: 'source-too-large', subject: file.path, message, retryable: false };
    }
    this.charactersLeft -= length;
    return parseFile(file);
  }
}
