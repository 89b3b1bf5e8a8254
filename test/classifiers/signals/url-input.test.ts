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
  [
    'Accepts URL/endpoint input (oidcConfig.tokenEndpoint)',
    ['register_sso', '', { oidcConfig: { type: 'object', properties: { tokenEndpoint: { type: 'string' } } } }],
  ],
  ['Accepts URL/endpoint input (webhook_url)', ['create_webhook', 'Create a webhook.', { webhook_url: { type: 'string' } }]],
];

const LOOK_ALIKES: Example[] = [
  ['x', '', { return_url: { type: 'boolean' } }],
  ['x', '', { endpoint: { type: 'string', description: 'Id of the endpoint' } }],
  ['x', '', { curl: { type: 'string' } }],
  ['x', '', { url: { type: 'string', enum: ['a', 'b'] } }],
  ['get_video', '', { url: { type: 'string', description: 'YouTube video URL' } }],
  ['get_file', '', { url: { type: 'string', pattern: '^https://www\\.figma\\.com/' } }],
  [
    'get_page',
    '',
    { url: { type: 'string', description: 'Must start with https or be from docs.example.com only: must be docs.example.com' } },
  ],
  ['x', '', { uri: { type: 'string', description: 'Place in the project, app://scenes/main' } }],
  ['x', '', { github_url: { type: 'string' } }],
  ['x', '', { link: { type: 'string', description: 'Id of the link between the two' } }],
  ['x', '', { content: { type: 'string', description: 'Text that may hold a URL of a page' } }],
  ['insert_log', 'Insert a log record.', { request_url: { type: 'string', description: 'The URL that was called' } }],
  ['send_feedback', 'Send feedback on a search.', { url: { type: 'string', description: 'URL of the search result' } }],
  ['add_malicious_urls', 'Add URLs to the denylist.', { urls: { type: 'array', items: { type: 'string' } } }],
  ['create_incident', 'Create an incident.', { self_url: { type: 'string' }, html_url: { type: 'string' } }],
  ['create_access_token', 'Exchange a code for an access token.', { redirect_uri: { type: 'string' } }],
  ['get_page', 'Get a wiki page.', { url: { type: 'string', description: 'Supported patterns: https://wiki.acme.com/{space}/{page}' } }],
  ['docs_get_page', 'Get a page of the documentation.', { url: { type: 'string', description: 'URL of the page' } }],
  ['list_projects', 'List projects.', { repo_url: { type: 'string', description: 'Filter by repository URL' } }],
  ['find_jobs', 'Find jobs that build a repository.', { scm_url: { type: 'string', description: 'URL to search for' } }],
];

describe('url-input', () => {
  it('says that the host is free', () => {
    const found = foundBy(urlInput, ['fetch', '', { url: { type: 'string', pattern: '^https?://.+', description: 'The page' } }]);
    expect(found.map(({ excerpt }) => excerpt)).toEqual(['any host: url: The page']);
  });

  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(urlInput, tool);
    expect(evidence).not.toEqual([]);
    expect(urlInput.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(urlInput, tool)).toEqual([]);
  });
});
