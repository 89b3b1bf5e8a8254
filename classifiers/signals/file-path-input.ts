import { namedOneOf } from '../name-set.ts';
import { type Parameter, takesTextOrTexts } from '../parameter.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { serverWords } from '../server-words.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

const PLACES: ReadonlySet<string> = phrases('path, paths, filepath, filename, filenames, directory, directories, dir, cwd, workdir');
/** Names of things that may be on a disk: the description has to say so. */
const MAYBE_PLACES: ReadonlySet<string> = phrases('file, files, folder, root, roots, destination, source, output, to, as');
const OTHER_PATHS =
  /\b(?:json ?path|xpath|json ?pointer|url path|api path|request path|url's path|area path|emails?|http|route|dot[- ]notation|mount|filter (?:\w{1,20} ){0,4}by|fieldname|nested field|dot[- ]separated|\bfull path of\b|\bgroup\b|\bnamespace\b|hierarchy|menu|game ?objects?|xml|^(?:the )?sub-?domain|routing|routes?|slugs?|^.{0,20}dotted|(?:asset|release|direct) links?|frontend|lovelace|view'?s? path|config key|field path|breadcrumb|mailbox|label|secret path|vault path|career|learning)\b/i;
const OTHER_WORDS: ReadonlySet<string> = phrases(`
  json, url, api, endpoint, request, field, x, http, property, key, mount, mailbox, area, iteration, column, data, menu, object, node,
  element, category, breadcrumb, schema, secret, vault, claim, full, view, return, yaml, watch, dashboard, redirect, health, healthcheck, callback, webhook, direct`);
/** `includePaths` of a crawler are paths of URLs, unless something says otherwise. */
const CRAWLED: ReadonlySet<string> = phrases('include, exclude');
const HELD_IN_FILES: ReadonlySet<string> = phrases('attachment, attachments, image, images, photo, video, audio, document');
const maybePaths = parametersEndingWith(PLACES, HELD_IN_FILES, MAYBE_PLACES);
const FILE_PATHS = /\bfile ?paths?\b|\bpaths? (?:to|of)\b/i;
const ON_DISK = /\b(?:paths?|file ?system|disk|directory|local(?:ly)?|absolute|relative to)\b|(?:^|\s)[.~]?\/\w/i;
const IDENTIFIES = /\b(?:id|uuid|key|slug|base64|url)\b/i;
const FILE_WORDS: ReadonlySet<string> = phrases('file, files, directory, dir, folder, path');

export const filePathInput: Signal = {
  id: 'file-path-input',
  finds: 'an argument that is the path of a file or a folder: what to read, where to work, where to save',
  why: 'A path can lead out of the folder that was meant.',
  weight: 0.12,
  label: withParameters('Accepts file system path'),
  detect: (parsed) =>
    atParameters(
      filePathInput.id,
      maybePaths(parsed).filter((parameter) => isPath(parameter, parsed)),
    ),
};

/** Trees of files that are on no disk here: of a repository on a host, a specification, a release. */
const REMOTE_HOSTS: ReadonlySet<string> = phrases(
  'github, gitlab, bitbucket, gitea, forgejo, devops, codeberg, codecommit, gitee, sourcegraph',
);
const REMOTE_TREES: ReadonlySet<string> = phrases(`
  spec, specs, specification, gist, gists, snippet, snippets, wiki, merge, pull, pr, mr, release, dashboard, repository, repo, blob,
  instrumentation, ioc, indicator, story, collection`);
const SAYS_REMOTE =
  /\b(?:github|gitlab|bitbucket|gitea|azure devops|remote|hosted) (?:repositor\w{1,3}|repos?|projects?)\b|\b(?:in|of|within|inside) (?:the|a|an|your) (?:\w{1,15} )?(?:repo|repository|spec|specification|bucket|vault|pull request|merge request|commit|diff)\b(?! (?:folder|directory|checkout|on disk|root))/i;
const SAYS_LOCAL =
  /\blocal(?:ly)?\b|\bfile ?system\b|\bdisk\b|\babsolute\b|\bworking (?:tree|directory|copy)\b|\b(?:caller|this|your|host|server)(?:'s)? machine\b|\bcheckout\b|\bunder assets\b/i;
const LOCAL_WORDS: ReadonlySet<string> = phrases(
  'local, output, save, download, cwd, workdir, working, dest, build, publish, watch, context',
);
/** Beside one of these a path says which line or which function is meant, or how a content is called. */
const CODE_PLACES: ReadonlySet<string> = phrases(
  'class name, method name, function name, code unit, new line, old line, line type, base sha, head sha',
);
const CONTENTS: ReadonlySet<string> = phrases(
  'content, contents, data, base64, content base64, file content, bytes, body, file data, content type, mime type',
);

/** Whether the path is one in a tree that is no file system, or only the name of something. */
function isInOtherTree(
  { words, description, at }: Parameter,
  { parameters, ownWords, words: name, description: told, context }: ParsedTool,
): boolean {
  if (SAYS_LOCAL.test(description) || words.some((word) => LOCAL_WORDS.has(word))) return false;
  const siblings = parameters
    .filter((other) => other.at !== at && parentOf(other.at) === parentOf(at))
    .map((other) => other.words.join(' '));
  if (siblings.some((sibling) => CODE_PLACES.has(sibling))) return true;
  if (words.at(-1) === 'filename' && siblings.some((sibling) => CONTENTS.has(sibling)) && !name.some((word) => FILE_WORDS.has(word)))
    return true;
  if (isOverCheckout(parameters)) return false;
  const server = serverWords(context).own;
  return (
    [...server, name[0] ?? ''].some((word) => REMOTE_HOSTS.has(word)) ||
    ownWords.some((word) => REMOTE_TREES.has(word)) ||
    SAYS_REMOTE.test(description) ||
    SAYS_REMOTE.test(told.slice(0, OPENING))
  );
}

const OPENING = 300;

function parentOf(at: string): string {
  return at.slice(0, at.lastIndexOf('/'));
}

/** A git over a folder is told which folder. */
function isOverCheckout(parameters: readonly Parameter[]): boolean {
  return parameters.some(({ words, description }) => isCheckouts(words) || (words.at(-1) === 'path' && SAYS_LOCAL.test(description)));
}

const isCheckouts = namedOneOf('repo path, repository path, cwd, workdir, working directory, project path, workspace path, work dir');

function isPath(parameter: Parameter, parsed: ParsedTool): boolean {
  return looksLikePath(parameter, parsed) && !isInOtherTree(parameter, parsed);
}

function looksLikePath(parameter: Parameter, { ownWords }: ParsedTool): boolean {
  const { words, description } = parameter;
  const last = words.at(-1) ?? '';
  if (!takesTextOrTexts(parameter) || words.some((word) => OTHER_WORDS.has(word)) || OTHER_PATHS.test(description)) return false;
  if (CRAWLED.has(words[0] ?? '') && description === '') return false;
  if (PLACES.has(last)) return true;
  if (HELD_IN_FILES.has(last)) return FILE_PATHS.test(description);
  const movesFiles = (last === 'source' || last === 'destination') && ownWords.some((word) => FILE_WORDS.has(word));
  return (
    movesFiles ||
    (ON_DISK.test(description) && !IDENTIFIES.test(description)) ||
    (description === '' && words.length === 1 && last === 'file')
  );
}
