import { Stem } from '../lexicon/stems.ts';
import type { Passage } from '../passage.ts';
import type { Subject } from '../subject.ts';
import type { TextTechnique } from '../technique.ts';

const ALWAYS = [0];

export const nameInjection: TextTechnique = {
  id: 'catalogue-injection-name',
  severity: 'medium',
  finds: 'a name made to break out of where it is printed: a page, a file name, a policy, a terminal, a spreadsheet',
  why: 'Names are copied into pages, paths, configuration and tables by everything that lists tools.',
  needs: ALWAYS,
  detect: ({ raw, role }) =>
    role === 'name' && raw.length < 2000
      ? nameBreak(raw)
      : role === 'key'
        ? keyBreak(raw)
        : role === 'name'
          ? raw.slice(0, 160)
          : undefined,
};

const NAME_BREAKS: readonly RegExp[] = [
  /[\r\n\u2028\u2029]/,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f]/,
  /<\/?[a-z!?][^<]{0,200}|>\s*<|["'][\s/]*>|<!--/i,
  /(?:^|[/\\])\.\.(?:[/\\]|$)|^(?:[/\\]|[a-z]:[\\/]|~\/)\S|\\\\|%2e%2e|%2f|%00/i,
  /^[=+@-](?:\w{1,40}\(|[^\w\s]|[\w"']{1,40}[!(|+*&])|^@\w{1,20}\(/i,
  /\$\{|\{\{|\{%|<%|#\{|\$\(|\$\{\{|`[^`]{1,100}`/,
  /(?:[;&|]|\|\||&&)\s*(?:rm|curl|wget|sh|bash|cat|nc|python|node|powershell|cmd|del|echo|touch|id|whoami|ls|chmod|sudo|eval|exec)\b/i,
  /['"]\s*(?:;|\bor\b|\band\b|\bunion\b|--|\))\s*\S*|;\s*(?:drop|delete|insert|update|select|alter|truncate)\b/i,
  /\]\s{0,3}\(|!\[|\|\s*-{3}|^#{1,6} |```/,
  /^(?:__proto__|prototype|constructor|hasownproperty|tostring|valueof|__definegetter__)$/i,
  /^(?:con|prn|aux|nul|com\d|lpt\d|clock\$)(?:\.\w{1,10})?$/i,
  /^--?[a-z][\w-]{1,40}(?:=|\s)|^--[a-z]/i,
  /javascript:|data:text|vbscript:|file:\/\//i,
  /["'}\]]\s*,\s*["'{[]|^[*&!%|>]\s*\w|:\s*(?:\{\s*\}|\*|!!)|\*["']?\s*:/,
];

function nameBreak(raw: string): string | undefined {
  return NAME_BREAKS.some((pattern) => pattern.test(raw)) ? raw.slice(0, 160) : undefined;
}

function keyBreak(raw: string): string | undefined {
  return /^(?:__proto__|__defineGetter__|__defineSetter__)$/.test(raw) || /<(?:script|img|svg|iframe)\b|\$\{|<%|\r|\n\s{0,80}\S/i.test(raw)
    ? raw.slice(0, 160)
    : undefined;
}

/** What tools that work on markup speak of. */
const ABOUT_MARKUP =
  /\b(?:html|xss|markdown|script|scripts|sanitiz\w*|svg|dom|css|javascript|template\w*|xml|browser|page|web ?site|embed\w*|iframe|widget|injection|snippets?|jsx|tsx|react|component|code|liquid|handlebars|mustache|jinja|e-?mail|render\w*|tag|pixel|tracking|csv|spreadsheet|formula|sheet|excel)\b/;

export const markupInjection: TextTechnique = {
  id: 'catalogue-injection-markup',
  severity: 'medium',
  finds: 'markup that would run or fetch something where the text is shown',
  why: 'Whoever shows definitions on a page shows this one too.',
  needs: [Stem.form],
  detect: markupBreak,
};

const RUNS =
  /<(?:svg|img|body|iframe|video|audio|input|details|object|embed|a|div|math|marquee|form|link|meta|base|style|p|b|x)\b[^<>]{0,200}?[\s/"']on(?:error|load|click|toggle|focus|mouse\w{1,10}|start|begin|animation\w{0,10}|pointer\w{0,10})\s?=|<script\b[^<]{0,300}(?:<\/script|src=|$)|<iframe\b[^<>]{0,200}(?:src|srcdoc)\s?=|<meta\b[^<>]{0,80}http-equiv|<(?:object|embed|base|link)\b[^<>]{0,120}(?:data|src|href)\s?=/i;
const LINKS = /\]\(\s?(?:javascript|vbscript|data)\s?:|(?:href|src|action|xlink:href)\s?=\s?["']?\s?(?:javascript|vbscript|data:text)\s?:/i;
const IMAGE = /!\[[^\]\n]{0,80}\]\(\s?https?:\/\/[^)\s]{1,200}[?&][\w.-]{1,30}=[^)\s]{0,200}\)/i;

function markupBreak({ raw, role }: Passage, { purpose }: Subject): string | undefined {
  if (role === 'name' || raw.length < 12) return undefined;
  const match = LINKS.exec(raw) ?? RUNS.exec(raw) ?? SCHEME.exec(raw);
  const image = role === 'default' || role === 'choice' ? null : IMAGE.exec(raw);
  if (!match && !image) return undefined;
  if (
    match &&
    (ABOUT_MARKUP.test(purpose) ||
      /(?<![.\w])example\b(?!\.)|\b(?:e\.g|such as|blocked|removed|escaped|stripped|sanitiz|snippet|embed)\b/i.test(raw)) &&
    !(image && LINKS.test(raw))
  )
    return undefined;
  return (match ?? image)?.[0];
}

/** An icon or a link of the definition itself that is a program. */
const SCHEME =
  /^\s{0,20}(?:javascript|vbscript)\s?:|^\s{0,20}data:(?:text\/html|image\/svg\+xml)[^,]{0,60},.{0,400}(?:<script|%3cscript|onload|onerror|PHNjcmlwd|b25sb2Fk)/i;
