import type { Category, Finding } from '../../../src/model/classification.ts';
import type { Tool } from '../../../src/model/tool.ts';
import type { Technique } from '../technique.ts';
import { findingOf } from '../technique.ts';

export const annotationContradiction: Technique = {
  id: 'annotation-contradiction',
  severity: 'medium',
  finds: 'a read-only hint on a tool that destroys or moves money',
  why: 'Clients that trust the hint do not ask before the call.',
};

/**
 * The false hint as poisoning: only where it can be no slip, on a tool that is established to destroy or to move money.
 *
 * @param established - Whether the category is established by evidence, rather than the best guess.
 */
export function contradictedPoisoning({ annotations }: Tool, category: Category, established = true): Finding[] {
  const grave = category === 'Destructive' || category === 'Financial';
  if (!established || !grave || annotations?.readOnlyHint !== true) return [];
  return [findingOf(annotationContradiction, [{ at: '/annotations/readOnlyHint', excerpt: `readOnlyHint: true on a ${category} tool` }])];
}
