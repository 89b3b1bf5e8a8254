import { type Act, headsOf, isDoneTo, isReading } from '../act.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { ACCESS, CREDENTIALS } from '../things.ts';
import type { Sense } from '../vocabulary.ts';

const CHANGES: ReadonlySet<Sense> = new Set<Sense>([
  'write',
  'remove',
  'recover',
  'session',
  'switch',
  'send',
  'move-value',
  'rotate',
  'clear',
  'destroy',
]);
/** People and accounts: setting one aside or bringing one back changes what they may do. */
const ACCOUNTS: ReadonlySet<string> = phrases('user, account, member, customer account, service account, collaborator, admin');
const SUSPENDING: ReadonlySet<string> = phrases(
  'deactivate, activate, reactivate, suspend, unsuspend, disable, enable, lock, unlock, restore',
);
const MADE: ReadonlySet<string> = phrases('deploy key, ssh key, public key');
/** Whatever is changed about one of these changes who may do what: `the guardrail mappings`, `a SCIM group`. */
const CONTROLS: ReadonlySet<string> = phrases('guardrail, scim, sso, rbac, iam, mfa');
const PROTECTING: ReadonlySet<string> = phrases('protect, unprotect');
const PROTECTED: ReadonlySet<string> = phrases('branch, tag, environment');
const JOINING: ReadonlySet<string> = phrases('add, assign, attach, enroll, move');
const TAILS: ReadonlySet<string> = phrases('configuration, config');
/** What is shared with others than the owner. */
const RESHOWN: ReadonlySet<string> = phrases('screen, thought, memory, feedback, insight, post');
/** Reset, these allow again what they had stopped. */
const SPENDING_CONTROLS: ReadonlySet<string> = phrases('budget, quota, limit, spend, usage, usage counter');
/** Who joins or leaves one of these may do what its members may, or no longer. */
const TEAMS = phrases('team, group, organization, organisation, org, workspace, project, repository, channel, space');

export const accessChange: Rule = {
  id: 'access-change',
  category: 'Permissions',
  finds: 'granting, revoking or sharing, and changes of roles, members, invitations, guardrails and credentials in use',
  why: 'Afterwards somebody or something may do more, or less, than before.',
  detect(parsed) {
    const acts = parsed.acts.map((act) => ({ ...act, objects: act.objects.map(withoutTail) }));
    return acts.flatMap((act) => {
      const share = shareOf(act, acts);
      return share > 0 ? [weigh(accessChange, act, act.strength * share)] : [];
    });
  },
};

/** `firewall configuration` is the firewall. */
function withoutTail(words: readonly string[]): readonly string[] {
  return words.length > 1 && TAILS.has(words.at(-1) ?? '') ? words.slice(0, -1) : words;
}

function shareOf(act: Act, acts: readonly Act[]): number {
  if (isReading(act)) return 0;
  if (act.sense === 'grant') return isDoneTo(act, RESHOWN) ? 0.3 : 1;
  if (act.sense === 'rotate') return isDoneTo(act, CREDENTIALS) || isDoneTo(act, ACCESS) || isDoneTo(act, SPENDING_CONTROLS) ? 1 : 0;
  if (SUSPENDING.has(act.verb) && isDoneTo(act, ACCOUNTS)) return 1;
  if (act.sense === 'remove' && isDoneTo(act, ACCOUNTS) && TEAMS.has(act.source)) return 1;
  if (JOINING.has(act.verb) && isDoneTo(act, ACCOUNTS) && TEAMS.has(act.target)) return 1;
  if (PROTECTING.has(act.verb) && isDoneTo(act, PROTECTED)) return 1;
  if (CHANGES.has(act.sense) && act.objects[0]?.some((word) => CONTROLS.has(word))) return 1;
  if (!CHANGES.has(act.sense) || !isDoneTo(act, ACCESS)) return 0;
  return isMainThing(act, acts) || MADE.has(headsOf(act)[0] ?? '') ? 1 : 0.4;
}

/** `Update a member's role` is about roles; `Create a project with a name, members, …` is not. */
function isMainThing(act: Act, acts: readonly Act[]): boolean {
  const first = act.objects[0] ?? [];
  const alone = isDoneTo({ ...act, objects: [first] }, ACCESS);
  return alone || acts.some((other) => other !== act && other.from === 'name' && isDoneTo(other, ACCESS));
}
