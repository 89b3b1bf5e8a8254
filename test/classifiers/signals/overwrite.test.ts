import { describe, expect, it } from 'vitest';
import { overwrite } from '../../../classifiers/signals/overwrite.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Overwrites existing content', ['write_file', 'Write a file.']],
  ['Overwrites existing content', ['upsert-records', 'Upsert records.']],
  ['Overwrites existing content (overwrite)', ['dns', 'Update DNS records.', { overwrite: { type: 'boolean' } }]],
  ['Overwrites existing content', ['import_backup', 'Imports a backup, overwriting what is there.']],
  ['Overwrites existing content', ['import', 'Imports a space. This will overwrite existing entries.']],
];

const LOOK_ALIKES: Example[] = [
  ['create_file', 'Create a file; fails if it exists.'],
  ['get_set', 'Get a set.'],
  ['list_settings'],
  ['update_config', 'Creates a new version rather than overwriting.'],
  ['set_priority', 'Set the priority of an issue.'],
  ['set_active_scene', 'Set the active scene.'],
  ['update', 'Update documents.', { upsert: { type: 'boolean' } }],
  ['add_override', 'Adds an override that temporarily replaces a shift.'],
  ['work_item_link_write', 'Link and unlink work items.'],
  ['set_proxy_config', 'Set the proxy of the connection.'],
  ['reschedule', 'Move a task. Unlike update_task (which replaces the whole due string), this keeps the rest.'],
];

describe('overwrite', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(overwrite, tool);
    expect(evidence).not.toEqual([]);
    expect(overwrite.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(overwrite, tool)).toEqual([]);
  });
});
