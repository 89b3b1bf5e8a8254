import { parse as parseCel } from '@marcbachmann/cel-js';
import { parse } from 'yaml';
import type { Consumer } from './consumer.ts';

/** A CEL engine, asked in the order of agentgateway (crates/agentgateway/src/http/authorization.rs). An error is no match. */
export function gateway(): Consumer {
  let rules: { readonly effect: string; readonly matches: (tool: string) => boolean }[] = [];
  const matches = (effect: string, tool: string) => rules.some((rule) => rule.effect === effect && rule.matches(tool));
  return {
    load(text) {
      const { mcpAuthorization } = parse(text) as { mcpAuthorization: { rules: Record<string, string>[] } };
      try {
        rules = mcpAuthorization.rules.flatMap((rule) => Object.entries(rule).map(([effect, cel]) => ({ effect, matches: matcher(cel) })));
        return undefined;
      } catch (error) {
        return String(error);
      }
    },
    decide({ tool }) {
      if (matches('deny', tool)) return 'deny';
      return matches('allow', tool) || !rules.some(({ effect }) => effect === 'allow') ? 'allow' : 'deny';
    },
  };
}

function matcher(cel: string): (tool: string) => boolean {
  const run = parseCel(cel);
  return (name) => {
    try {
      return run({ mcp: { tool: { name, target: 'server' } } }) === true;
    } catch {
      return false;
    }
  };
}
