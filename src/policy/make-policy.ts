import type { AccessPolicy, Profile, ToolRule } from '../model/access-policy.ts';
import { CONSEQUENCE_OF, type Finding } from '../model/classification.ts';
import { type ArgumentRules, narrowed, type PolicyTool, placeholdersIn } from './narrow-arguments.ts';
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

/** The policy of a server, or of some of its tools: one rule for each, all else denied. Deterministic. */
export function makePolicy({ server, tools, findings }: PolicyBasis, choice: PolicyChoice): AccessPolicy {
  const wayOut = waysOut(findings);
  const rules = new Map<string, ToolRule>();
  for (const tool of tools) {
    const rule = ruleOf(tool, choice, wayOut);
    const other = rules.get(rule.tool);
    rules.set(rule.tool, other ? stricter(other, rule) : rule);
  }
  const sorted = [...rules.values()].sort((a, b) => (a.tool < b.tool ? -1 : 1));
  const [first] = tools;
  return {
    form: 'assay-policy/1',
    server,
    profile: choice.profile,
    ...(first && { classifierVersion: first.classification.classifierVersion }),
    default: 'deny',
    rules: sorted,
    placeholders: placeholdersIn(sorted.flatMap(({ require }) => require)),
  };
}

/** Signals of tools that carry something out of a session with private data and strangers' words in it. */
function waysOut(findings: readonly Finding[]): ReadonlySet<string> {
  const combined = findings.filter(({ kind }) => kind === 'toxic-combination');
  const by = combined.flatMap(({ evidence }) => evidence.map((item) => item.by));
  return new Set(by.filter((id) => id === 'egress' || id === 'outbound-message'));
}

function ruleOf(
  { definition, classification, hash }: PolicyBasis['tools'][number],
  choice: PolicyChoice,
  wayOut: ReadonlySet<string>,
): ToolRule {
  const { profile } = choice;
  const signals = [...new Set(classification.signals.map(({ id }) => id))].sort();
  const { category, require } = narrowed({ definition, classification }, profile, choice.arguments);
  const caution = cautionOf(signals, wayOut);
  const treatment = isPlainName(definition.name) ? treatmentOf(profile, category, caution !== undefined) : UNNAMEABLE;
  const message = MESSAGES[treatment.decision];
  return {
    tool: definition.name,
    decision: treatment.decision,
    limits: limitsOf(treatment, definition.name),
    require: [...require],
    ...(message !== undefined && { message }),
    ...(hash !== undefined && { definition: hash }),
    why: {
      category: classification.category,
      access: classification.access,
      by: classification.correction ? 'correction' : 'classification',
      reason: reasonOf(classification.category, category, caution),
      evidence: classification.evidence
        .filter((evidence) => evidence.category === classification.category && evidence.weight > 0)
        .slice(0, MAX_EVIDENCE)
        .map(({ at, excerpt }) => ({ at, excerpt })),
      signals,
    },
  };
}

const MAX_EVIDENCE = 3;
const UNNAMEABLE: Treatment = { decision: 'hide' };
/** The words of the published documents. */
const MESSAGES: { readonly [D in ToolRule['decision']]?: string } = { approve: 'Requires human approval.' };

/** Why a tool is treated with more care than its category asks for. */
function cautionOf(signals: readonly string[], wayOut: ReadonlySet<string>): string | undefined {
  if (signals.includes('secret-output')) return 'its answer carries secrets';
  return signals.some((id) => wayOut.has(id)) ? 'with other tools of this server it can carry private data out' : undefined;
}

function reasonOf(category: ToolRule['why']['category'], left: ToolRule['why']['category'], caution: string | undefined): string {
  const { access, risk } = CONSEQUENCE_OF[category];
  const narrowing = left === category ? '' : `; narrowed to actions that are at most ${left}`;
  return `${category}: ${access} access, ${risk} risk${caution ? `; ${caution}` : ''}${narrowing}.`;
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

/** Of two tools with one name nobody knows which is called. */
function stricter(one: ToolRule, other: ToolRule): ToolRule {
  const difference = strictnessOf(one.decision) - strictnessOf(other.decision) || roomOf(other) - roomOf(one);
  const [strict, loose] = difference > 0 ? [one, other] : [other, one];
  return { ...strict, require: [...strict.require, ...loose.require] };
}

function roomOf({ limits }: ToolRule): number {
  return Math.min(Number.MAX_SAFE_INTEGER, ...limits.map(({ max }) => max));
}
