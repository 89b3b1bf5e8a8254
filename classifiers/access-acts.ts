import { type Act, isDoneTo } from './act.ts';
import { phrases } from './phrases.ts';
import { CREDENTIALS, IDENTITIES, PEOPLE, POLICY_HOLDERS } from './things.ts';
import type { Sense } from './vocabulary.ts';

/** What an act on a permission or a control has to be to change it. */
export const CHANGES: ReadonlySet<Sense> = new Set<Sense>([
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
/** `Make it public`, `Make somebody an admin`. */
export const MADE_INTO: ReadonlySet<string> = phrases(
  'public, private, accessible, admin, administrator, operator, moderator, owner, visible',
);
/** People and accounts: setting one aside or bringing one back changes what they may do. */
const ACCOUNTS: ReadonlySet<string> = phrases(
  'user, account, member, customer account, service account, collaborator, admin, card, debit card, credit card, player, employee, participant',
);
const SUSPENDING: ReadonlySet<string> = phrases(
  'deactivate, activate, reactivate, reinstate, suspend, unsuspend, disable, enable, lock, unlock, restore, freeze, unfreeze, timeout, terminate, promote',
);
/** Whatever is changed about one of these changes who may do what: `the guardrail mappings`, `a SCIM group`. */
const CONTROLS: ReadonlySet<string> = phrases('guardrail, scim, sso, rbac, iam, mfa, saml, oidc, waf, acl, firewall, wireguard');
const PROTECTING: ReadonlySet<string> = phrases('protect, unprotect');
const PROTECTED: ReadonlySet<string> = phrases('branch, tag, environment, range, sheet, worksheet');
const JOINING: ReadonlySet<string> = phrases('add, assign, attach, enroll, move, confirm, admit');
const MAKING: ReadonlySet<string> = phrases('create, register, provision, add, import, onboard, new');
const ATTACHING: ReadonlySet<string> = phrases(
  'attach, detach, put, set, update, create, add, remove, apply, change, modify, edit, enable, disable',
);
/** Cut off from the others. */
const ISOLATING: ReadonlySet<string> = phrases('isolate, quarantine, contain');
const ISOLATED: ReadonlySet<string> = phrases(
  'host, device, endpoint, machine, computer, file, user, server, workload, client, email, sensor, instance',
);
/** Reached from outside after this. */
const EXPOSING: ReadonlySet<string> = phrases('expose, publish');
const EXPOSED: ReadonlySet<string> = phrases('port, local port, endpoint, server, service, database, container, deployment, localhost');
/** Restricted, one of these is only made smaller. */
const NARROWED: ReadonlySet<string> = phrases('query, range, search, result, selection, date range, scope');
/** Opened without a key after this, or shut. */
const DOORS: ReadonlySet<string> = phrases(
  'door, lock, smart lock, gate, garage, vehicle, car, door lock, alarm, alarm system, security system',
);
const OPENING: ReadonlySet<string> = phrases('unlock, disarm');
const LISTS: ReadonlySet<string> = phrases('blocklist, allowlist, whitelist, denylist, blacklist');
const OWNERS: ReadonlySet<string> = phrases('owner, account, organization, organisation, user, ownership, org');
const RELEASED: ReadonlySet<string> = phrases('repository, repo, project, ownership, file, document, workspace, app, application, team');
/** Who joins or leaves one of these may do what its members may, or no longer. */
const TEAMS = phrases(
  'team, group, organization, organisation, org, workspace, project, repository, channel, space, application, app, conversation, chat, course, server, role, realm, tenant',
);
/** Whoever decides on a request to be let in, or through, lets in or through. */
const DECIDING: ReadonlySet<string> = phrases('accept, reject, decline, confirm, dismiss');
const PENDING: ReadonlySet<string> = phrases(
  'approval request, access request, permission request, approval, pending approval, join request, membership request',
);
/** A key in use is of no use after one of these. */
const ENDING_KEYS: ReadonlySet<string> = phrases('expire, invalidate, disable, deactivate');

/** Somebody, or something that signs in, is let in, set aside or put among others. */
export function isAboutPeople(act: Act): boolean {
  if (SUSPENDING.has(act.verb) && isDoneTo(act, act.verb === 'terminate' ? PEOPLE : ACCOUNTS)) return true;
  if (makesIdentity(act)) return true;
  if (JOINING.has(act.verb) && LISTS.has(act.target)) return true;
  if (act.verb === 'enroll' && isDoneTo(act, ACCOUNTS)) return true;
  if (act.sense === 'remove' && isDoneTo(act, ACCOUNTS) && TEAMS.has(act.source)) return true;
  if (JOINING.has(act.verb) && isDoneTo(act, ACCOUNTS) && TEAMS.has(act.target)) return true;
  return act.verb === 'transfer' && isDoneTo(act, RELEASED) && (OWNERS.has(act.target) || isDoneTo(act, OWNERS));
}

/** Somebody who can sign in is made; who is only added to something was there before. */
function makesIdentity(act: Act): boolean {
  if (!MAKING.has(act.verb) || (act.verb === 'add' && act.target !== '')) return false;
  return isDoneTo({ objects: act.objects.slice(0, 1) }, IDENTITIES);
}

/** A lock, a policy, a protection or a port. */
export function isAboutControls(act: Act): boolean {
  if (PROTECTING.has(act.verb) && isDoneTo(act, PROTECTED)) return true;
  if (ENDING_KEYS.has(act.verb) && isDoneTo(act, CREDENTIALS)) return true;
  if (ISOLATING.has(act.verb) && (isDoneTo(act, ISOLATED) || act.source === 'network')) return true;
  if (DECIDING.has(act.verb) && isDoneTo(act, PENDING)) return true;
  if (EXPOSING.has(act.verb) && (isDoneTo(act, EXPOSED) || act.target === 'internet')) return true;
  if (act.verb === 'restrict' && !isDoneTo(act, NARROWED)) return true;
  if (OPENING.has(act.verb) && isDoneTo(act, DOORS)) return true;
  if (act.verb === 'make' && act.objects.some((words) => MADE_INTO.has(words.at(-1) ?? ''))) return true;
  if (ATTACHING.has(act.verb) && act.objects.some((words) => words.at(-1) === 'policy' && words.some((word) => POLICY_HOLDERS.has(word))))
    return true;
  return CHANGES.has(act.sense) && (act.objects[0]?.some((word) => CONTROLS.has(word)) ?? false);
}
