import { type Parameter, takesText } from '../parameter.ts';
import { phrases } from '../phrases.ts';
import { atParameters, type Signal, withParameters } from '../signal.ts';

const MARKUP: ReadonlySet<string> = phrases('html, markup, xml, svg, mjml, jinja, handlebars, liquid, css');
const CONTENT: ReadonlySet<string> = phrases('content, body, template, text, source, message, footer, header, signature, templates');
/** `content` and `body` hold anything; only where the description says markup or template do they hold that. */
const SAYS_MARKUP =
  /\bhtml\b|\bmarkup\b|\b(?:jinja2?|handlebars|liquid|mustache|mjml|twig|svg)\b|\btemplate (?:content|source|text|string|body|syntax)\b/i;
const PLAIN = /\bplain[- ]text\b|\b(?:not|no|without) html\b|\bmarkdown\b|\bid of\b|\bname of\b/i;

export const rawContentInput: Signal = {
  id: 'raw-content-input',
  finds: 'an argument that holds HTML, other markup or a template',
  why: 'What is rendered later can carry scripts, links and instructions.',
  weight: 0.1,
  label: withParameters('Accepts raw HTML/template content'),
  detect: ({ parameters }) => atParameters(rawContentInput.id, parameters.filter(holdsMarkup)),
};

function holdsMarkup(parameter: Parameter): boolean {
  if (!takesText(parameter) || parameter.words.includes('id') || parameter.words.includes('url')) return false;
  if (parameter.words.some((word) => MARKUP.has(word))) return true;
  return CONTENT.has(parameter.words.at(-1) ?? '') && SAYS_MARKUP.test(parameter.description) && !PLAIN.test(parameter.description);
}
