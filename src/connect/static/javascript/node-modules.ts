import type { Interpreter } from './interpreter.ts';
import { memberNames } from './iteration.ts';
import { readMember } from './members.ts';
import { asText } from './operators.ts';
import { folderOf, normalPath, type PackageFiles } from './package-files.ts';
import { Arr, isPrimitive, nativeFn, Obj, objectOf, UNKNOWN, Unknown, type Value } from './values.ts';

/**
 * What of Node leads a program to its own files: paths, and reading files of the package. The package's folder is `/`.
 *
 * @returns `undefined` for every other module.
 */
export function nodeModule(name: string, files: PackageFiles, run: Interpreter): Value {
  switch (name) {
    case 'path':
    case 'path/posix':
      return pathModule();
    case 'url':
      return open({ fileURLToPath: nativeFn('fileURLToPath', ([url]) => url), pathToFileURL: nativeFn('pathToFileURL', pathToFileUrl) });
    case 'fs':
    case 'fs/promises':
      return filesModule(files, run);
    case 'util':
      return open({ parseArgs: nativeFn('parseArgs', ([config]) => optionsOf(config, run)) });
    case 'module':
      return open({ createRequire: nativeFn('createRequire', ([from]) => requireFrom(from, run)) });
    default:
      return undefined;
  }
}

function open(members: Readonly<Record<string, Value>>): Obj {
  const made = objectOf(members);
  made.open = true;
  return made;
}

function pathToFileUrl([path]: readonly Value[]): Value {
  return typeof path === 'string' ? open({ href: path, pathname: path }) : UNKNOWN;
}

function requireFrom(from: Value, run: Interpreter): Value {
  return nativeFn('require', ([specifier]) =>
    typeof specifier === 'string' && typeof from === 'string' ? run.modules.importFrom(specifier, normalPath(from), run) : UNKNOWN,
  );
}

/** The options of a command line on which none is given. */
function optionsOf(config: Value, run: Interpreter): Value {
  const options = config instanceof Obj ? readMember(config, 'options', run) : undefined;
  const values = new Obj();
  for (const name of memberNames(options)) {
    const fallback = readMember(readMember(options, name, run), 'default', run);
    values.members.set(name, fallback ?? new Unknown('setting', name));
  }
  return objectOf({ values, positionals: new Arr() });
}

function pathModule(): Obj {
  const made = open({
    join: nativeFn('join', (parts) => joinedPath(parts)),
    resolve: nativeFn('resolve', (parts) => joinedPath(fromAbsolute(parts))),
    normalize: nativeFn('normalize', (parts) => joinedPath(parts)),
    dirname: nativeFn('dirname', ([path]) => (typeof path === 'string' ? `/${folderOf(normalPath(path))}` : UNKNOWN)),
    basename: nativeFn('basename', ([path, end]) => baseName(path, end)),
    extname: nativeFn('extname', ([path]) => (typeof path === 'string' ? (/\.[^./]{0,20}$/.exec(path)?.[0] ?? '') : UNKNOWN)),
    sep: '/',
  });
  made.members.set('posix', made);
  return made;
}

/** What comes before the last absolute path does not count. */
function fromAbsolute(parts: readonly Value[]): readonly Value[] {
  return parts.slice(
    Math.max(
      0,
      parts.findLastIndex((part) => typeof part === 'string' && part.startsWith('/')),
    ),
  );
}

function joinedPath(parts: readonly Value[]): Value {
  const texts = parts.map((part) => (isPrimitive(part) ? asText(part) : undefined));
  return texts.includes(undefined) ? UNKNOWN : `/${normalPath(texts.join('/'))}`;
}

function baseName(path: Value, end: Value): Value {
  if (typeof path !== 'string') return UNKNOWN;
  const base = path.slice(path.lastIndexOf('/') + 1);
  return typeof end === 'string' && base.endsWith(end) ? base.slice(0, base.length - end.length) : base;
}

function filesModule(files: PackageFiles, run: Interpreter): Obj {
  const read = nativeFn('readFile', ([path]) =>
    typeof path === 'string' ? (files.byPath.get(normalPath(path))?.text ?? UNKNOWN) : UNKNOWN,
  );
  const list = nativeFn('readdir', ([path, options]) => {
    run.step(files.byPath.size);
    return namesIn(files, path, options);
  });
  const exists = nativeFn('exists', ([path]) => (typeof path === 'string' && files.byPath.has(normalPath(path)) ? true : UNKNOWN));
  const members = { readFile: read, readFileSync: read, readdir: list, readdirSync: list, existsSync: exists };
  return open({ ...members, promises: open(members) });
}

function namesIn(files: PackageFiles, path: Value, options: Value): Value {
  if (typeof path !== 'string') return UNKNOWN;
  const folder = normalPath(path);
  const inside = [...files.byPath.keys()]
    .filter((one) => folder === '' || one.startsWith(`${folder}/`))
    .map((one) => one.slice(folder === '' ? 0 : folder.length + 1));
  const names = [...new Set(inside.map((one) => one.split('/')[0] ?? ''))].sort();
  if (names.length === 0) return UNKNOWN;
  if (!(options instanceof Obj) || !options.members.has('withFileTypes')) return new Arr(names);
  return new Arr(names.map((name) => entry(name, inside.includes(name))));
}

function entry(name: string, isFile: boolean): Obj {
  const answers = (value: boolean) => nativeFn('', () => value);
  return objectOf({
    name,
    isFile: answers(isFile),
    isDirectory: answers(!isFile),
    isSymbolicLink: answers(false),
    parentPath: new Unknown(),
  });
}
