import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEVERITY } from '../../classifiers/decide.ts';
import type { Category, Classification } from '../../src/model/classification.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { classify, type Example } from './examples.ts';

const text = { type: 'string' } as const;
const object = { type: 'object' } as const;
const oneOf = (...choices: string[]) => ({ type: 'string', enum: choices });
const said = (description: string) => ({ type: 'string', description });

function offered({ actions }: Classification): Record<string, Category> {
  return Object.fromEntries(actions.map(({ value, category }) => [value, category]));
}

/** What is offered, and by what. */
const SPLIT: [Example, Record<string, Category>][] = [
  [
    ['manage_board', 'Manage boards.', { action: oneOf('list', 'create', 'archive', 'delete') }],
    { list: 'Read', create: 'Write', archive: 'Write', delete: 'Destructive' },
  ],
  [
    ['vm.power', 'Power management of a VM.', { op: oneOf('status', 'start', 'stop') }],
    { status: 'Read', start: 'Execute', stop: 'Execute' },
  ],
  [['timer', 'Timer.', { action: oneOf('start', 'stop', 'status') }], { start: 'Write', stop: 'Write', status: 'Read' }],
  [['issue_write', 'Create or update an issue.', { method: oneOf('create', 'update') }], { create: 'Write', update: 'Write' }],
  [['wallet', 'Wallet.', { operation: oneOf('balance', 'transfer'), amount: text }], { balance: 'Read', transfer: 'Financial' }],
  [['team', 'Team members.', { action: oneOf('list', 'invite') }], { list: 'Read', invite: 'Permissions' }],
  [
    ['http', 'Send a request to the API.', { path: text, method: oneOf('GET', 'POST', 'DELETE'), body: object }],
    { GET: 'Read', POST: 'Execute', DELETE: 'Destructive' },
  ],
  [
    ['script', 'Work with scripts.', { action: oneOf('list', 'save', 'run'), code: said('The script') }],
    { list: 'Read', save: 'Write', run: 'Execute' },
  ],
  [['calendar', 'A calendar.', { action: said('One of: list, create, delete') }], { list: 'Read', create: 'Write', delete: 'Destructive' }],
  [['calendar', 'A calendar.', { action: said("'list' | 'purge'") }], { list: 'Read', purge: 'Destructive' }],
  [
    ['roles', 'Roles of a database.\n\nActions:\n- list: List roles.\n- grant: Give a role to a user.', { action: text, params: object }],
    { list: 'Read', grant: 'Permissions' },
  ],
  [
    ['cms', 'Items.', { actions: { type: 'array', items: { properties: { list_items: object, delete_items: object } } } }],
    { list_items: 'Read', delete_items: 'Destructive' },
  ],
  [
    [
      'notes',
      'Work with notes.',
      { input: { oneOf: [{ properties: { kind: { const: 'get_note' } } }, { properties: { kind: { const: 'delete_note' } } }] } },
    ],
    { get_note: 'Read', delete_note: 'Destructive' },
  ],
  [['radio', 'Manage radios.', { action: oneOf('add', 'factory_wipe') }], { add: 'Write', factory_wipe: 'Destructive' }],
  [
    ['manage_texture', 'Procedural texture generation.', { action: { ...oneOf('create', 'delete'), description: 'Action to perform.' } }],
    { create: 'Write', delete: 'Destructive' },
  ],
  [['list_things', 'List things.', { action: oneOf('list', 'delete') }], { list: 'Read', delete: 'Destructive' }],
  [['calculator', 'Calculator.', { operation: oneOf('add', 'divide') }], { add: 'Read', divide: 'Read' }],
];

/** Choices that are no actions. */
const WHOLE: Example[] = [
  ['search_issues', 'Search issues.', { sort: oneOf('created', 'updated'), order: oneOf('asc', 'desc') }],
  ['list_events', 'List audit events.', { action: oneOf('create', 'delete') }],
  ['list_requests', 'List bulk requests.', { action_type: oneOf('create', 'delete') }],
  ['check_access', 'Check whether somebody may do something.', { verb: oneOf('get', 'delete') }],
  ['create_webhook', 'Create a webhook.', { events: { type: 'array', items: oneOf('create', 'delete') } }],
  ['create_monitor', 'Create an uptime monitor.', { url: text, method: oneOf('GET', 'POST', 'DELETE') }],
  ['create_rule', 'Create an alert rule.', { action: oneOf('notify', 'delete') }],
  ['set_role', 'Set what a key may do.', { permission: oneOf('read', 'write', 'delete') }],
  ['list_runs', 'List runs.', { status: oneOf('build_failed', 'deploy_started') }],
  ['notify', 'Notify a customer.', { medium: oneOf('sms', 'email') }],
  ['get_records', 'Get records.', { format: oneOf('json', 'csv') }],
  ['manage_board', 'Manage boards.', { action: oneOf('delete') }],
];

