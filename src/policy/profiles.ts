import type { Decision, Limit, Profile } from '../model/access-policy.ts';
import type { Category } from '../model/classification.ts';

/** What a profile does with the calls of a tool of one category. */
export interface Treatment {
  readonly decision: Decision;
  /** Calls a minute, counted for each tool and grant. */
  readonly perMinute?: number;
}

const APPROVE: Treatment = { decision: 'approve' };
const HIDE: Treatment = { decision: 'hide' };
const DENY: Treatment = { decision: 'deny' };

/**
 * `standard` has the published defaults: those of the published catalogue's tool pages, whose server pages give other numbers for the same categories;
 * two sets contradict each other, so there is one. `strict` is stricter in every decision. `read-only` leaves what only returns information.
 */
const TREATMENTS: Readonly<Record<Profile, Readonly<Record<Category, Treatment>>>> = {
  standard: {
    Read: { decision: 'allow' },
    Write: { decision: 'limit', perMinute: 30 },
    Execute: { decision: 'limit', perMinute: 10 },
    Permissions: APPROVE,
    Financial: APPROVE,
    Destructive: HIDE,
  },
  strict: {
    Read: { decision: 'limit', perMinute: 60 },
    Write: { decision: 'approve', perMinute: 30 },
    Execute: DENY,
    Permissions: DENY,
    Financial: DENY,
    Destructive: HIDE,
  },
  'read-only': { Read: { decision: 'allow' }, Write: HIDE, Execute: HIDE, Permissions: HIDE, Financial: HIDE, Destructive: HIDE },
};

/** What is not allowed without a second thought: a secret in the answer, a way out for what strangers could ask for. */
const SENSITIVE: Readonly<Record<Profile, Treatment>> = { standard: APPROVE, strict: DENY, 'read-only': DENY };

const STRICTNESS: readonly Decision[] = ['allow', 'limit', 'approve', 'deny', 'hide'];

export function strictnessOf(decision: Decision): number {
  return STRICTNESS.indexOf(decision);
}

/** @param isSensitive - Whether more than its category speaks against the tool. */
export function treatmentOf(profile: Profile, category: Category, isSensitive: boolean): Treatment {
  const usual = TREATMENTS[profile][category];
  if (!isSensitive) return usual;
  const sensitive = SENSITIVE[profile];
  return strictnessOf(sensitive.decision) > strictnessOf(usual.decision) ? { ...usual, decision: sensitive.decision } : usual;
}

/** As the published documents name them: the counter keeps the tool's name, case and dots included. */
export function limitsOf({ perMinute, decision }: Treatment, tool: string): Limit[] {
  if (perMinute === undefined || strictnessOf(decision) > strictnessOf('approve')) return [];
  return [{ counter: `${tool}_rate`, window: 'minute', max: perMinute, scope: 'grant' }];
}
