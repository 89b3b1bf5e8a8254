import { describe, expect, it } from 'vitest';
import { destroyingVerb } from '../../../classifiers/rules/destroying-verb.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['delete_file'],
  ['d1_database_delete'],
  ['list_delete'],
  ['x', 'Permanently deletes a mailbox.'],
  ['read_and_delete', 'Reads a message and deletes it.'],
  ['clear_logs', 'Empties the log file. This cannot be undone.'],
  ['tables', 'Table operations.', { action: { type: 'string', enum: ['list', 'drop'] } }],
  ['restore-droplet', 'Restore a droplet from a backup.'],
  ['restoreBackup', 'Restore a backup. All data on the machine will be overwritten with the data from the backup.'],
  ['restore_zone', 'Restore the DNS zone to the selected snapshot.'],
];

const LOOK_ALIKES: Example[] = [
  ['remove_label', 'Remove a label from an issue.'],
  ['delete_reaction', 'Remove an emoji reaction.'],
  ['delete_page', 'Soft-deletes a page; it can be restored.'],
  ['clear_cache', 'Clears the cache.'],
  ['list_deleted', 'Lists deleted items.'],
  ['remove_member', 'Remove a member from the team.'],
  ['removeIssueFromProject', 'Remove an issue from a project.'],
  ['update_field', 'Set or clear a custom field value.'],
  ['clearWebsiteCache', 'Permanently clears all server-side cache for the website.'],
  ['send_draft', 'Send a draft and remove it from Drafts.'],
  ['clear_working_dir', 'Clear the session working directory setting.'],
  ['restore_item', 'Restore an item from the trash.'],
];

describe('destroying-verb', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(destroyingVerb, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(destroyingVerb, example)).toBeLessThanOrEqual(1);
  });
});
