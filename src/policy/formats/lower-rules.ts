import type { AccessPolicy, Condition, ToolRule } from '../../model/access-policy.ts';
import { isPlainName } from '../make-policy.ts';
import type { Lowered, Note } from './policy-format.ts';

/** What a form can say. */
interface Sayable {
  /** Whether the form has a way to allow what it does not name. */
  readonly allowsByDefault: boolean;
  /** Whether the form reads the name as this one tool; asked only of names that no engine reads as something else. */
  isName(tool: string): boolean;
  /** A rule that is not denied as the form can say it: denied, and why, where it cannot. */
  lowerRule(rule: ToolRule): LoweredRule;
}

export interface LoweredRule {
  readonly rule: ToolRule;
  readonly message?: string;
}

/** Lowers each rule by itself. A tool that cannot be named is left to the default, which then denies. */
export function lowerRules(policy: AccessPolicy, form: Sayable): Lowered {
  const notes: Note[] = [];
  const rules: ToolRule[] = [];
  for (const rule of policy.rules) {
    if (!isPlainName(rule.tool) || !form.isName(rule.tool)) {
      notes.push({ tool: rule.tool, message: 'No rule can name this tool: it stays under the default, which denies it.' });
      continue;
    }
    const isDenied = rule.decision === 'deny' || rule.decision === 'hide';
    const { rule: lowered, message } = isDenied ? { rule: asDenied(rule) } : form.lowerRule(rule);
    rules.push(lowered);
    if (message !== undefined) notes.push({ tool: rule.tool, message });
  }
  if (policy.default === 'deny') return { policy: { ...policy, rules }, notes };
  if (form.allowsByDefault && rules.length === policy.rules.length) return { policy: { ...policy, rules }, notes };
  notes.push({ message: 'What no rule names is denied: this form cannot allow it without allowing what is to be denied.' });
  return { policy: { ...policy, default: 'deny', rules }, notes };
}

/** The rule as a denial, which keeps saying whether the tool is shown. */
export function asDenied(rule: ToolRule): ToolRule {
  return { ...rule, decision: rule.decision === 'hide' ? 'hide' : 'deny', limits: [], require: [] };
}

/** For forms that know tools by name and nothing else: whatever asks for more than a name is denied. */
export function lowerToName(rule: ToolRule): LoweredRule {
  const what = beyondName(rule);
  return what === undefined ? { rule } : { rule: asDenied(rule), message: `This form cannot say ${what}: the tool is denied.` };
}

/** For forms that know names and some conditions. Only under a default that denies: a condition that fails to be worked out has to deny. */
export function lowerToConditions(rule: ToolRule, policy: AccessPolicy, isSayable: (condition: Condition) => boolean): LoweredRule {
  if (beyondName({ ...rule, require: [] }) !== undefined || policy.default === 'allow') return lowerToName(rule);
  const unsayable = rule.require.find((condition) => !isSayable(condition));
  if (!unsayable) return { rule };
  return { rule: asDenied(rule), message: `This form cannot say "${unsayable.op}" of this argument: the tool is denied.` };
}

/** What of the rule is more than that its tool may be called. */
function beyondName({ decision, limits, require }: ToolRule): string | undefined {
  if (decision === 'approve') return 'that a person has to approve';
  if (decision === 'limit' || limits.length > 0) return 'how often';
  return require.length > 0 ? 'what an argument must be like' : undefined;
}

/** The tools that may be called, sorted. */
export function allowedTools({ rules }: AccessPolicy): string[] {
  return toolsOf(rules.filter(({ decision }) => decision === 'allow' || decision === 'limit'));
}

/** The tools that may not be called, sorted. */
export function deniedTools({ rules }: AccessPolicy): string[] {
  return toolsOf(rules.filter(({ decision }) => decision === 'deny' || decision === 'hide'));
}

function toolsOf(rules: readonly ToolRule[]): string[] {
  return rules.map(({ tool }) => tool).sort();
}
