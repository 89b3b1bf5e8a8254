import { describe, expect, it } from 'vitest';
import { urlInput } from '../../../classifiers/signals/url-input.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Accepts URL/endpoint input (url)', ['fetch', 'Fetch a page.', { url: { type: 'string' } }]],
  ['Accepts URL/endpoint input (urls)', ['extract', '', { urls: { type: 'array', items: { type: 'string' } } }]],
  [
    'Accepts URL/endpoint input (media[].url)',
    ['assess', '', { media: { type: 'array', items: { type: 'object', properties: { url: { type: 'string' } } } } }],
  ],
  [
    'Accepts URL/endpoint input (webhookEndpoint, target)',
    ['x', '', { webhookEndpoint: { type: 'string' }, target: { type: 'string', format: 'uri' } }],
  ],
  ['Accepts URL/endpoint input (content)', ['x', '', { content: { type: 'string', description: 'URL pointing to a compose file' } }]],
];

const LOOK_ALIKES: Example[] = [
  ['x', '', { return_url: { type: 'boolean' } }],
  ['x', '', { endpoint: { type: 'string', description: 'Id of the endpoint' } }],
  ['x', '', { curl: { type: 'string' } }],
  ['x', '', { url: { type: 'string', enum: ['a', 'b'] } }],
  ['x', '', { content: { type: 'string', description: 'Text that may hold a URL of a page' } }],
];

describe('url-input', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(urlInput, tool);
    expect(evidence).not.toEqual([]);
    expect(urlInput.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(urlInput, tool)).toEqual([]);
  });
});
