import { describe, expect, it } from 'vitest';
import type { Category } from '../../src/model/classification.ts';
import { Classification } from '../../src/model/classification.ts';
import { classify, type Example } from './examples.ts';

const text = { type: 'string' } as const;

/** The decision list and the hard cases, one row each. */
const CASES: [Category, Example][] = [
  ['Read', ['get_page', 'Get a page.']],
  ['Read', ['take_screenshot', 'Take a screenshot of the page and return it.']],
  ['Read', ['post_search', 'Search the posts.']],
  ['Read', ['delete_preview', 'Preview what a deletion would remove.']],
  ['Read', ['run_report', 'Run a sales report and return its rows.']],
  ['Read', ['audit_taxonomy', 'Audit the taxonomy for unused terms.']],
  ['Read', ['list_subscriptions', 'List the customer subscriptions.']],
  ['Read', ['order_by', 'Sort the rows by a column and return them. Get rows in order.']],
  ['Read', ['query', 'Run SQL in a read-only transaction.', { sql: text }]],
  ['Read', ['query_metrics', 'Run a PromQL query.', { query: text }]],
  ['Read', ['get_secret', 'Get a decrypted secret.']],
  ['Read', ['generate_image', 'Generate an image and return it.']],
  ['Write', ['get_or_create_label', "Gets a label by name or creates it if it doesn't exist."]],
  ['Write', ['write_file', 'Write a file.', { path: text, content: text }]],
  ['Write', ['send_email', 'Send an email.']],
  ['Write', ['archive_project', 'Archive a project.']],
  ['Write', ['delete_page', 'Moves a page to the trash. It can be restored.']],
  ['Write', ['remove_tag', 'Remove a tag from a contact.']],
  ['Write', ['start_crawl', 'Start a crawl of a site.']],
  ['Write', ['run_workflow', 'Run a saved workflow.', { workflow_id: text }]],
  ['Write', ['create_api_key', 'Create an API key.']],
  ['Write', ['create_payment_link', 'Create a payment link.']],
  ['Write', ['connect', 'Connect to a server.']],
  ['Write', ['click', 'Click an element of the page.']],
  ['Write', ['frobnicate']],
  ['Execute', ['exec', 'Run a shell command.', { command: text }]],
  ['Execute', ['execute_sql', 'Execute SQL against the database.', { sql: text }]],
  ['Execute', ['call_tool', 'Call any tool of a server.', { tool_name: text, arguments: { type: 'object' } }]],
  ['Execute', ['deploy', 'Deploy the site.']],
  ['Execute', ['restart_server', 'Restart a server.']],
  ['Permissions', ['invite_user', 'Invite a user to the organization.']],
  ['Permissions', ['update_role', "Update a member's role."]],
  ['Permissions', ['rotate_api_key', 'Rotate an API key; the old one stops working.']],
  ['Permissions', ['revoke_session', 'Revoke a session.']],
  ['Destructive', ['drop_table', 'Drop a table.']],
  ['Destructive', ['d1_database_delete', 'Delete a database.']],
  ['Destructive', ['read_and_delete', 'Reads a message, then deletes it.']],
  ['Destructive', ['manage_board', 'Manage boards.', { action: { type: 'string', enum: ['list', 'create', 'delete'] } }]],
  ['Destructive', ['http', 'Send a request to the API.', { path: text, method: { type: 'string', enum: ['GET', 'POST', 'DELETE'] } }]],
  ['Financial', ['create_refund', 'Refund a payment.', { amount: { type: 'number' } }]],
  ['Financial', ['place_order', 'Place a market order on the exchange.', { symbol: text }]],
  ['Financial', ['transfer', 'Transfer funds to an account.', { amount: { type: 'number' } }]],
];

describe('classifyTool', () => {
  it.each(CASES.map(([category, example]) => [example[0], category, example] as const))('%s is %s', (_name, category, example) => {
    expect(classify(example).category).toBe(category);
  });

  it('gives what the model describes', () => {
    const found = classify(['create_api_key', 'Create an API key.', { access_token: text }]);
    expect(Classification.parse(found)).toEqual(found);
  });

  it('has the lowest confidence where nothing is known', () => {
    expect(classify(['frobnicate']).confidence).toBe(0.3);
  });

  it('takes the product in front of a name for no verb', () => {
    const context = { name: 'Git', toolNames: ['git_log', 'git_push', 'git_show', 'git_tag'] };
    expect(classify(['git_push', 'Push commits.'], context).category).toBe('Write');
    expect(classify(['git_show'], context).category).toBe('Read');
  });

  it('quotes the enum value that decides', () => {
    const { evidence } = classify(['boards', 'Manage boards.', { action: { type: 'string', enum: ['list', 'delete'] } }]);
    const deciding = evidence.find(({ category }) => category === 'Destructive');
    expect(deciding).toMatchObject({ at: '/inputSchema/properties/action', excerpt: 'delete' });
  });

  it.each([
    ['delete_file', 'Delete a file.', 'high'],
    ['create_file', 'Create a file.', 'medium'],
    ['exec', 'Run a shell command.', 'high'],
  ])('reports a read-only hint on %s', (name, description, severity) => {
    const { findings } = classify([name, description, { command: text }, { readOnlyHint: true }]);
    const contradicted = findings.filter(({ kind }) => kind === 'contradicted-annotation');
    expect(contradicted).toMatchObject([{ technique: 'false-read-only-hint', severity }]);
  });

  it('reports no hint that nothing contradicts', () => {
    expect(classify(['get_file', 'Get a file.', {}, { readOnlyHint: true }]).findings).toEqual([]);
    expect(classify(['frobnicate', 'Frobnicates.', {}, { readOnlyHint: true }]).findings).toEqual([]);
  });

  it('believes a harmless hint where nothing speaks of harm', () => {
    expect(classify(['frobnicate', 'Frobnicates.', {}, { readOnlyHint: true }]).category).toBe('Read');
  });
});
