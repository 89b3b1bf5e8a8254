import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import type { Server } from '../model/server.ts';
import { starterPolicy } from '../policy/starter-policy.ts';
import { currentClassifications } from '../store/classifications.ts';
import { policyHash, recordPolicies } from '../store/policies.ts';
import { contentHash } from './content-hash.ts';
import type { RunContext, StepOutcome } from './run-context.ts';

/** The one profile so far: the published defaults. */
export const PROFILE = 'standard';

/** Current classifications → starter policy, unless it is the stored one. */
export async function policyOfServer({ store, now }: RunContext, server: Server): Promise<StepOutcome> {
  const classifications = await currentClassifications(store, server.id, CLASSIFIER_VERSION);
  if (classifications.size === 0) return { kind: 'skipped' };
  const { document } = starterPolicy([...classifications.values()]);
  const hash = contentHash(document);
  if ((await policyHash(store, server.id, PROFILE)) === hash) return { kind: 'skipped' };
  await recordPolicies(store, { policies: [{ serverId: server.id, profile: PROFILE, hash, document }], now: now() });
  return { kind: 'done' };
}
