import type { Category } from '../model/classification.ts';
import type { ToolPolicy } from '../model/policy.ts';

/** What the starter policy does with one tool. */
export type Treatment = { readonly kind: 'hide' } | { readonly kind: 'show'; readonly body: ToolPolicy };

/**
 * The one set of default rules, as the published catalogue's tool pages give them. Its server pages give other numbers for the same
 * categories; two sets contradict each other, so there is one.
 */
export function treatmentOf(category: Category, toolName: string): Treatment {
  switch (category) {
    case 'Read':
      return { kind: 'show', body: {} };
    case 'Write':
      return { kind: 'show', body: ratePerMinute(toolName, 30) };
    case 'Execute':
      return { kind: 'show', body: ratePerMinute(toolName, 10) };
    case 'Permissions':
    case 'Financial':
      return { kind: 'show', body: { deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] } };
    case 'Destructive':
      return { kind: 'hide' };
  }
}

function ratePerMinute(toolName: string, max: number): ToolPolicy {
  return { limits: [{ counter: `${toolName}_rate`, window: 'minute', max, scope: 'grant' }] };
}
