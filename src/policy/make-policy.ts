import type { AccessPolicy, Condition, Profile, ToolRule } from '../model/access-policy.ts';
import { type Category, CONSEQUENCE_OF, type Finding } from '../model/classification.ts';
import { type ArgumentRules, narrowed, type PolicyTool, type PolicyVerdict, placeholdersIn, SWITCH_SIGNAL } from './narrow-arguments.ts';
import { limitsOf, strictnessOf, type Treatment, treatmentOf } from './profiles.ts';

export interface PolicyBasis {
  /** What the server is called, for people. */
  readonly server: string;
  /** In any order. Of two with one name the stricter rule is kept. */
  readonly tools: readonly (PolicyTool & {
    /** SHA-256 of the definition's canonical JSON. */
    readonly hash?: string;
  })[];
  /** Of the server as a whole: a toxic combination makes its ways out sensitive. */
  readonly findings: readonly Finding[];
}

export interface PolicyChoice {
  readonly profile: Profile;
  readonly arguments: ArgumentRules;
}

/** The policy of a server, or of some of its tools: one rule for each, all else denied. Deterministic, whatever the order of the tools. */
export function makePolicy({ server, tools, findings }: PolicyBasis, choice: PolicyChoice): AccessPolicy {
  const wayOut = waysOut(findings);
  const byName = Map.groupBy(
    tools.map((tool) => ruleOf(tool, choice, wayOut)),
    ({ tool }) => tool,
  );
  const rules = [...byName.values()].map(strictest).sort((a, b) => (a.tool < b.tool ? -1 : 1));
  const classifierVersion = tools.map(({ classification }) => classification.classifierVersion).sort()[0];
  return {
    form: 'assay-policy/1',
    server,
    profile: choice.profile,
    ...(classifierVersion !== undefined && { classifierVersion }),
    default: 'deny',
    rules,
    placeholders: placeholdersIn(rules.flatMap(({ require }) => require)),
  };
}

const WAYS_OUT = ['egress', 'outbound-message'];
const SECRET = 'secret-output';

/** All that decides beside category and actions where arguments have rules that are right whoever uses the tool. */
export const DECIDING: { readonly signals: readonly string[]; readonly findings: readonly Finding['kind'][] } = {
  signals: [...WAYS_OUT, SECRET, SWITCH_SIGNAL],
  findings: ['toxic-combination'],
};

/** Signals of tools that carry something out of a session with private data and strangers' words in it. */
function waysOut(findings: readonly Finding[]): ReadonlySet<string> {
  const combined = findings.filter(({ kind }) => DECIDING.findings.includes(kind));
  const by = combined.flatMap(({ evidence }) => evidence.map((item) => item.by));
  return new Set(by.filter((id) => WAYS_OUT.includes(id)));
}

function ruleOf(tool: PolicyBasis['tools'][number], choice: PolicyChoice, wayOut: ReadonlySet<string>): ToolRule {
  const { definition, classification, hash } = tool;
  const { treatment, left, caution, require } = judged(tool, choice, wayOut);
  const message = MESSAGES[treatment.decision];
  const isCallable = strictnessOf(treatment.decision) <= strictnessOf('approve');
  return {
    tool: definition.name,
    decision: treatment.decision,
    limits: limitsOf(treatment, definition.name),
    require: isCallable ? [...require] : [],
    ...(message !== undefined && { message }),
    ...(hash !== undefined && { definition: hash }),
    why: whyOf(classification, isCallable ? left : classification.category, caution),
  };
}

interface Judgement {
  readonly treatment: Treatment;
  /** Of what the conditions leave of the tool. */
  readonly left: Category;
  readonly require: readonly Condition[];
  /** Why it is treated with more care than its category asks for. */
  readonly caution?: string;
}

