import { z } from 'zod';
import type { Condition, ToolRule } from '../../model/access-policy.ts';
import { allowedTools, deniedTools, lowerRules, lowerToConditions } from './lower-rules.ts';
import type { Lowered, PolicyFormat } from './policy-format.ts';
import { yamlProblems, yamlText } from './yaml-text.ts';

/**
 * The authorization file of ToolHive, for `thv run --authz-config`. Cedar sees the arguments at the top that are texts, numbers or booleans; of what is
 * null, an array or an object it sees that it is there. A number may reach it as an integer or a decimal. So what the model says of an argument can be
 * said exactly where it is a switch, and of nothing else. Cedar counts nothing and asks nobody. Prompts and resources are denied with all else that no
 * policy permits; denied tools are not listed.
 */
export const toolhiveCedar: PolicyFormat = {
  id: 'toolhive-cedar',
  title: 'ToolHive: Cedar policies',
  fileName: 'toolhive-authz.yaml',
  documentation: 'https://docs.stacklok.com/toolhive/reference/authz-policy-reference',
  verifiedBy: { consumer: '@cedar-policy/cedar-wasm', version: '4.13.0', how: 'engine' },
  lower: (policy) =>
    lowerRules(policy, {
      allowsByDefault: true,
      isName: () => true,
      lowerRule: (rule) => lowerToConditions(rule, policy, (condition) => cedarCondition(condition) !== undefined),
    }),
  write,
  check: (text) => yamlProblems(text, ToolHiveAuthorization),
};

function write({ policy }: Lowered): string {
  const policies =
    policy.default === 'deny' ? permits(policy) : [EVERY_TOOL, ...deniedTools(policy).map((tool) => `forbid(${scope(tool)});`)];
  const comment = [
    'thv run --authz-config toolhive-authz.yaml SERVER',
    'What no policy permits is denied: other tools, and all prompts and resources.',
  ];
  return yamlText(comment, { version: '1.0', type: 'cedarv1', cedar: { policies, entities_json: '[]' } });
}

const EVERY_TOOL = 'permit(principal, action == Action::"call_tool", resource);';

/** ToolHive takes no file without a policy. */
const NO_TOOL = 'forbid(principal, action == Action::"call_tool", resource);';

function permits(policy: Lowered['policy']): string[] {
  const conditions = new Map(policy.rules.map(({ tool, require }) => [tool, require]));
  const tools = allowedTools(policy);
  return tools.length > 0 ? tools.map((tool) => `permit(${scope(tool)})${whenAll(conditions.get(tool) ?? [])};`) : [NO_TOOL];
}

function scope(tool: string): string {
  return `principal, action == Action::"call_tool", resource == Tool::${cedarString(tool)}`;
}

function whenAll(require: ToolRule['require']): string {
  const conditions = require.map((condition) => cedarCondition(condition) ?? 'false');
  return conditions.length > 0 ? ` when { ${conditions.join(' && ')} }` : '';
}

/**
 * The condition on the attributes that ToolHive makes of arguments: `arg_NAME` for a scalar, `arg_NAME_present` for anything else. An argument whose own
 * name ends so could stand for another, and is not written.
 */
function cedarCondition({ op, path, ifAbsent, ...rest }: Condition): string | undefined {
  const [name, ...inner] = path;
  const values = 'values' in rest && Array.isArray(rest.values) ? rest.values : [];
  if (op !== 'one-of' || !values.every((value) => typeof value === 'boolean')) return undefined;
  if (name === undefined || inner.length > 0 || name.endsWith('_present')) return undefined;
  const attribute = cedarString(`arg_${name}`);
  const isOneOf = values.map((value) => `context[${attribute}] == ${value}`).join(' || ');
  const absent = `(!(context has ${attribute}) && !(context has ${cedarString(`arg_${name}_present`)}))`;
  const holds = `(context has ${attribute} && (${isOneOf}))`;
  return ifAbsent === 'holds' ? `(${absent} || ${holds})` : holds;
}

/** A text in Cedar (https://docs.cedarpolicy.com/policies/syntax-grammar.html#grammar-str): all but plain ASCII is escaped by its code point. */
function cedarString(text: string): string {
  const escaped = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  return `"${[...text].map((character) => (/^[ !#-[\]-~]$/.test(character) ? character : escaped(character))).join('')}"`;
}

const ToolHiveAuthorization = z.strictObject({
  version: z.string(),
  type: z.literal('cedarv1'),
  cedar: z.looseObject({ policies: z.array(z.string().min(1)).min(1), entities_json: z.string().optional() }),
});
