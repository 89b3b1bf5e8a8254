import { type ParserOptions, parse } from '@babel/parser';
import type { Program } from '@babel/types';
import type { Fault } from '../../../model/fault.ts';
import type { SourceFile } from '../source-reader.ts';

const MAX_FILE_CHARACTERS = 16_000_000;

type Plugins = NonNullable<ParserOptions['plugins']>;

/** A file's syntax tree, or why there is none. Also a file with errors has one, as far as the parser understood it. */
export function parseFile({ path, text }: SourceFile): Program | Fault {
  if (text.length > MAX_FILE_CHARACTERS) return unread(path, 'source-too-large', `has more than ${MAX_FILE_CHARACTERS} characters`);
  for (const plugins of pluginsOf(path)) {
    try {
      return parse(text, {
        sourceType: 'unambiguous',
        errorRecovery: true,
        attachComment: false,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
        allowSuperOutsideMethod: true,
        allowUndeclaredExports: true,
        plugins,
      }).program;
    } catch {
      // The next dialect may fit: types in a .js file (Flow) or JSX where a cast was expected. The last failure is the fault below.
    }
  }
  return unread(path, 'source-unparsable', 'is not JavaScript or TypeScript that can be parsed');
}

function pluginsOf(path: string): Plugins[] {
  const decorators: Plugins = ['decorators-legacy'];
  if (/\.[mc]?tsx?$/.test(path)) {
    const typed: Plugins = [...decorators, 'typescript'];
    return path.endsWith('x') ? [[...typed, 'jsx']] : [typed, [...typed, 'jsx']];
  }
  return [
    [...decorators, 'jsx'],
    [...decorators, 'jsx', 'flow'],
  ];
}

function unread(path: string, code: string, what: string): Fault {
  return { code, subject: path, message: `The file ${what}; its tools are not read.`, retryable: false };
}
