import { describe, expect, it } from 'vitest';
import { forceFlag } from '../../../classifiers/signals/force-flag.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Safeguard can be switched off (force)', ['push', 'Push commits.', { force: { type: 'boolean' } }]],
  [
    'Safeguard can be switched off (recursive, skipConfirmation)',
    ['remove', 'Remove a folder.', { recursive: { type: 'boolean' }, skipConfirmation: { type: 'boolean' } }],
  ],
  ['Safeguard can be switched off (dryRun)', ['apply', 'Apply a plan.', { dryRun: { type: 'boolean', default: true } }]],
];

const LOOK_ALIKES: Example[] = [
  ['list', 'List files.', { recursive: { type: 'boolean' } }],
  ['push', 'Push.', { force: { type: 'number' } }],
  ['x', 'Update it.', { workforce: { type: 'boolean' } }],
  ['redirect', 'Update a rule.', { permanent: { type: 'boolean', description: 'Permanent redirect' } }],
  ['add_email', 'Add an address.', { skip_confirmation: { type: 'boolean', description: 'Skip confirmation email' } }],
  ['edit_form', 'Update a form.', { settings: { type: 'object', properties: { skipValidation: { type: 'boolean' } } } }],
  ['download_paper', 'Save a paper.', { force: { type: 'boolean', description: 'Download again even if it is cached' } }],
  ['ingest', 'Ingest a directory.', { recursive: { type: 'boolean', description: 'Process subdirectories' } }],
  ['update_image', 'Update an image.', { force_update: { type: 'boolean' } }],
];

describe('force-flag', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(forceFlag, tool);
    expect(evidence).not.toEqual([]);
    expect(forceFlag.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(forceFlag, tool)).toEqual([]);
  });
});
