import { describe, expect, it } from 'vitest';
import { annotationContradiction } from '../../../classifiers/signals/annotation-contradiction.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Annotations contradict what the tool does', ['delete_file', 'Delete a file.', {}, { readOnlyHint: true }]],
  ['Annotations contradict what the tool does', ['execute', 'Run JavaScript.', { code: { type: 'string' } }, { readOnlyHint: true }]],
  ['Annotations contradict what the tool does', ['drop_table', 'Drop a table.', {}, { destructiveHint: false }]],
  ['Annotations contradict what the tool does', ['update_site', 'Update an existing site.', {}, { readOnlyHint: true }]],
  ['Annotations contradict what the tool does', ['restart_server', 'Restart a server.', {}, { readOnlyHint: true }]],
  [
    'Annotations contradict what the tool does',
    [
      'download_package',
      'Download a file from the registry and save it to a local path.',
      { path: { type: 'string' } },
      { readOnlyHint: true },
    ],
  ],
];

const LOOK_ALIKES: Example[] = [
  ['get_file', 'Get a file.', {}, { readOnlyHint: true }],
  ['delete_file', 'Delete a file.', {}, { readOnlyHint: false }],
  ['frobnicate', '', {}, { readOnlyHint: true }],
  ['delete_file', 'Delete a file.'],
  ['connect', 'Open a connection to the database.', {}, { readOnlyHint: true }],
  ['disconnect', 'Close the connection.', {}, { readOnlyHint: true }],
  ['select_workspace', 'Select the workspace to work in.', {}, { readOnlyHint: true }],
  ['execute', 'Run JavaScript in a sandbox.', { code: { type: 'string' } }, { readOnlyHint: true }],
  ['execute', 'Run code against the client. It cannot reach the network.', { code: { type: 'string' } }, { readOnlyHint: true }],
  ['search_events', 'Create a search over all events.', {}, { readOnlyHint: true }],
  [
    'generate_image',
    'Generate an image. action: generate | delete',
    { action: { enum: ['generate', 'delete'] } },
    { destructiveHint: false },
  ],
];

describe('annotation-contradiction', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(annotationContradiction, tool);
    expect(evidence).not.toEqual([]);
    expect(annotationContradiction.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(annotationContradiction, tool)).toEqual([]);
  });
});
