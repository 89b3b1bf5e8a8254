import { describe, expect, it } from 'vitest';
import { writingVerb } from '../../../classifiers/rules/writing-verb.ts';
import { type Example, rows, weightBy } from '../examples.ts';

const FOUND: Example[] = [
  ['create_issue'],
  ['getOrCreateLabel', 'Gets a label or creates it.'],
  ['x', 'Updates an existing contact.'],
  ['record_manager', 'Manage records.', { action: { type: 'string', enum: ['list', 'update'] } }],
  ['publish_page'],
  ['connect', 'Connect to a database and return a handle.'],
  ['x', 'Lists boards and creates a board.'],
  ['x', '- list: List boards\n- create: Create a board'],
  ['resolve_thread', 'Resolve a discussion thread.'],
  ['convertIssue', 'Convert an issue to a subtask.', { issueId: { type: 'string' } }, { readOnlyHint: false }],
];

const LOOK_ALIKES: Example[] = [
  ['get_updates', 'Get the updates of a board.'],
  ['resolve-library-id', 'Resolves a package name to an id.'],
  ['commit_diff', 'List the diffs of a commit.'],
  ['run_query', 'Run a query.'],
  ['getComments', 'Get comments for an issue, project, initiative, update, or document content'],
  ['list_builds', 'List builds.', { action: { type: 'string', enum: ['build_failed', 'merged'] } }],
  ['status', 'Gets the status, one of:\n- Install: being installed'],
  ['convert_time', 'Convert time between zones.', { time: { type: 'string' } }, { readOnlyHint: false }],
  ['get_run', 'Get a run. Answer:\n{\n  "cancel": "https://example.com/cancel"\n}'],
];

describe('writing-verb', () => {
  it.each(rows(FOUND))('is found in %s', (_title, example) => {
    expect(weightBy(writingVerb, example)).toBeGreaterThanOrEqual(1);
  });

  it.each(rows(LOOK_ALIKES))('does not stand on %s', (_title, example) => {
    expect(weightBy(writingVerb, example)).toBeLessThanOrEqual(1);
  });
});
