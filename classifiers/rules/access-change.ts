import type { ServerContext } from '../../src/model/server.ts';
import { CHANGES, isAboutControls, isAboutPeople, MADE_INTO } from '../access-acts.ts';
import { type Act, headsOf, isDoneTo, isGrant, isReading, mintsKey } from '../act.ts';
import type { Mention } from '../excerpt.ts';
import { parameterExcerpt } from '../parameter.ts';
import { mentionOf, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { ACCESS, APPROVALS, CREDENTIALS, UNGUARDED } from '../things.ts';
import type { Sense } from '../vocabulary.ts';

const MADE: ReadonlySet<string> = phrases('deploy key, ssh key, public key');
/** Members of one of these work on it; that lets nobody in. */
const WORK_ITEMS: ReadonlySet<string> = phrases(
  'card, task, issue, ticket, event, meeting, item, deal, case, campaign, incident, story, job, posting',
);
const PORTS: ReadonlySet<string> = phrases('port, local port');
const TAILS: ReadonlySet<string> = phrases('configuration, config');
/** These are only on a list. */
const LISTED: ReadonlySet<string> = phrases(
  'list member, campaign member, audience member, segment member, cast member, mailing list member',
);
/** Reset, these allow again what they had stopped. */
const SPENDING_CONTROLS: ReadonlySet<string> = phrases('budget, quota, limit, spend, usage, usage counter');

export const accessChange: Rule = {
  id: 'access-change',
  category: 'Permissions',
  finds: 'granting, revoking or sharing, and changes of roles, members, invitations, guardrails and credentials in use',
  why: 'Afterwards somebody or something may do more, or less, than before.',
  detect(parsed) {
    const acts = parsed.acts.filter(mayChange).map(guarded);
    if (acts.length === 0) return [];
    const control = acts.some(isOfSettings) ? guardrailSetting(parsed) : undefined;
    const found = control ? [weigh(accessChange, control, 2)] : [];
    const changed = acts.flatMap((act) => {
      const share =
        letsIn(act) && isIdentityServer(parsed.context)
          ? 1
          : mintsForOthers(act, parsed)
            ? 0.8
            : opensTunnel(act, parsed)
              ? 1
              : shareOf(act, acts);
      return share > 0 ? [weigh(accessChange, act, act.strength * share)] : [];
    });
    return [...changed, ...found];
  },
};

/** `Set a configuration value`: which settings there are, the definition says. */
function isOfSettings(act: Act): boolean {
  return act.sense === 'write' && act.from !== 'further' && SETTINGS.has(act.objects[0]?.at(-1) ?? '');
}

const SETTINGS: ReadonlySet<string> = phrases('config, configuration, setting, value, option, preference, property');
const GUARDRAIL =
  /\b(?:blocked|allowed|denied|disallowed|forbidden|permitted)[ _-]?(?:commands?|director(?:y|ies)|paths?|folders?|tools?|ips?|roots?)\b|\b(?:command|tool|ip|directory|path)[ _-]?(?:allow|deny|block|white|black)list\b|\b(?:auto[ _-]?approv\w{1,4}|(?:approval|permission)[ _-]?mode|sandbox[ _-]?mode|require[ _-]?(?:approval|confirmation))\b/i;

/** A setting named in the description, or among the values of the argument that chooses one, which limits what may be done. */
function guardrailSetting(parsed: ParsedTool): Mention | undefined {
  const chosen = parsed.parameters.find(
    ({ depth, words, description, choices }) =>
      depth === 0 && CHOOSING.has(words.at(-1) ?? '') && (GUARDRAIL.test(description) || choices.some((choice) => GUARDRAIL.test(choice))),
  );
  return chosen ? { at: chosen.at, excerpt: parameterExcerpt(chosen) } : mentionOf(parsed, GUARDRAIL);
}

const CHOOSING: ReadonlySet<string> = phrases('key, setting, name, option, property, field, path');

function mayChange(act: Act): boolean {
  return !isReading(act) || act.verb === 'give' || act.verb === 'open';
}

function guarded(act: Act): Act {
  const objects = guardedObjects(act);
  return objects === act.objects && !objects.some(hasTail) ? act : { ...act, objects: objects.map(withoutTail) };
}

/** A member of a mailing list is nowhere let in, by whichever of its names. */
function guardedObjects({ objects }: Act): Act['objects'] {
  return objects.some(isListed) ? objects.filter((words) => words.at(-1) !== 'member') : objects;
}

function isListed(words: readonly string[]): boolean {
  return words.at(-1) === 'member' && LISTED.has(words.slice(-2).join(' '));
}

/** Where people and programs sign in, these are who signs in, and what decides who may. */
const CLIENTS: ReadonlySet<string> = phrases(
  'client, application, app, connection, realm, group, tenant, organization, user group, authorizer, idp, domain',
);
const CHANGING_CLIENTS: ReadonlySet<string> = phrases('create, register, add, update, assign, enable, disable, deactivate, activate');
const IDENTITY = /(?:^|[^a-z])(?:(?:o?auth|iam|sso|idp|ldap)\d*|identity|login|active directory|identities)(?![a-z])/i;

function letsIn(act: Act): boolean {
  return CHANGING_CLIENTS.has(act.verb) && CLIENTS.has(act.objects[0]?.at(-1) ?? '');
}

function isIdentityServer({ name, title }: ServerContext): boolean {
  return IDENTITY.test(`${name.slice(0, MAX_SERVER)} ${(title ?? '').slice(0, MAX_SERVER)}`);
}

const MAX_SERVER = 200;

/** `Start a tunnel that makes a local port reachable from the internet` */
function opensTunnel(act: Act, { description }: ParsedTool): boolean {
  return (
    OPENING_TUNNELS.has(act.verb) &&
    isDoneTo(act, WAYS_IN) &&
    /\b(?:internet|public|publicly|anyone)\b/i.test(description.slice(0, MAX_OPENING))
  );
}

const OPENING_TUNNELS: ReadonlySet<string> = phrases('start, create, open, enable, establish');
const WAYS_IN: ReadonlySet<string> = phrases('tunnel, proxy, funnel');
const MAX_OPENING = 500;

/** A key of one's own adds to what one has; a key of somebody else is theirs to use. */
function mintsForOthers(act: Act, { parameters, tool }: ParsedTool): boolean {
  const required = tool.inputSchema?.['required'];
  if (!mintsKey(act) || !Array.isArray(required) || act.objects.some((words) => words.some((word) => DIALOGUES.has(word)))) return false;
  return parameters.some(({ name, words, depth }) => depth === 0 && HOLDERS.has(words.join(' ')) && required.includes(name));
}

/** Tokens for one dialogue with somebody, given to them there. */
const DIALOGUES: ReadonlySet<string> = phrases('link, session, setup, checkout, upload');
const HOLDERS: ReadonlySet<string> = phrases(
  'user name, user id, username, service account, service account id, service account name, principal id',
);

/** `firewall configuration` is the firewall. */
function withoutTail(words: readonly string[]): readonly string[] {
  return hasTail(words) ? words.slice(0, -1) : words;
}

function hasTail(words: readonly string[]): boolean {
  return words.length > 1 && TAILS.has(words.at(-1) ?? '');
}

function shareOf(act: Act, acts: readonly Act[]): number {
  if (act.verb === 'give' && (isDoneTo(act, ACCESS) || MADE_INTO.has(headsOf(act)[0] ?? ''))) return 1;
  if (isReading(act)) return opensPort(act) ? 1 : 0;
  if (act.sense === 'grant') return isDoneTo(act, UNGUARDED) ? 0.3 : 1;
  if (act.sense === 'rotate') return isDoneTo(act, CREDENTIALS) || isDoneTo(act, ACCESS) || isDoneTo(act, SPENDING_CONTROLS) ? 1 : 0;
  if (TAKING.has(act.sense) && (isGrant(act) || isDoneTo(act, APPROVALS))) return 1;
  if (isAboutPeople(act) || isAboutControls(act)) return 1;
  if (isDrawn(act)) return 0;
  if (!(CHANGES.has(act.sense) || act.verb === 'control') || !isDoneTo(act, ACCESS)) return 0;
  if (act.sense === 'switch' && isDoneTo(act, TUNNELS)) return 0;
  if (WORK_ITEMS.has(act.target) || WORK_ITEMS.has(act.source)) return 0;
  return isMainThing(act, acts) || MADE.has(headsOf(act)[0] ?? '') ? 1 : 0.4;
}

/** Started and stopped like a session of one's own. */
const TUNNELS: ReadonlySet<string> = phrases('port forward, port forwarding, port forward process, forward process');
const TAKING: ReadonlySet<Sense> = new Set<Sense>(['destroy', 'remove']);

/** The visibility of a layer is no one's right to see it. */
function isDrawn(act: Act): boolean {
  return isDoneTo(act, SEEN) && act.objects.some((words) => words.some((word) => DRAWN.has(word)));
}

const SEEN: ReadonlySet<string> = phrases('visibility');
const DRAWN: ReadonlySet<string> = phrases(
  'layer, chart, object, element, component, node, column, row, widget, panel, series, mesh, overlay, timeout, axis, legend, sheet, gameobject, shape, actor',
);

/** `open` reads a file, and opens a port. */
function opensPort(act: Act): boolean {
  return act.verb === 'open' && isDoneTo(act, PORTS);
}

/** `Update a member's role` is about roles; `Create a project with a name, members, …` is not. */
function isMainThing(act: Act, acts: readonly Act[]): boolean {
  const first = act.objects[0] ?? [];
  const alone = isDoneTo({ objects: [first] }, ACCESS);
  return alone || acts.some((other) => other !== act && other.from === 'name' && isDoneTo(other, ACCESS));
}
