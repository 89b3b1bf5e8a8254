import { describe, expect, it } from 'vitest';
import { rawContentInput } from '../../../classifiers/signals/raw-content-input.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Accepts raw HTML/template content (html)', ['send', '', { html: { type: 'string' } }]],
  ['Accepts raw HTML/template content (body)', ['send', '', { body: { type: 'string', description: 'HTML body of the mail' } }]],
  ['Accepts raw HTML/template content (template)', ['render', '', { template: { type: 'string', description: 'Jinja2 template string' } }]],
];

const LOOK_ALIKES: Example[] = [
  ['upload_document', '', { content: { type: 'string', description: 'Markdown content' } }],
  ['agent_graph_start', '', { template: { type: 'string', description: 'full or ship' } }],
  ['http_request', '', { body: { type: 'string', description: 'Request body' } }],
  ['x', '', { html: { type: 'boolean' } }],
  ['x', '', { template_id: { type: 'string', description: 'HTML template id' } }],
];

describe('raw-content-input', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(rawContentInput, tool);
    expect(evidence).not.toEqual([]);
    expect(rawContentInput.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(rawContentInput, tool)).toEqual([]);
  });
});
