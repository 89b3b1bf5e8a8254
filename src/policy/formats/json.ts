import type { AccessPolicy, Condition, ToolRule } from '../../model/access-policy.ts';
import { isPlainName } from '../make-policy.ts';
import type { Lowered, Note, PolicyFormat } from './policy-format.ts';
import { readDocument } from './read-document.ts';
import { policyDocument } from './write-document.ts';

/**
 * The published JSON document, version 1. It has no approval: what needs one is denied with words that say so. Its conditions name arguments by dots,
 * know neither folders nor hosts, and are false for what is absent; a rule that they cannot say is denied.
 */
export const json: PolicyFormat = {
  id: 'json',
  title: 'the published policy document, version 1',
  fileName: 'policy.json',
  documentation: 'https://policylayer.com/docs/writing-policies',
  lower,
  write: ({ policy }) => `${JSON.stringify(policyDocument(policy), null, 2)}\n`,
  check(text) {
    const read = readDocument(text);
    return 'problems' in read ? read.problems : [];
  },
};

function lower(policy: AccessPolicy): Lowered {
  const notes: Note[] = [];
  const rules = policy.rules.flatMap((rule) => {
    if (isUnsayable(rule.tool)) {
      notes.push({ tool: rule.tool, message: 'No rule can name this tool: it stays under the default, which denies it.' });
      return [];
    }
    const { lowered, message } = lowerRule(rule);
    if (message) notes.push({ tool: rule.tool, message });
    return [lowered];
  });
  if (policy.default === 'deny' || rules.length === policy.rules.length) return { policy: { ...policy, rules }, notes };
  notes.push({ message: 'What no rule names is denied, because a tool that is to be denied cannot be named.' });
  return { policy: { ...policy, default: 'deny', rules }, notes };
}

/** `*` is a wildcard in lists of hidden tools. */
function isUnsayable(tool: string): boolean {
  return /^[*\s]*$/u.test(tool);
}

function lowerRule(rule: ToolRule): { readonly lowered: ToolRule; readonly message?: string } {
  if (!isPlainName(rule.tool)) {
    const message = rule.decision === 'hide' ? undefined : 'Its name could be read as something else: the tool is hidden.';
    return { lowered: { ...rule, decision: 'hide', limits: [], require: [] }, message };
  }
  if (rule.decision === 'hide' || rule.decision === 'deny') return { lowered: { ...rule, limits: [], require: [] } };
  if (rule.decision === 'approve') return { lowered: denied(rule), message: 'This form has no approval: the tool is denied.' };
  const what = unsayable(rule);
  if (what !== undefined) return { lowered: denied(rule), message: `This form cannot say ${what}: the tool is denied.` };
  const require = rule.require.map(lowerCondition);
  const isStricter = require.some(({ ifAbsent }, index) => ifAbsent !== rule.require[index]?.ifAbsent);
  const message = isStricter ? 'This form cannot make an exception for an absent argument: the argument has to be given.' : undefined;
  return { lowered: { ...rule, require }, message };
}

function denied(rule: ToolRule): ToolRule {
  return { ...rule, decision: 'deny', limits: [], require: [] };
}

/** What of the rule has no words in this form. */
function unsayable({ limits, require }: ToolRule): string | undefined {
  if (limits.some(({ scope }) => scope !== 'grant')) return 'a limit over all grants';
  if (limits.some(({ amount }) => amount !== undefined)) return 'a limit of an amount';
  if (require.some(({ op }) => op === 'within-folder')) return 'that a path lies in a folder';
  if (require.some(({ op }) => op === 'host-one-of')) return 'that a URL names one of these hosts';
  if (require.some(({ path }) => path.some((name) => name === '' || name.includes('.')))) return 'the name of an argument with a dot in it';
  if (require.some((condition) => 'value' in condition && typeof condition.value === 'object')) return 'what is not filled in';
  if (require.some((condition) => 'values' in condition && !Array.isArray(condition.values))) return 'what is not filled in';
  return undefined;
}

/** An exception for what is absent is a denial of what is not equal; that works for an argument at the top, and for no comparison of numbers. */
function lowerCondition(condition: Condition): Condition {
  const keepsException = condition.path.length === 1 && condition.op !== 'at-most';
  return keepsException || condition.ifAbsent === 'fails' ? condition : { ...condition, ifAbsent: 'fails' };
}
