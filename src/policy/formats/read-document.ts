import type { AccessPolicy, Condition, ToolRule } from '../../model/access-policy.ts';
import { isJsonObject, jsonPointer } from '../../model/json.ts';
import { type PolicyCondition, PolicyDocument, type ToolPolicy } from '../../model/policy.ts';
import { isPlainName } from '../make-policy.ts';
import type { Problem } from './policy-format.ts';
import { problemsOf, readJson } from './problems.ts';

/** The policy of a published document, or everything that is wrong with it. What the document leaves open is read as the stricter. */
export function readDocument(text: string): { readonly policy: AccessPolicy } | { readonly problems: readonly Problem[] } {
  const read = readJson(text);
  return 'problems' in read ? read : documentOf(read.value);
}

function documentOf(value: unknown): ReturnType<typeof readDocument> {
  const parsed = PolicyDocument.safeParse(value);
  const problems = [...namesIn(value), ...(parsed.success ? [] : problemsOf(parsed.error))];
  if (!parsed.success || problems.length > 0) return { problems };
  const { default: standing, hide = [], tools = {} } = parsed.data;
  const rules = [...hide.map((tool) => ruleOf(tool, { decision: 'hide' }))];
  for (const [tool, body] of Object.entries(tools)) {
    const found = shownRule(tool, body);
    if ('problems' in found) problems.push(...found.problems);
    else rules.push(found.rule);
  }
  if (problems.length > 0) return { problems };
  rules.sort((a, b) => (a.tool < b.tool ? -1 : 1));
  return { policy: { form: 'assay-policy/1', server: '', profile: 'standard', default: standing, rules, placeholders: [] } };
}

/** Looked for in what was parsed, because a schema leaves out what is called `__proto__`. */
function namesIn(value: unknown): Problem[] {
  if (!isJsonObject(value)) return [];
  const hide: readonly unknown[] = Array.isArray(value['hide']) ? value['hide'] : [];
  const shown = isJsonObject(value['tools']) ? Object.keys(value['tools']) : [];
  const hidden = new Set(hide);
  return [
    ...hide.flatMap((name, index) => (typeof name === 'string' ? hiddenProblem(name, hide.indexOf(name) !== index, index) : [])),
    ...shown.flatMap((name) => shownProblem(name, hidden.has(name))),
  ];
}

function hiddenProblem(name: string, isRepeated: boolean, index: number): Problem[] {
  const at = jsonPointer(['hide', index]);
  if (/^[*\s]*$/u.test(name))
    return [{ at, message: 'No wildcards: name each tool. Under "default": "deny" a tool that is not named is denied.' }];
  return isRepeated ? [{ at, message: 'This tool stands there twice. Remove one.' }] : [];
}

function shownProblem(name: string, isHidden: boolean): Problem[] {
  const at = jsonPointer(['tools', name]);
  if (!isPlainName(name))
    return [{ at, message: 'This name could mean other tools too: rules name one tool exactly. Hide it or leave it out.' }];
  return isHidden ? [{ at, message: 'This tool is hidden as well. Remove it here or under "hide".' }] : [];
}

function shownRule(tool: string, body: ToolPolicy): { readonly rule: ToolRule } | { readonly problems: readonly Problem[] } {
  const { require = [], deny_if = [], limits = [] } = body;
  const always = deny_if.find(({ conditions }) => conditions.length === 0);
  if (always) return { rule: ruleOf(tool, { decision: 'deny', message: always.on_deny }) };
  const problems: Problem[] = [];
  const conditions: Condition[] = [];
  const add = (at: readonly (string | number)[], found: readonly Condition[] | undefined) => {
    if (found) conditions.push(...found);
    else problems.push({ at: jsonPointer(['tools', tool, ...at]), message: UNREADABLE });
  };
  for (const [index, item] of require.entries())
    for (const [place, condition] of item.conditions.entries()) add(['require', index, 'conditions', place], needed(condition));
  for (const [index, { conditions: together }] of deny_if.entries())
    add(['deny_if', index], together.length === 1 && together[0] ? refused(together[0]) : undefined);
  if (problems.length > 0) return { problems };
  return { rule: ruleOf(tool, { decision: limits.length > 0 ? 'limit' : 'allow', limits, require: conditions }) };
}

const UNREADABLE =
  'Assay cannot decide this. It takes one condition for each denial: in, not_in, eq, neq, gt, "lt" 0, "exists" false; and as requirements: in, not_in, eq, neq, lte, "gte" 0, "exists" true.';

/** What has to hold; an argument that is absent fails. */
function needed({ path: text, op, value }: PolicyCondition): Condition[] | undefined {
  const [path, ifAbsent] = [namesOf(text), 'fails'] as const;
  if (op === 'in' || op === 'eq') return [{ path, ifAbsent, op: 'one-of', values: listOf(value) }];
  if (op === 'not_in' || op === 'neq') return [{ path, ifAbsent, op: 'not-one-of', values: listOf(value) }];
  if (op === 'lte' && value >= 0) return [{ path, ifAbsent, op: 'at-most', value }];
  if (op === 'gte' && value === 0) return [{ path, ifAbsent, op: 'at-most', value: Number.MAX_VALUE }];
  return op === 'exists' && value ? [{ path, ifAbsent, op: 'not-one-of', values: [null] }] : undefined;
}

/** The contrary of what must not hold. Of another type than it compares, the argument is refused. */
function refused({ path: text, op, value }: PolicyCondition): Condition[] | undefined {
  const [path, ifAbsent] = [namesOf(text), 'holds'] as const;
  if (op === 'in' || op === 'eq') return [{ path, ifAbsent, op: 'not-one-of', values: listOf(value) }];
  if (op === 'not_in' || op === 'neq') return [{ path, ifAbsent, op: 'one-of', values: listOf(value) }];
  if (op === 'gt' && value >= 0) return [{ path, ifAbsent, op: 'at-most', value }];
  if (op === 'lt' && value === 0) return [{ path, ifAbsent, op: 'at-most', value: Number.MAX_VALUE }];
  return op === 'exists' && !value ? [{ path, ifAbsent: 'fails', op: 'not-one-of', values: [null] }] : undefined;
}

function listOf<Value>(value: Value | Value[]): Value[] {
  return Array.isArray(value) ? value : [value];
}

function namesOf(path: string): string[] {
  return path.split('.').slice(1);
}

function ruleOf(tool: string, rule: Pick<ToolRule, 'decision'> & Partial<ToolRule>): ToolRule {
  return { tool, limits: [], require: [], ...rule, why: UNSAID };
}

const UNSAID: ToolRule['why'] = {
  category: 'Write',
  access: 'Write',
  by: 'unknown',
  reason: 'The document does not say why.',
  evidence: [],
  signals: [],
};
