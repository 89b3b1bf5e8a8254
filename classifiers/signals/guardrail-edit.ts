import { type Act, isReading } from '../act.ts';
import type { Mention } from '../excerpt.ts';
import { namedOneOf } from '../name-set.ts';
import { parameterExcerpt } from '../parameter.ts';
import { parametersEndingWith } from '../parameters-ending-with.ts';
import { mainAct, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';

const CONTROLS: ReadonlySet<string> = phrases(`
  guardrail, approval rule, approval policy, security policy, access policy, iam policy, bucket policy, network policy, firewall policy,
  firewall rule, firewall, policy, protection rule, branch protection, protected branch, protected environment, rate limit, usage limit,
  spend limit, spending limit, credit limit, budget, quota, allowlist, whitelist, blocklist, denylist, ip allowlist, access list,
  content filter, safety setting, safety filter, moderation, acl, waf rule, dlp rule, permission rule, tool policy, acl rule,
  usage policy, password policy, security setting, push rule, protection, approval setting, deny rule, allow rule, security group rule,
  bypass ip, limit, exclusion, restriction, confirmation, approval requirement, merge check, safeguard, sandbox mode`);
/** Policies that limit nobody: when something is retried, kept, who is called. */
const OTHER_POLICIES: ReadonlySet<string> = phrases(`
  escalation, retention, refund, cancellation, retry, backup, lifecycle, restart, leave, return, shipping, privacy, cleanup, scaling,
  autoscaling, product, insurance, absence, pricing, snapshot, expiration, caching, storage, rollout, schedule, sort, result, page,
  price, order, notification, time, date, character, size, credit, marketing, cash, payroll, work, search, position, stop, alert, alerting, monitoring, monitor, notify, uptime, health, report`);
/** What is only reported when it is passed, unless the definition says that something is stopped then. */
const REPORTED: ReadonlySet<string> = phrases('budget, quota');
const ENFORCED =
  /\b(?:limit\w{0,4}|enforc\w{1,5}|block\w{0,3}|cap(?:s|ped)?|throttl\w{1,4}|stop\w{0,4}|exhaust\w{0,4}|reject\w{0,3}|prevent\w{0,3}|allow\w{0,3})\b/i;
const OPENING = 400;
const MAX_NAMES = 40;
const CHANGING: ReadonlySet<string> = phrases(`
  create, add, update, set, edit, modify, change, delete, remove, replace, disable, enable, put, patch, upsert, configure, reset,
  toggle, bypass, override, increase, decrease, manage, lift, unset, attach, detach, allow, deny, adjust, raise, clear, deactivate,
  activate, write, save, apply, turn, assign, protect, unprotect, reorder, exclude, clone`);
const APPROVING: ReadonlySet<string> = phrases('approve, unapprove');
const DECIDING: ReadonlySet<string> = phrases('accept, reject, deny, grant, resolve, confirm, respond, bypass, decide, submit');
const PENDING: ReadonlySet<string> = phrases(`
  approval, approval request, pending approval, access request, permission request, approval step, pending request,
  confirmation request, change request, elevation request`);
const SWITCHES = `
  auto approve, autoapprove, auto approval, bypass approval, skip approval, yolo, disable safety, safety enabled, disable guardrails,
  bypass guardrails, approval policy, bypass permissions, skip permissions, dangerously skip permissions, allowed tools, tool allowlist,
  approval mode, permission mode`;
const isSwitch = namedOneOf(SWITCHES);
const maybeSwitches = parametersEndingWith(phrases(SWITCHES));

export const guardrailEdit: Signal = {
  id: 'guardrail-edit',
  finds:
    'the approval of what waits for approval, or a change of a control: a guardrail, a security policy, an allowlist, a limit, a protection rule',
  why: 'An agent that can loosen its own limits has none.',
  weight: 0.25,
  label: () => 'Changes guardrails or approvals',
  detect: (parsed, { category }) =>
    category === 'Read' ? [] : atMentions(guardrailEdit.id, [parsed.acts.find((act) => loosens(act, parsed)), switched(parsed)]),
};

function loosens(act: Act, parsed: ParsedTool): boolean {
  if (isReading(act) || act.from === 'further' || !CHANGES.has(act.verb)) return false;
  if (APPROVING.has(act.verb)) return act.from !== 'choice' || !isReading(mainAct(parsed) ?? act);
  const objects = act.objects.filter(
    (words) => !words.some((word) => OTHER_POLICIES.has(word) || (REPORTED.has(word) && !isEnforced(parsed))),
  );
  if (DECIDING.has(act.verb)) return objects.slice(0, 2).some((words) => isOneOf(words, PENDING));
  if (MOVING.has(act.verb) && (CONTROLS.has(act.target) || CONTROLS.has(act.source))) return true;
  const first = objects[0] ?? [];
  return (
    CHANGING.has(act.verb) &&
    ((EDITING.has(act.verb) ? objects : [first]).some((words) => isOneOf(words, CONTROLS)) ||
      first.some((word) => ALWAYS.has(word)) ||
      isProtected(act, first))
  );
}

/** Whatever changes, approves, decides or moves. */
const CHANGES: ReadonlySet<string> = new Set([...CHANGING, ...APPROVING, ...DECIDING, 'append']);

function isEnforced({ description, parameters }: ParsedTool): boolean {
  const names = parameters.slice(0, MAX_NAMES).map(({ name }) => name);
  return ENFORCED.test(`${description.slice(0, OPENING)} ${names.join(' ')}`);
}

function isOneOf(words: readonly string[], things: ReadonlySet<string>): boolean {
  const kept = TAILS.has(words.at(-1) ?? '') && words.length > 1 ? words.slice(0, -1) : words;
  return things.has(kept.at(-1) ?? '') || things.has(kept.slice(-2).join(' '));
}

/** Of `Update a key's name, scopes or limits`, the limits are changed too; what is made with limits is new. */
const EDITING: ReadonlySet<string> = phrases('update, edit, change, modify, set, configure, adjust');

/** On a list of what is allowed, or off it. */
const MOVING: ReadonlySet<string> = phrases('add, remove, put, append');

function isProtected({ verb }: Act, words: readonly string[]): boolean {
  return (verb === 'protect' || verb === 'unprotect') && isOneOf(words, PROTECTED);
}

/** Whatever is changed about one of these changes the control: the servers of a guardrail. */
const ALWAYS: ReadonlySet<string> = phrases('guardrail, firewall, allowlist, waf');
const PROTECTED: ReadonlySet<string> = phrases('branch, tag, environment');
const TAILS: ReadonlySet<string> = phrases('setting, config, configuration, default, rule, entry, condition, target, list, mapping, scope');

function switched(parsed: ParsedTool): Mention | undefined {
  const found = maybeSwitches(parsed).find(({ words }) => isSwitch(words));
  return found && { at: found.at, excerpt: parameterExcerpt(found) };
}
