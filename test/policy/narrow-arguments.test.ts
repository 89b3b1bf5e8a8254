import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src/model/access-policy.ts';
import type { ActionClassification } from '../../src/model/classification.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { makePolicy, type PolicyBasis } from '../../src/policy/make-policy.ts';
import type { ArgumentRules } from '../../src/policy/narrow-arguments.ts';
import { tool } from './tools.ts';

type PolicyTool = PolicyBasis['tools'][number];

function ruleOf(given: PolicyTool, profile: Profile = 'standard', rules: ArgumentRules = 'safe') {
  const policy = makePolicy({ server: 'S', tools: [given], findings: [] }, { profile, arguments: rules });
  return { rule: policy.rules[0], placeholders: policy.placeholders };
}

const MANY = { list: 'Read', make: 'Write', drop: 'Destructive' } as const;

/** The tool with another input schema, and its actions at these places. */
function reshaped(given: PolicyTool, inputSchema: JsonObject, ...places: readonly string[]): PolicyTool {
  const actions = given.classification.actions.map(
    (action, index): ActionClassification => ({ ...action, at: places[index] ?? places[0] ?? '' }),
  );
  return { definition: { ...given.definition, inputSchema }, classification: { ...given.classification, actions } };
}

describe('a tool with several actions', () => {
  it.each([
    ['standard', 'limit', 30, ['list', 'make']],
    ['strict', 'limit', 30, ['list']],
    ['read-only', 'allow', undefined, ['list']],
  ] as const)('is narrowed to those that %s lets pass', (profile, decision, max, values) => {
    const { rule } = ruleOf(tool('t', 'Destructive', { actions: MANY }), profile);
    expect(rule).toMatchObject({ decision, require: [{ path: ['action'], ifAbsent: 'fails', op: 'one-of', values }] });
    expect(rule?.limits[0]?.max).toBe(max);
    expect(rule?.why).toMatchObject({
      category: 'Destructive',
      reason: expect.stringMatching(/narrowed to actions that are at most (?:Write|Read)\.$/),
    });
  });

  it('stays as it is where the profile lets it pass whole', () => {
    expect(ruleOf(tool('t', 'Write', { actions: { list: 'Read', make: 'Write' } })).rule?.require).toEqual([]);
  });

  it('stays hidden without argument rules', () => {
    expect(ruleOf(tool('t', 'Destructive', { actions: MANY }), 'standard', 'none').rule).toMatchObject({ decision: 'hide', require: [] });
  });

  it('may leave the action out where a harmless one is the default', () => {
    const given = tool('t', 'Destructive', { actions: MANY });
    const withDefault = (standing: string) => ({ type: 'object', properties: { action: { enum: Object.keys(MANY), default: standing } } });
    const at = '/inputSchema/properties/action';
    expect(ruleOf(reshaped(given, withDefault('list'), at)).rule?.require[0]?.ifAbsent).toBe('holds');
    expect(ruleOf(reshaped(given, withDefault('drop'), at)).rule?.require[0]?.ifAbsent).toBe('fails');
  });

  it('is narrowed where each action has a shape of its own', () => {
    const shape = (value: string) => ({ properties: { action: { const: value } } });
    const inputSchema = { oneOf: Object.keys(MANY).map(shape) };
    const places = [0, 1, 2].map((index) => `/inputSchema/oneOf/${index}/properties/action`);
    const given = reshaped(tool('t', 'Destructive', { actions: MANY }), inputSchema, ...places);
    expect(ruleOf(given).rule?.require).toEqual([{ path: ['action'], ifAbsent: 'fails', op: 'one-of', values: ['list', 'make'] }]);
  });

  const hidden: [string, PolicyTool][] = [
    ['the harm is not in the actions', tool('t', 'Destructive', { actions: { list: 'Read', make: 'Write' } })],
    ['no action is harmless', tool('t', 'Destructive', { actions: { drop: 'Destructive' } })],
    [
      'two arguments choose',
      reshaped(tool('t', 'Destructive', { actions: MANY }), {}, '/inputSchema/properties/a', '/inputSchema/properties/b'),
    ],
    ['the place is no argument', reshaped(tool('t', 'Destructive', { actions: MANY }), {}, '/inputSchema/$defs/a')],
    [
      'another argument offers a harmful one too',
      tool('t', 'Destructive', { actions: MANY, properties: { next: { type: 'array', items: { anyOf: [{ const: 'drop' }] } } } }),
    ],
  ];
  it.each(hidden)('is hidden where %s', (_, given) => {
    expect(ruleOf(given).rule).toMatchObject({ decision: 'hide', require: [] });
  });

  it('takes a value that stands for two actions for the worse', () => {
    const given = tool('t', 'Destructive', { actions: MANY });
    const twice = { ...given.classification.actions[0], category: 'Destructive' } as ActionClassification;
    const actions = [...given.classification.actions, twice];
    expect(ruleOf({ ...given, classification: { ...given.classification, actions } }).rule?.require).toMatchObject([{ values: ['make'] }]);
  });
});

