import { describe, expect, it } from 'vitest';
import { missingDescription } from '../../../classifiers/signals/missing-description.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['No description', ['x']],
  ['No description', ['x', '  \n']],
  ['No useful description', ['delete_item', 'Delete an item.']],
  ['No useful description', ['getAuthToken', 'Gets the auth token']],
  ['No useful description', ['project-all', 'GET /project.all']],
  ['No useful description', ['x', 'TODO']],
  ['No useful description', ['x', 'No description provided.']],
  ['No useful description', ['users', 'Users endpoint']],
  ['No useful description', ['list_repository_branches', 'Lists branches of a repository']],
];

const LOOK_ALIKES: Example[] = [
  ['x', 'Says what it does.'],
  ['delete_item', 'Delete an item permanently.'],
  ['list_branches', 'List branches of a repository, newest first.'],
  ['search', 'Durchsucht alle Rechnungen.'],
  ['search', '搜索知识库中的文档'],
  ['search', '지식 베이스에서 문서를 검색합니다'],
  ['run', 'Run integration tests'],
  ['git_checkout', 'Switches branches.'],
];

describe('missing-description', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(missingDescription, tool);
    expect(evidence).not.toEqual([]);
    expect(missingDescription.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(missingDescription, tool)).toEqual([]);
  });
});
