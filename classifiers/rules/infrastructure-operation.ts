import { type Act, isDoneTo } from '../act.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { INFRASTRUCTURE } from '../things.ts';

/** Restored over, rolled or resized together with these, a machine or a service is operated. */
const OPERATED: ReadonlySet<string> = phrases('resize, enable, failover, launch, upgrade, kill, signal, recreate');
/** Making or changing one of these, with its number of instances, is scaling. */
const DEPLOYED: ReadonlySet<string> = phrases('deployment, replica, autoscaling, node pool');
const SIZES: ReadonlySet<string> = phrases('instances, replicas, nodes, hardware');

export const infrastructureOperation: Rule = {
  id: 'infrastructure-operation',
  category: 'Execute',
  finds: 'deploying, restarting, scaling, starting or stopping machines and services',
  why: 'What other people depend on changes its behaviour, or stops.',
  detect({ acts, parameters }) {
    const sized = parameters.some(({ words }) => SIZES.has(words.at(-1) ?? ''));
    return acts.flatMap((act) => {
      const share = shareOf(act, sized);
      return share > 0 ? [weigh(infrastructureOperation, act, act.strength * share)] : [];
    });
  },
};

function shareOf(act: Act, sized: boolean): number {
  const onMachine = isDoneTo(act, INFRASTRUCTURE);
  if (act.sense === 'operate' || (act.sense === 'write' && sized && isDoneTo(act, DEPLOYED))) return 1;
  return (act.sense === 'switch' || OPERATED.has(act.verb)) && onMachine ? 1 : 0;
}
