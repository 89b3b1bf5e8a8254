import { describe, expect, it } from 'vitest';
import { deprecated } from '../../../classifiers/signals/deprecated.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: Example[] = [
  ['read_file', 'Read a file. DEPRECATED: use read_text_file instead.'],
  ['old_search', '[Deprecated] Search the web.'],
  ['a', 'This tool is deprecated and will be removed.'],
  ['b', 'Legacy. Lists everything.'],
  ['c', 'List users. This tool has been replaced by list_members.'],
  ['d', '(deprecated) Get it.'],
  ['e', '⚠️ DEPRECATED: This tool is deprecated.'],
  ['f', 'Deprecated alias of get_user.'],
];

const LOOK_ALIKES: Example[] = [
  ['list_apis', 'List deprecated APIs of a cluster.'],
  ['get', 'Get a model.', { old: { type: 'string', description: 'Deprecated: use id' } }],
  ['mark', 'Mark a dataset as deprecated.'],
  ['list_models', 'List models, including deprecated ones.'],
  ['modify', 'Modify a thing. 1. content (legacy, backwards compatible). 2. patches.'],
  ['tag', 'Add tags such as PII, deprecated, or internal.'],
  ['find', 'Find whether a package is deprecated.'],
  ['convert', 'Convert a document from a legacy format.'],
];

describe('deprecated', () => {
  it.each(rows(FOUND))('is found in %s', (_title, tool) => {
    const evidence = foundBy(deprecated, tool);
    expect(evidence).not.toEqual([]);
    expect(deprecated.label(evidence)).toContain('Deprecated');
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(deprecated, tool)).toEqual([]);
  });
});
