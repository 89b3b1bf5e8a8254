import type { CategoryEvidence } from '../../src/model/classification.ts';
import { type Rule, weigh } from '../rule.ts';

export const annotatedClaim: Rule = {
  id: 'annotated-claim',
  category: 'Read',
  finds: 'what the author claims in readOnlyHint and destructiveHint',
  why: 'Claims, not facts: a claim of harm counts a little, a claim of harmlessness only where nothing speaks of harm.',
  detect({ tool }) {
    const { readOnlyHint, destructiveHint } = tool.annotations ?? {};
    const found: CategoryEvidence[] = [];
    if (readOnlyHint !== undefined) {
      const mention = { at: '/annotations/readOnlyHint', excerpt: `readOnlyHint: ${readOnlyHint}` };
      found.push(readOnlyHint ? weigh(annotatedClaim, mention, 1) : weigh(annotatedClaim, mention, 0.8, 'Write'));
    }
    if (destructiveHint === true && readOnlyHint !== true) {
      found.push(weigh(annotatedClaim, { at: '/annotations/destructiveHint', excerpt: 'destructiveHint: true' }, 0.5, 'Destructive'));
    }
    return found;
  },
};
