import { parameterExcerpt } from '../parameter.ts';
import { mentionOf } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';

const SAVED =
  /\b(?:saves?|saved|writes?|written|downloads?|stores?|exports?) (?:\w{1,30} ){0,5}(?:to|into|in|on) (?:a |the |your |an )?(?:\w{1,30} )?(?:local|disk|file system|filesystem|folder|directory|file\b|bucket|s3)|\b(?:saves?|stores?|downloads?) (?:\w{1,30} ){0,4}locally\b|\b(?:get|gets|returns?) the local (?:file )?path\b|\bto (?:local )?disk\b|\bwill be saved\b/i;
const TARGETS: ReadonlySet<string> = phrases(`
  save path, output path, local path, save to, output file, output dir, output directory, download path, destination path, dest
  path, save directory, target path, save dir, save as, out path`);
const SAVING: ReadonlySet<string> = phrases('download, export, generate, capture, screenshot, convert, produce, dump, extract');

export const fileSaving: Rule = {
  id: 'file-saving',
  category: 'Write',
  finds: 'a download, an export or a generation that ends in a file',
  why: 'The file is still there after the call.',
  detect(parsed) {
    const saving = parsed.acts.some(({ verb, from }) => SAVING.has(verb) && (from === 'name' || from === 'lead'));
    if (!saving) return [];
    const target = parsed.parameters.find(({ words }) => TARGETS.has(words.join(' ')));
    const mention = mentionOf(parsed, SAVED);
    if (target) return [weigh(fileSaving, { at: target.at, excerpt: parameterExcerpt(target) }, 2)];
    return mention ? [weigh(fileSaving, mention, 1.6)] : [];
  },
};
