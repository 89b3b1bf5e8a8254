import fc from 'fast-check';
import { type ActionClassification, Category, CONSEQUENCE_OF, type SignalReport } from '../../src/model/classification.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { PolicyBasis } from '../../src/policy/make-policy.ts';

type PolicyTool = PolicyBasis['tools'][number];

interface Extra {
  readonly properties?: JsonObject;
  /** Id of a signal → the properties it is found at; none for the description. */
  readonly signals?: Readonly<Record<string, readonly string[]>>;
  /** Value of the property `action` → what it does. */
  readonly actions?: Readonly<Record<string, Category>>;
}

/** A judged tool. Its first evidence is the description. */
export function tool(name: string, category: Category, { properties = {}, signals = {}, actions = {} }: Extra = {}): PolicyTool {
  const values = Object.keys(actions);
  const action: JsonObject = values.length > 0 ? { action: { enum: values } } : {};
  return {
    definition: { name, description: `${category} it.`, inputSchema: { type: 'object', properties: { ...action, ...properties } } },
    classification: {
      category,
      classifierVersion: '7',
      evidence: [{ by: 'r', at: '/description', excerpt: category, category, weight: 3 }],
      signals: Object.entries(signals).map(([id, at]) => signal(id, at)),
      actions: Object.entries(actions).map(([value, does]) => actionOf(value, does)),
    },
  };
}

function signal(id: string, names: readonly string[]): SignalReport {
  const places = names.length > 0 ? names.map((name) => `/inputSchema/properties/${name}`) : ['/description'];
  return { id, label: id, evidence: places.map((at) => ({ by: id, at, excerpt: 'x' })) };
}

function actionOf(value: string, category: Category): ActionClassification {
  return { at: '/inputSchema/properties/action', value, category, ...CONSEQUENCE_OF[category], evidence: [] };
}

export const toxic: PolicyBasis['findings'][number] = {
  kind: 'toxic-combination',
  severity: 'high',
  technique: 'lethal-trifecta',
  message: 'm',
  evidence: [{ by: 'egress', at: '/name', excerpt: 'x', tool: 'send' }],
};

const PROPERTIES: JsonObject = {
  force: { type: 'boolean' },
  purge: { type: 'boolean', default: true },
  amount: { type: 'number' },
  path: { type: 'string' },
  url: { type: 'string' },
  to: { type: 'array', items: { type: 'string' } },
};

const SIGNALS: Readonly<Record<string, readonly string[]>> = {
  'force-flag': ['force', 'purge'],
  'money-amount': ['amount'],
  'file-path-input': ['path'],
  'url-input': ['url'],
  'outbound-message': [],
  'secret-output': [],
  egress: [],
};

export const HOSTILE_NAMES = ['*', '', ' ', '__proto__', 'constructor', 'a\nb', 'a\u2028b', 'a\u202eb', 'read*', 'x'.repeat(300)];

const anyCategory = fc.constantFrom(...Category.options);
const anyName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c.d') },
  fc.constantFrom(...HOSTILE_NAMES),
  fc.string({ unit: 'binary' }),
);

const anyTool = fc
  .record({
    name: anyName,
    category: anyCategory,
    signals: fc.subarray(Object.keys(SIGNALS)),
    actions: fc.dictionary(fc.constantFrom('list', 'make', 'drop'), anyCategory),
  })
  .map(({ name, category, signals, actions }) =>
    tool(name, category, { properties: PROPERTIES, signals: Object.fromEntries(signals.map((id) => [id, SIGNALS[id] ?? []])), actions }),
  );

export const anyBasis = fc.record({
  server: fc.constant('Server'),
  tools: fc.array(anyTool, { maxLength: 6 }),
  findings: fc.constantFrom([], [toxic]),
});

const absent = fc.constant(undefined);

/** Arguments of the tools above: right, wrong, of another type, absent. */
const anyArguments = fc
  .record({
    action: fc.oneof(absent, fc.constantFrom('list', 'make', 'drop', 'other', 1, ['list'], ['list', 'drop'], [])),
    force: fc.oneof(absent, fc.constantFrom(true, false, 'false', 0, null, [], [false])),
    purge: fc.oneof(absent, fc.constantFrom(true, false)),
    amount: fc.oneof(absent, fc.constantFrom(0, 5, 10, 11, -1, '5', null)),
    path: fc.oneof(absent, fc.constantFrom('/root/a', '/root/../etc', '/etc', 'a', 5)),
    url: fc.oneof(absent, fc.constantFrom('https://ok.example/a', 'https://no.example', 'http://ok.example', 'x')),
    to: fc.oneof(absent, fc.constantFrom(['me'], ['me', 'you'], 'me', [])),
  })
  .map((args) => JSON.parse(JSON.stringify(args)) as JsonObject);

export function anyCall(names: readonly string[]) {
  return fc.record({
    tool: names.length > 0 ? fc.oneof(fc.constantFrom(...names), fc.constant('unheard-of')) : fc.constant('unheard-of'),
    arguments: anyArguments,
    grant: fc.constantFrom('one', 'two'),
    now: fc.constantFrom(0, 59_999, 60_000),
  });
}
