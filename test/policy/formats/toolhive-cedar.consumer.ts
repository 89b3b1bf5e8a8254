import { checkParsePolicySet, isAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { parse } from 'yaml';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Consumer } from './consumer.ts';

/** The Cedar engine, asked as ToolHive asks it (pkg/authz/authorizers/cedar/core.go). */
export function toolhive(): Consumer {
  let staticPolicies: Record<string, string> = {};
  return {
    load(text) {
      const { cedar } = parse(text) as { cedar: { policies: string[] } };
      staticPolicies = Object.fromEntries(cedar.policies.map((policy, index) => [`policy${index}`, policy]));
      if (cedar.policies.length === 0) return 'no policies loaded';
      const answer = checkParsePolicySet({ staticPolicies });
      return answer.type === 'success' ? undefined : JSON.stringify(answer.errors);
    },
    decide(call) {
      const answer = isAuthorized({
        principal: { type: 'Client', id: 'somebody' },
        action: { type: 'Action', id: 'call_tool' },
        resource: { type: 'Tool', id: call.tool },
        context: contextOf(call.arguments),
        policies: { staticPolicies },
        entities: [],
      });
      if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors));
      return answer.response.decision;
    },
  };
}

/** `preprocessArguments`: a number is a decimal there, for which its text stands in here. */
function contextOf(args: JsonObject): Record<string, string | boolean> {
  const context: Record<string, string | boolean> = { claim_sub: 'somebody' };
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === 'string' || typeof value === 'boolean') context[`arg_${name}`] = value;
    else if (typeof value === 'number') context[`arg_${name}`] = `decimal ${value}`;
    else context[`arg_${name}_present`] = true;
  }
  return context;
}