function judged(tool: PolicyTool, { profile, arguments: rules }: PolicyChoice, wayOut: ReadonlySet<string>): Judgement {
  const { category: left, require } = narrowed(tool, profile, rules);
  if (!isPlainName(tool.definition.name)) return { treatment: { decision: 'hide' }, left, require, caution: UNNAMEABLE };
  const caution = cautionOf(left, tool.classification, wayOut);
  const treatment = treatmentOf(profile, left, caution !== undefined);
  if (profile !== 'strict') return { treatment, left, require, caution };
  // What strict leaves of a tool may be more harmless than what standard does, and would have the wider limit.
  const standard = judged(tool, { profile: 'standard', arguments: rules }, wayOut).treatment;
  const perMinute = Math.min(treatment.perMinute ?? Number.POSITIVE_INFINITY, standard.perMinute ?? Number.POSITIVE_INFINITY);
  return { treatment: Number.isFinite(perMinute) ? { ...treatment, perMinute } : treatment, left, require, caution };
}

/** The words of the published documents. */
const MESSAGES: { readonly [D in ToolRule['decision']]?: string } = { approve: 'Requires human approval.' };

const UNNAMEABLE = 'its name could be read as something else';

function cautionOf(left: Category, { signals }: PolicyVerdict, wayOut: ReadonlySet<string>): string | undefined {
  if (left === 'Read' && signals.some(({ id }) => id === SECRET)) return 'its answer carries secrets';
  return signals.some(({ id }) => wayOut.has(id)) ? 'with other tools of this server it can carry private data out' : undefined;
}

const MAX_EVIDENCE = 3;

function whyOf(classification: PolicyVerdict, left: Category, caution: string | undefined): ToolRule['why'] {
  const { category, correction, signals } = classification;
  const evidence = classification.evidence.filter((item) => item.category === category && item.weight > 0);
  const by = correction ? 'correction' : evidence.length > 0 ? 'classification' : 'unknown';
  return {
    category,
    access: CONSEQUENCE_OF[category].access,
    by,
    reason: reasonOf({ category, by }, left, caution),
    evidence: placesOf(evidence),
    signals: [...new Set(signals.map(({ id }) => id))].sort(),
  };
}

/** Several rules may have read the same words. */
function placesOf(evidence: PolicyVerdict['evidence']): ToolRule['why']['evidence'] {
  const places = new Map(evidence.map(({ at, excerpt }) => [JSON.stringify([at, excerpt]), { at, excerpt }]));
  return [...places.values()].slice(0, MAX_EVIDENCE);
}

function reasonOf({ category, by }: Pick<ToolRule['why'], 'category' | 'by'>, left: Category, caution: string | undefined): string {
  const { access, risk } = CONSEQUENCE_OF[category];
  const known = by === 'unknown' ? `Nothing shows what it does, so it counts as ${category}` : category;
  const narrowing = left === category ? '' : `; narrowed to actions that are at most ${left}`;
  return `${known}: ${access} access, ${risk} risk${caution === undefined ? '' : `; ${caution}`}${narrowing}.`;
}

/**
 * Whether the name can be a rule's key that means this one tool and nothing else, in any engine. A tool whose name cannot is hidden, whatever it does: `*`
 * may be a wildcard; control characters, line separators and direction marks may be read as something else by a parser or a person; the three property
 * names change meaning in engines that keep rules in plain objects.
 */
export function isPlainName(name: string): boolean {
  if (name.trim() === '' || name.length > 256 || name.includes('*') || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) return false;
  return name !== '__proto__' && name !== 'constructor' && name !== 'prototype';
}

/** Of several tools with one name nobody knows which is called: the strictest decision, and all that any of them asks for. */
function strictest(rules: readonly ToolRule[]): ToolRule {
  const [first, ...others] = rules.toSorted(
    (a, b) => strictnessOf(b.decision) - strictnessOf(a.decision) || (textOf(a) < textOf(b) ? -1 : 1),
  );
  if (!first) throw new Error('groups are not empty');
  if (others.length === 0 || strictnessOf(first.decision) > strictnessOf('approve')) return first;
  const limits = rules.flatMap((rule) => rule.limits).sort((a, b) => a.max - b.max);
  const require = new Map([first, ...others].flatMap((rule) => rule.require.map((condition) => [JSON.stringify(condition), condition])));
  return { ...first, limits: limits.slice(0, 1), require: [...require.values()] };
}

function textOf(rule: ToolRule): string {
  return JSON.stringify(rule);
}
