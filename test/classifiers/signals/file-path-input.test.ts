import { describe, expect, it } from 'vitest';
import { filePathInput } from '../../../classifiers/signals/file-path-input.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Accepts file system path (path)', ['read_file', 'Read a file.', { path: { type: 'string' } }]],
  ['Accepts file system path (work_dir)', ['exec_command', 'Run it.', { work_dir: { type: 'string' } }]],
  ['Accepts file system path (working_directory)', ['scan', '', { working_directory: { type: 'string' } }]],
  ['Accepts file system path (savePath)', ['download', 'Download.', { savePath: { type: 'string' } }]],
  [
    'Accepts file system path (files[].file)',
    ['deploy_app', '', { files: { type: 'array', items: { type: 'object', properties: { file: { type: 'string' } } } } }],
  ],
  [
    'Accepts file system path (source, destination)',
    ['move_file', 'Move a file.', { source: { type: 'string' }, destination: { type: 'string' } }],
  ],
  [
    'Accepts file system path (attachments)',
    ['send', 'Send a mail.', { attachments: { type: 'array', items: { type: 'string' }, description: 'File paths to attach' } }],
  ],
  [
    'Accepts file system path (path)',
    ['git_status', 'Show the state of a Git repository.', { path: { type: 'string', description: 'Path to the local repository folder' } }],
  ],
  [
    'Accepts file system path (output_path)',
    [
      'gitlab_download',
      'Download a file of a GitLab project.',
      { output_path: { type: 'string', description: 'Absolute path on the local file system' } },
    ],
  ],
];

const LOOK_ALIKES: Example[] = [
  ['get', '', { file_id: { type: 'string' }, fileKey: { type: 'string' } }],
  ['query', '', { path: { type: 'string', description: 'JSON path of the value' } }],
  ['search', '', { areaPath: { type: 'string' } }],
  ['x', '', { include_path: { type: 'boolean' } }],
  ['transfer', 'Transfer money.', { source: { type: 'string' }, destination: { type: 'string' } }],
  ['get_secret', '', { path: { type: 'string', description: 'Path of the secret without the mount prefix' } }],
  ['add_tag', '', { column_paths: { type: 'array' } }],
  ['list_logs', '', { path: { type: 'string', description: 'Filter request logs by their path' } }],
  ['list_epics', '', { full_path: { type: 'string', description: 'Full path of the group' } }],
  ['crawl', '', { includePaths: { type: 'array' } }],
  ['get_file_contents', 'Get a file of a GitHub repository.', { path: { type: 'string', description: 'Path of the file' } }],
  ['create_spec_file', 'Create a file of an API specification.', { path: { type: 'string', description: 'Path of the file in the spec' } }],
  [
    'comment_on_diff',
    '',
    {
      position: {
        type: 'object',
        properties: { new_path: { type: 'string' }, old_path: { type: 'string' }, new_line: { type: 'number' } },
      },
    },
  ],
  ['create_domain', '', { return_path: { type: 'string', description: 'Subdomain of the return path' } }],
  ['add_route', '', { path: { type: 'string', description: 'Path for path-based routing' } }],
  ['get_dashboard', '', { view_path: { type: 'string' } }],
  [
    'add_indicator',
    'Add an indicator of compromise.',
    { hash: { type: 'string' }, filename: { type: 'string' }, content_type: { type: 'string' } },
  ],
  ['get_breakpoint', '', { file_path: { type: 'string' }, class_name: { type: 'string' }, method_name: { type: 'string' } }],
  ['create_app', '', { composeFile: { type: 'string' } }],
];

describe('file-path-input', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(filePathInput, tool);
    expect(evidence).not.toEqual([]);
    expect(filePathInput.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(filePathInput, tool)).toEqual([]);
  });
});
