import { type Parameter, takesTextOrTexts } from '../parameter.ts';
import type { ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

const PLACES: ReadonlySet<string> = phrases('path, paths, filepath, filename, filenames, directory, directories, dir, cwd, workdir');
/** Names of things that may be on a disk: the description has to say so. */
const MAYBE_PLACES: ReadonlySet<string> = phrases('file, files, folder, root, roots, destination, source, output, to, as');
const OTHER_PATHS =
  /\b(?:json ?path|xpath|json ?pointer|url path|api path|request path|url's path|area path|emails?|http|route|dot[- ]notation|field path|breadcrumb|mailbox|label|secret path|vault path|career|learning)\b/i;
const OTHER_WORDS: ReadonlySet<string> = phrases(`
  json, url, api, endpoint, request, field, x, http, property, key, mount, mailbox, area, iteration`);
const HELD_IN_FILES: ReadonlySet<string> = phrases('attachment, attachments, image, images, photo, video, audio, document');
const FILE_PATHS = /\bfile ?paths?\b|\bpaths? (?:to|of)\b/i;
const ON_DISK = /\b(?:paths?|file ?system|disk|directory|local(?:ly)?|absolute|relative to)\b|(?:^|\s)[.~]?\/\w/i;
const IDENTIFIES = /\b(?:id|uuid|key|slug|base64|url)\b/i;
const FILE_WORDS: ReadonlySet<string> = phrases('file, files, directory, dir, folder, path');

export const filePathInput: Signal = {
  id: 'file-path-input',
  finds: 'an argument that is a path on a file system: what to read, where to work, where to save',
  why: 'A path can lead out of the folder that was meant.',
  weight: 0.12,
  label: withParameters('Accepts file system path'),
  detect: (parsed) =>
    atParameters(
      filePathInput.id,
      parsed.parameters.filter((parameter) => isPath(parameter, parsed)),
    ),
};

function isPath(parameter: Parameter, { ownWords }: ParsedTool): boolean {
  const { words, description } = parameter;
  const last = words.at(-1) ?? '';
  if (!takesTextOrTexts(parameter) || words.some((word) => OTHER_WORDS.has(word)) || OTHER_PATHS.test(description)) return false;
  if (PLACES.has(last)) return true;
  if (HELD_IN_FILES.has(last)) return FILE_PATHS.test(description);
  if (!MAYBE_PLACES.has(last)) return false;
  const movesFiles = (last === 'source' || last === 'destination') && ownWords.some((word) => FILE_WORDS.has(word));
  return movesFiles || (ON_DISK.test(description) && !IDENTIFIES.test(description)) || (description === '' && last === 'file');
}
