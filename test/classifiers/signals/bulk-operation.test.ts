import { describe, expect, it } from 'vitest';
import { bulkOperation } from '../../../classifiers/signals/bulk-operation.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Bulk/mass operation — affects multiple targets', ['bulk_delete_by_criteria', 'Delete.']],
  ['Bulk/mass operation — affects multiple targets', ['crm_media_bulk_delete', 'Delete media.']],
  ['Bulk/mass operation — affects multiple targets', ['crud_batch_update', 'Update.']],
  ['Bulk/mass operation — affects multiple targets', ['delete_entities', 'Delete multiple entities and their relations.']],
  [
    'Bulk/mass operation — affects multiple targets',
    ['remove', 'Remove users.', { user_ids: { type: 'array', items: { type: 'string' } } }],
  ],
  ['Bulk/mass operation — affects multiple targets', ['delete_records', 'Delete records.', { conditions: { type: 'object' } }]],
  ['Bulk/mass operation — affects multiple targets', ['update_records', 'Update records.', { conditions: { type: 'object' } }]],
  ['Bulk/mass operation — affects multiple targets', ['delete_project', 'Delete a project and all its issues.']],
];

const LOOK_ALIKES: Example[] = [
  ['get_auth_session', 'Start a session; poll every 2-3 seconds.'],
  ['verify', 'Stamp a record. Every verification is logged.'],
  ['list_all', 'List all projects.', { ids: { type: 'array', items: { type: 'string' } } }],
  ['remove_tag', 'Remove a tag from one contact. Unlike the bulk endpoint this is immediate.', { tag: { type: 'string' } }],
  ['create_invoice', 'Create an invoice.', { lineItems: { type: 'array', items: { type: 'string' } } }],
  ['update_view', 'Update a view by id.', { id: { type: 'string' }, filters: { type: 'object' } }],
  [
    'update_key',
    'Update a key with its name, scopes, or limits.',
    { key_id: { type: 'string' }, scopes: { type: 'array', items: { type: 'string' } } },
  ],
  ['delete_ledger', 'Delete a ledger.', { id: { type: 'string' }, jq_filter: { type: 'string' } }],
  ['bulk_results', 'Get the results of a bulk run.'],
  ['create_form', 'Create a form with all fields.', { name: { type: 'string' } }],
  ['create_order', 'Create an order.', { documents: { type: 'array', description: 'Documents attached to the order' } }],
  ['update_variable', 'Update a variable.', { filter: { type: 'object', description: 'Identifies which variable to update' } }],
  ['modify_mail', 'Modify labels.', { addLabelIds: { type: 'array' } }],
  ['delete_mailbox', 'Delete a mailbox and all its contents.'],
  ['alter_topic_config', 'Change the configuration of a topic.', { configs: { type: 'array' } }],
  ['set_bot_commands', 'Set the commands of a bot.', { commands: { type: 'array' } }],
  ['cherry_pick', 'Cherry-pick commits.', { commits: { type: 'array' } }],
  ['rebuild', 'Rebuild an entire build.'],
  ['reload', 'Reload all configuration.'],
  ['batch_inference_create_file', 'Create an upload URL for a later job.'],
  ['pull_request_write', 'Add reviewers to a pull request.', { reviewerIds: { type: 'array' } }],
];

describe('bulk-operation', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(bulkOperation, tool);
    expect(evidence).not.toEqual([]);
    expect(bulkOperation.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(bulkOperation, tool)).toEqual([]);
  });
});
