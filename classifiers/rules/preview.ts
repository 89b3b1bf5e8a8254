import { CHANGING, type Rule, weigh } from '../rule.ts';

export const preview: Rule = {
  id: 'preview',
  category: 'Read',
  finds: 'a call that shows what would happen',
  why: 'A preview, a dry run or a simulation stops before the change.',
  detect({ acts }) {
    const act = acts.find(({ sense, from }) => sense === 'preview' && (from === 'name' || from === 'lead'));
    if (!act) return [];
    return [weigh(preview, act, 1), ...CHANGING.map((category) => weigh(preview, act, -1, category))];
  },
};
