import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import type { Classification } from '../model/classification.ts';
import { type Corrections, correctionsOfServer } from '../model/correction.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Server } from '../model/server.ts';
import { starterPolicy } from '../policy/starter-policy.ts';
import { type PolicyBasis, policyBases, recordPolicies } from '../store/policies.ts';
import { contentHash } from './content-hash.ts';
import { namesOfServer } from './current-verdicts.ts';
import type { RunContext, StepOutcome } from './run-context.ts';

/** The one profile so far: the published defaults. */
export const PROFILE = 'standard';

/** A server and the policy that is to replace the one kept. */
export interface ServerPolicy {
  readonly server: Server;
  readonly hash: string;
  readonly document: PolicyDocument;
}

/** Current classifications, corrected → the starter policies that differ from those kept; the other servers are counted. */
export async function policiesDue({ store, corrections, abort }: RunContext): Promise<{ due: ServerPolicy[]; notDue: number }> {
  const due: ServerPolicy[] = [];
  let notDue = 0;
  for await (const basis of policyBases(store, { classifierVersion: CLASSIFIER_VERSION, profile: PROFILE })) {
    abort.throwIfAborted();
    const policy = policyFrom(basis, corrections);
    if (policy && policy.hash !== basis.hash) due.push(policy);
    else notDue += 1;
  }
  return { due, notDue };
}

function policyFrom({ server, tools }: PolicyBasis, corrections: Corrections): ServerPolicy | undefined {
  if (tools.length === 0) return undefined;
  const { document } = starterPolicy(withCorrections(tools, server, corrections));
  return { server, hash: contentHash(document), document };
}

/** What tools are, after the corrections. */
export function withCorrections<Judged extends Pick<Classification, 'name' | 'category'>>(
  tools: readonly Judged[],
  server: Server,
  corrections: Corrections,
): Judged[] {
  const ofServer = correctionsOfServer(corrections, namesOfServer(server));
  return tools.map((tool) => ({ ...tool, category: ofServer.get(tool.name)?.category ?? tool.category }));
}

export async function recordPolicy({ store, now }: RunContext, { server, hash, document }: ServerPolicy): Promise<StepOutcome> {
  await recordPolicies(store, { policies: [{ serverId: server.id, profile: PROFILE, hash, document }], now: now() });
  return { kind: 'done' };
}