describe('switches', () => {
  const condition = (name: string, schema: JsonObject) =>
    ruleOf(tool('t', 'Write', { properties: { [name]: schema }, signals: { 'force-flag': [name] } })).rule?.require;

  it.each([
    ['force', { type: 'boolean' }, 'holds', false],
    ['force', { type: 'boolean', default: false }, 'holds', false],
    ['force', { type: 'boolean', default: true }, 'fails', false],
    ['dry_run', { type: 'boolean', default: true }, 'holds', true],
    ['dryRun', { type: 'boolean' }, 'fails', true],
  ] as const)('%s %j %s where it is absent, and has to be %j', (name, schema, ifAbsent, value) => {
    expect(condition(name, schema)).toEqual([{ path: [name], ifAbsent, op: 'one-of', values: [value] }]);
  });

  it('that are no booleans are left alone', () => {
    expect(condition('force', { type: 'string' })).toEqual([]);
  });

  it('are named whatever they are called', () => {
    const name = 'a/b.c~d';
    const given = tool('t', 'Write', { properties: { [name]: { type: 'boolean' } } });
    const at = '/inputSchema/properties/a~1b.c~0d';
    const signals = [{ id: 'force-flag', label: 'l', evidence: [{ by: 'force-flag', at, excerpt: 'x' }] }];
    expect(ruleOf({ ...given, classification: { ...given.classification, signals } }).rule?.require).toMatchObject([{ path: [name] }]);
  });
});

describe('what only the user knows', () => {
  const given = tool('pay', 'Write', {
    properties: {
      amount: { type: 'number' },
      path: { type: 'string' },
      url: { type: 'string' },
      to: { type: 'string' },
      channel_id: {},
      text: {},
    },
    signals: { 'money-amount': ['amount'], 'file-path-input': ['path'], 'url-input': ['url'], 'outbound-message': [] },
  });

  it('is a placeholder with its meaning, for what a signal found', () => {
    const { rule, placeholders } = ruleOf(given, 'standard', 'all');
    expect(rule?.require.map(({ path, op, ...rest }) => [path[0], op, Object.values(rest)[1]])).toEqual([
      ['amount', 'at-most', { placeholder: 'MAX_AMOUNT' }],
      ['path', 'within-folder', { placeholder: 'PATH_ROOT' }],
      ['url', 'host-one-of', { placeholder: 'ALLOWED_HOSTS' }],
      ['to', 'text-one-of', { placeholder: 'ALLOWED_RECIPIENTS' }],
      ['channel_id', 'text-one-of', { placeholder: 'ALLOWED_RECIPIENTS' }],
    ]);
    expect(placeholders.map(({ name }) => name)).toEqual(['ALLOWED_HOSTS', 'ALLOWED_RECIPIENTS', 'MAX_AMOUNT', 'PATH_ROOT']);
  });

  it('is not asked for unless all rules are wanted, nor for a tool that is not callable', () => {
    expect(ruleOf(given).rule?.require).toEqual([]);
    expect(ruleOf(given, 'read-only', 'all')).toMatchObject({ rule: { decision: 'hide', require: [] }, placeholders: [] });
  });
});
