import { mentionOf } from '../parsed-tool.ts';
import { type Rule, weigh } from '../rule.ts';
import { isRecoverable } from './destroying-verb.ts';

const TRASH = /\bsoft[- ]delet|\b(?:trash|recycle bin|bin)\b|\bcan be (?:restored|recovered|undone)\b/i;

export const recoverableRemoval: Rule = {
  id: 'recoverable-removal',
  category: 'Write',
  finds: 'a removal that the definition says can be taken back: into the trash, a soft delete',
  why: 'What can be restored as easily as it was removed is a change, not a loss.',
  detect(parsed) {
    const removes = parsed.acts.some(({ sense }) => sense === 'destroy' || sense === 'remove');
    const mention = removes && isRecoverable(parsed) ? mentionOf(parsed, TRASH) : undefined;
    return mention ? [weigh(recoverableRemoval, mention, 2)] : [];
  },
};