describe('actions', () => {
  it.each(SPLIT.map(([example, actions]) => [example[0], JSON.stringify(example[2]), example, actions] as const))(
    '%s %s is split',
    (_name, _schema, example, actions) => {
      expect(offered(classify(example))).toEqual(actions);
    },
  );

  it.each(WHOLE.map((example) => [example[0], example] as const))('%s is not split', (_name, example) => {
    expect(classify(example).actions).toEqual([]);
  });

  it('lets the worst action decide, and names it', () => {
    const { category, evidence, actions } = classify(['boards', 'Manage boards.', { action: oneOf('list', 'delete') }]);
    const place = { at: '/inputSchema/properties/action' };
    expect(category).toBe('Destructive');
    expect(evidence).toContainEqual(expect.objectContaining({ ...place, excerpt: 'delete', category: 'Destructive' }));
    expect(actions.map(({ at, value, access }) => [at, value, access])).toEqual([
      [place.at, 'list', 'Read'],
      [place.at, 'delete', 'Admin'],
    ]);
  });

  it('gives an action only the parameters that belong to it', () => {
    const properties = { action: oneOf('rename', 'execute'), command: said('Only for execute: the command') };
    expect(offered(classify(['tools', 'Manage tools.', properties]))).toEqual({ rename: 'Write', execute: 'Execute' });
  });

  it('takes what a line says of an action', () => {
    const description = 'Manage the hub.\n- sync: Removes every device for good.\n- poke: Gets the state.';
    expect(offered(classify(['hub', description, { action: oneOf('sync', 'poke') }]))).toEqual({ sync: 'Destructive', poke: 'Read' });
  });
});

describe('steps of an edit', () => {
  const step = (...types: string[]) => ({
    type: 'array',
    items: {
      anyOf: types.map((type) => ({ type: 'object', properties: { type: { type: 'string', const: type }, page: { type: 'number' } } })),
    },
  });

  it.each<[Example, Category]>([
    [
      ['write_pdf', 'Create or modify a PDF file. Operations: insert, delete.', { path: text, operations: step('insert', 'delete') }],
      'Write',
    ],
    [['edit_doc', 'Edit a document.', { id: text, edits: step('append', 'replace', 'delete') }], 'Write'],
    [['rows', 'Manage records of a table.', { table: text, operations: step('insert', 'delete') }], 'Destructive'],
    [['boards', 'Change boards.', { operations: step('create', 'delete') }], 'Destructive'],
  ])('%j is %s', (example, category) => {
    expect(classify(example).category).toBe(category);
  });
});

describe('many actions with many arguments', () => {
  it('are told apart by what names them', () => {
    const values = Array.from({ length: 100 }, (_, index) => `get_thing${index}`);
    const unnamed = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`field${index}`, { type: 'string' }]));
    const properties = { action: oneOf(...values, 'run_script'), ...unnamed, script: said('The script for run_script') };
    const { category, actions } = classify(['things', 'Manage things.', properties]);
    expect(category).toBe('Execute');
    expect(actions.filter((action) => action.category === 'Execute').map(({ value }) => value)).toEqual(['run_script']);
  });
});

const VALUES = [
  'list',
  'get',
  'create',
  'update',
  'delete',
  'remove',
  'run',
  'invite',
  'pay',
  'deploy',
  'preview',
  'status',
  'frobnicate',
  'archive',
];
const anyChoices = fc.uniqueArray(fc.oneof(fc.constantFrom(...VALUES), fc.string({ minLength: 1 })), { minLength: 2, maxLength: 8 });
const anyDescription = fc.constantFrom(
  '',
  'Manage things.',
  'Manage things. Delete is permanent.',
  'Deletes are soft.',
  'This tool is read-only.',
);

function classifyWith(choices: readonly string[], description: string): Classification {
  return classify(['things', description, { action: oneOf(...choices), name: text, code: text }]);
}

describe('actions, for every input', () => {
  it('leaves the tool at least as severe as its worst action', () => {
    fc.assert(
      fc.property(anyChoices, anyDescription, (choices, description) => {
        const { category, actions } = classifyWith(choices, description);
        for (const action of actions) expect(SEVERITY[category]).toBeGreaterThanOrEqual(SEVERITY[action.category]);
      }),
    );
  });

  it('never makes a tool worse by taking an action away', () => {
    fc.assert(
      fc.property(anyChoices, anyDescription, fc.nat(), (choices, description, index) => {
        const fewer = choices.filter((_, place) => place !== index % choices.length);
        const [before, after] = [classifyWith(choices, description), classifyWith(fewer, description)];
        expect(SEVERITY[after.category]).toBeLessThanOrEqual(SEVERITY[before.category]);
      }),
    );
  });

  it('never throws, whatever JSON the schema holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (choices, variants) => {
        const schema = {
          properties: { action: { enum: choices, oneOf: variants }, actions: { type: 'array', items: variants } },
        } as unknown as JsonObject;
        expect(() => classify(['things', 'Manage things.', schema])).not.toThrow();
      }),
    );
  });

  it('keeps at most 300', () => {
    const choosers = Object.fromEntries(
      ['', 'a', 'b', 'c'].map((prefix) => [`${prefix}_action`, oneOf(...Array.from({ length: 199 }, (_, n) => `get_${prefix}${n}`))]),
    );
    expect(classify(['things', 'Manage things.', choosers]).actions).toHaveLength(300);
  });
});
