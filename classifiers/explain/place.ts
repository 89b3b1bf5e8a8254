import type { Evidence } from '../../src/model/classification.ts';
import type { ExplainedEvidence } from '../../src/model/explanation.ts';
import { parameterPath } from '../parameter.ts';

/** Evidence with its place in words. */
export function explainedEvidence({ by, at, excerpt, tool }: Evidence): ExplainedEvidence {
  return { by, at, excerpt, ...(tool !== undefined && { tool }), place: placeInWords(at, tool) };
}

/** A JSON Pointer as a reader names the place: `the description of the parameter files[].path`. */
export function placeInWords(at: string, tool?: string): string {
  const of = tool === undefined ? '' : ` of ${tool}`;
  const [, field = '', ...rest] = at.split('/');
  if (field === 'inputSchema') return `${schemaPlace(at, 'the parameter', 'the input schema')}${of}`;
  if (field === 'outputSchema') return `${schemaPlace(at, "the answer's field", 'the output schema')}${of}`;
  if (field === 'annotations' && rest.length > 0) return `the annotation ${plain(rest.join('.'))}${of}`;
  if (field === 'instructions') return "the server's instructions";
  return `${FIELDS[field] ?? `the field ${plain(at.slice(1).replaceAll('/', '.'))}`}${of}`;
}

const FIELDS: Readonly<Record<string, string>> = {
  '': 'the definition',
  name: 'the name',
  title: 'the title',
  description: 'the description',
  annotations: 'the annotations',
  icons: 'the icons',
  _meta: 'the metadata',
};

/** Keywords of JSON Schema below a property that hold text of their own. */
const KEYWORDS: Readonly<Record<string, string>> = {
  description: 'the description of',
  title: 'the title of',
  enum: 'a value of',
  const: 'the value of',
  default: 'the default of',
  examples: 'an example of',
  pattern: 'the pattern of',
  $comment: 'the comment on',
};

function schemaPlace(at: string, property: string, whole: string): string {
  const path = parameterPath(at);
  const keyword = KEYWORDS[keywordAfter(at)];
  const subject = path === '' ? whole : `${property} ${path}`;
  return keyword ? `${keyword} ${subject}` : subject;
}

/** The keyword behind the last property: `enum` of `/inputSchema/properties/action/enum/2`. */
function keywordAfter(at: string): string {
  const steps = at.split('/').slice(2);
  let next = 0;
  for (let index = 0; index < steps.length; index++) {
    if (steps[index] === 'properties') next = ++index + 1;
    else if (STRUCTURE.test(steps[index] ?? '') && index === next) next = index + 1;
  }
  return steps[next] ?? '';
}

/** Steps that lead from a property to a part of it. */
const STRUCTURE = /^(items|additionalProperties|anyOf|oneOf|allOf|\d+)$/;

function plain(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}
