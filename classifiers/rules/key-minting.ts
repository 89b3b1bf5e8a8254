import { mintsKey } from '../act.ts';
import { type Rule, weigh } from '../rule.ts';

export const keyMinting: Rule = {
  id: 'key-minting',
  category: 'Write',
  finds: 'the making of a new key or token',
  why: 'A new key adds something that can be revoked; it takes nothing from keys in use.',
  detect({ acts }) {
    return acts.filter(mintsKey).map((act) => weigh(keyMinting, act, act.strength));
  },
};
