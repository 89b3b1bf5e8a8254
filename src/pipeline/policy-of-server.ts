import { CLASSIFIER_VERSION } from '../../classifiers/version.ts';
import { type Correction, type Corrections, correctionsOfServer } from '../model/correction.ts';
import type { PolicyDocument } from '../model/policy.ts';
import type { Server } from '../model/server.ts';
import { json } from '../policy/formats/json.ts';
import { policyDocument } from '../policy/formats/write-document.ts';
import { DECIDING, makePolicy } from '../policy/make-policy.ts';
import type { PolicyTool } from '../policy/narrow-arguments.ts';
import { type PolicyBasis, policyBases, recordPolicies } from '../store/policies.ts';
import { contentHash } from './content-hash.ts';
import { namesOfServer } from './current-verdicts.ts';
import type { RunContext, StepOutcome } from './run-context.ts';

/** The profile that is stored and published; the others are made when somebody asks for them. */
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
  for await (const basis of policyBases(store, { classifierVersion: CLASSIFIER_VERSION, profile: PROFILE, ...DECIDING })) {
    abort.throwIfAborted();
    const policy = policyFrom(basis, corrections);
    if (policy && policy.hash !== basis.hash) due.push(policy);
    else notDue += 1;
  }
  return { due, notDue };
}

function policyFrom({ server, tools, findings }: PolicyBasis, corrections: Corrections): ServerPolicy | undefined {
  if (tools.length === 0) return undefined;
  const ofServer = correctionsOfServer(corrections, namesOfServer(server));
  const judged = tools.map((tool) => verdictOf(tool, ofServer.get(tool.name)));
  const policy = makePolicy({ server: server.name, tools: judged, findings }, { profile: PROFILE, arguments: 'safe' });
  const document = policyDocument(json.lower(policy).policy);
  return { server, hash: contentHash(document), document };
}

/** The document does not say why, so nothing is read that only says that. */
function verdictOf(tool: PolicyBasis['tools'][number], correction: Correction | undefined): PolicyTool {
  const { name, category, signals, actions, definition = { name } } = tool;
  const verdict = { category: correction?.category ?? category, signals, actions, evidence: [], classifierVersion: CLASSIFIER_VERSION };
  return { definition, classification: verdict };
}

export async function recordPolicy({ store, now }: RunContext, { server, hash, document }: ServerPolicy): Promise<StepOutcome> {
  await recordPolicies(store, { policies: [{ serverId: server.id, profile: PROFILE, hash, document }], now: now() });
  return { kind: 'done' };
}
