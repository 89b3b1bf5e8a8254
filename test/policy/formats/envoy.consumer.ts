import { parse as parseCel } from '@marcbachmann/cel-js';
import { parse } from 'yaml';
import type { Call } from '../../../src/policy/evaluate.ts';
import type { Consumer } from './consumer.ts';

interface Authorization {
  readonly defaultAction: 'Allow' | 'Deny';
  readonly rules: readonly { readonly action: string; readonly cel: string }[];
}

/** A CEL engine, asked as Envoy AI Gateway asks it (internal/mcpproxy/authorization.go): the first match decides, and an error is none. */
export function mcpRoute(method = 'tools/call'): Consumer {
  let authorization: Authorization = { defaultAction: 'Deny', rules: [] };
  return {
    load(text) {
      authorization = (parse(text) as { spec: { securityPolicy: { authorization: Authorization } } }).spec.securityPolicy.authorization;
      try {
        for (const { cel } of authorization.rules) parseCel(cel);
      } catch (error) {
        return String(error);
      }
      if (authorization.rules.some(({ cel }) => cel.length > 4096)) return 'may not be more than 4096 bytes';
      return authorization.rules.length > 32 ? 'must have at most 32 items' : undefined;
    },
    decide(call) {
      const action = authorization.rules.find(({ cel }) => matches(cel, call, method))?.action ?? authorization.defaultAction;
      return action === 'Allow' ? 'allow' : 'deny';
    },
  };
}

function matches(cel: string, call: Call, method: string): boolean {
  const params = method === 'tools/call' ? { name: call.tool, arguments: call.arguments } : {};
  try {
    return parseCel(cel)({ request: { mcp: { method, backend: 'server', tool: call.tool, params } } }) === true;
  } catch {
    return false;
  }
}
