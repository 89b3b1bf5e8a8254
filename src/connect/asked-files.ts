import { posix } from 'node:path';
import { demandingLines, isSettable } from './asked.ts';
import { SANDBOX_HOME } from './sandbox/layout.ts';

const MAX_FILES = 4;
const MAX_DEPTH = 8;
const ENDINGS = 'json|ya?ml|toml|ini|conf|pem|key|p8|env';
/** A path of ordinary characters, or a bare name, with the ending of a file that credentials live in. */
const FILE = new RegExp(
  String.raw`(?<![\w./~@-])((?:~|\.{1,2})?/?[\w.@+-]{1,80}(?:/[\w.@+-]{1,80}){0,10}\.(?:${ENDINGS}))(?![\w/-])`,
  'gi',
);
/** A folder below the home folder, named beside a file that belongs into it. */
const FOLDER = new RegExp(String.raw`((?:~|${SANDBOX_HOME})(?:/[\w.@+-]{1,80}){1,6})/?(?=[\s'",;)]|$)`);
const MISSING =
  /\bENOENT\b|no such file|not found|missing|cannot (?:find|read|open|load)|could not (?:find|read|open|load)|failed to (?:find|read|open|load)|does not exist|doesn['’]t exist|please (?:place|put|save|create|provide|ensure|copy)|\bplace\b|\bsave\b[^\n]{0,40}\bas\b|ensure/i;
/** Where everyone's programs look for what such words mean. */
const WELL_KNOWN: readonly (readonly [RegExp, string])[] = [
  [/\bkube-?config\b|\bkubectl config\b/i, '.kube/config'],
  [/\bapplication default credentials\b/i, '.config/gcloud/application_default_credentials.json'],
  [/\baws (?:credentials|profile|config)\b|\bshared credentials file\b/i, '.aws/credentials'],
];
/** Of the package itself: what is missing there no dummy mends. */
const NOT_CREDENTIALS = /(?:^|\/)(?:package(?:-lock)?|tsconfig|manifest|server)\.json$|node_modules/;
const FILE_VARIABLE =
  /\b(?:[A-Z][A-Z0-9]*_){1,6}(?:CREDENTIALS|CREDENTIALS?_(?:FILE|PATH)|KEY_?FILE(?:_PATH)?|KEY_PATH|KEYS_PATH|CONFIG_(?:FILE|PATH)|SERVICE_ACCOUNT_(?:FILE|PATH)|TOKEN_(?:FILE|PATH))\b/g;

/** Files that a server's output says it misses, as paths inside and below its home folder; elsewhere none is ever made. */
export function askedFiles(text: string): string[] {
  const paths = new Set<string>();
  for (const line of demandingLines(text)) {
    for (const [said, path] of WELL_KNOWN) if (said.test(line)) paths.add(`${SANDBOX_HOME}/${path}`);
    if (!MISSING.test(line)) continue;
    const folder = FOLDER.exec(line)?.[1];
    // Of `copyfile 'a' -> 'b'` the first is missing.
    for (const [, file = ''] of (line.split(' -> ')[0] ?? '').matchAll(FILE)) {
      const path = pathBelowHome(folder && !file.includes('/') ? `${folder}/${file}` : file);
      if (path) paths.add(path);
    }
  }
  return [...paths].slice(0, MAX_FILES);
}

/** A name without a folder is looked for in the working folder, which is the home folder inside. */
function pathBelowHome(file: string): string | undefined {
  if (NOT_CREDENTIALS.test(file)) return undefined;
  const path = posix.resolve(SANDBOX_HOME, file.replace(/^~\/?/, `${SANDBOX_HOME}/`));
  const isInside = path.startsWith(`${SANDBOX_HOME}/`) && path.split('/').length <= MAX_DEPTH + 3;
  return isInside ? path : undefined;
}

/** Variables that its output asks for and that name a file: each with a path that one can be put at. */
export function askedFileVariables(text: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const line of demandingLines(text)) {
    for (const [name] of line.matchAll(FILE_VARIABLE)) {
      if (isSettable(name)) files[name] = `${SANDBOX_HOME}/${fileNameOf(name)}`;
    }
  }
  return Object.fromEntries(Object.entries(files).slice(0, MAX_FILES));
}

function fileNameOf(name: string): string {
  if (/KEY_?FILE|KEY_PATH$/.test(name) && !/GOOGLE|GCP|GCLOUD/.test(name)) return `${name.toLowerCase()}.pem`;
  if (name === 'GOOGLE_APPLICATION_CREDENTIALS') return 'service-account.json';
  return `${name.toLowerCase()}.json`;
}
