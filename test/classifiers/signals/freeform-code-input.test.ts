import { describe, expect, it } from 'vitest';
import { freeformCodeInput } from '../../../classifiers/signals/freeform-code-input.ts';
import { type Example, foundBy, rows } from '../examples.ts';

const FOUND: [label: string, tool: Example][] = [
  ['Accepts freeform code/query input (command)', ['scan_command', 'Scan a command.', { command: { type: 'string' } }]],
  ['Accepts freeform code/query input (code)', ['browser_execute', 'Execute code.', { code: { type: 'string' } }]],
  [
    'Accepts freeform code/query input (query)',
    ['graph_search', 'Search the graph with a Cypher query.', { query: { type: 'string', description: 'Cypher to evaluate' } }],
  ],
  [
    'Accepts freeform code/query input (steps[].script)',
    ['x', '', { steps: { type: 'array', items: { type: 'object', properties: { script: { type: 'string' } } } } }],
  ],
  [
    'Accepts freeform code/query input (content)',
    ['add_script', '', { content: { type: 'string', description: 'Content of the script' } }],
  ],
  [
    'Accepts freeform code/query input (args)',
    ['sandbox_exec', 'Execute in a sandbox.', { args: { type: 'array', description: 'Shell command to run' } }],
  ],
];

const LOOK_ALIKES: Example[] = [
  ['ask', 'Ask a question.', { question: { type: 'string' }, prompt: { type: 'string' }, message: { type: 'string' } }],
  ['get_country', '', { code: { type: 'string', description: 'Two-letter country code' } }],
  ['search', 'Search pages.', { query: { type: 'string', description: 'Search text' } }],
  ['set_command', '', { command: { type: 'string', enum: ['start', 'stop'] } }],
  ['add_note', '', { content: { type: 'string', description: 'Content of the note' } }],
  ['list_users', 'List users. Args: query: Filters the result by name.', { query: { type: 'string' } }],
  ['list_services', 'List services.', { query: { type: 'string', description: 'Filter by name' } }],
  ['explain_sql', 'Explain SQL in natural language.', { sql: { type: 'string' } }],
  ['run_script', 'Run a stored script.', { script: { type: 'string', description: 'Name of the script' } }],
];

describe('freeform-code-input', () => {
  it.each(FOUND)('reads "%s" for %j', (label, tool) => {
    const evidence = foundBy(freeformCodeInput, tool);
    expect(evidence).not.toEqual([]);
    expect(freeformCodeInput.label(evidence)).toBe(label);
  });

  it.each(rows(LOOK_ALIKES))('is not found in %s', (_title, tool) => {
    expect(foundBy(freeformCodeInput, tool)).toEqual([]);
  });
});
