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
];

const LOOK_ALIKES: Example[] = [
  ['get', '', { file_id: { type: 'string' }, fileKey: { type: 'string' } }],
  ['query', '', { path: { type: 'string', description: 'JSON path of the value' } }],
  ['search', '', { areaPath: { type: 'string' } }],
  ['x', '', { include_path: { type: 'boolean' } }],
  ['transfer', 'Transfer money.', { source: { type: 'string' }, destination: { type: 'string' } }],
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
