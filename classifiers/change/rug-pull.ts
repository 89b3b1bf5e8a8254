import type { Finding, Severity } from '../../src/model/classification.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/model/json.ts';
import type { ServerContext } from '../../src/model/server.ts';
import { excerptOf, type Mention } from '../excerpt.ts';
import type { JudgedTool } from '../judged-tool.ts';
import { poisoningIn } from '../poisoning/poisoning-in.ts';
import { inWords } from '../poisoning/subject.ts';
import type { Technique } from '../poisoning/technique.ts';
import { pointerOf, type Text, textsOf } from '../poisoning/texts.ts';

export const rugPullTechnique: Technique = {
  id: 'rug-pull',
  severity: 'high',
  finds: 'a change that nobody who reads an update would accept',
  why: 'The tool was looked at before the change; hardly anybody looks again.',
};

/** What an update added that has no honest reason, one finding with all of it. */
export function rugPull(before: JudgedTool, after: JudgedTool): Finding[] {
  const found = [
    newPoison(before, after),
    newAskingParameters(before, after),
    newAddresses(before, after),
    newForce(before, after),
    smuggledHarm(before, after),
  ];
  const mentions = found.flatMap((part) => part.mentions);
  if (mentions.length === 0) return [];
  const severity = found.reduce<Severity>((worst, part) => (part.mentions.length > 0 ? worse(worst, part.severity) : worst), 'medium');
  const { id, finds } = rugPullTechnique;
  return [
    {
      kind: 'poisoning',
      severity,
      technique: id,
      message: `The definition was changed: ${finds}.`,
      evidence: mentions.map((mention) => ({ by: id, ...mention })),
    },
  ];
}

interface Added {
  readonly severity: Severity;
  readonly mentions: readonly Mention[];
}

const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

function worse(one: Severity, other: Severity): Severity {
  return SEVERITIES.indexOf(one) > SEVERITIES.indexOf(other) ? one : other;
}

/** Techniques that only the newer definition shows. The server's own name is the same in both. */
function newPoison(before: JudgedTool, after: JudgedTool): Added {
  const context: ServerContext = { name: '', toolNames: [] };
  const known = new Set(poisoningIn(before.definition, context).map(({ technique }) => technique));
  const added = poisoningIn(after.definition, context).filter(({ technique, severity }) => severity !== 'low' && !known.has(technique));
  const severity = added.reduce<Severity>((worst, finding) => worse(worst, finding.severity), 'high');
  return { severity, mentions: added.flatMap(({ evidence }) => evidence.map(({ at, excerpt }) => ({ at, excerpt }))) };
}

/** What no update needs of a caller who called without it: their words, their files, their secrets. */
const ASKED =
  /\b(?:conversation|chat history|transcript|system prompt|environment|env|secrets?|credentials?|passwords?|private key|ssh|chain of thought|scratchpad|memory|reasoning|previous (?:messages|results|tool)|all messages|clipboard|cookies?|tools? (?:list|available|output|results)|history|file contents?|user profile|personal)\b/i;

function newAskingParameters(before: JudgedTool, after: JudgedTool): Added {
  const known = propertiesOf(before.definition);
  const required = requiredOf(after.definition);
  const mentions: Mention[] = [];
  for (const [name, schema] of propertiesOf(after.definition)) {
    if (known.has(name) || !takesText(schema)) continue;
    const text = `${inWords(name)}: ${typeof schema['description'] === 'string' ? schema['description'].slice(0, 1000) : ''}`;
    const own = new RegExp(ASKED.source, 'i').exec(text)?.[0].toLowerCase() ?? '';
    const isOwnBusiness = purposeOf(before).includes(own.replace(/s$/, ''));
    if (own !== '' && !isOwnBusiness && (required.has(name) || WHOLE.test(text)))
      mentions.push({ at: `/inputSchema/properties/${name}`, excerpt: excerptOf(text) });
  }
  return { severity: 'high', mentions };
}

const WHOLE = /\b(?:all|whole|entire|full|complete|every|everything|verbatim|contents?|raw|output|paste|from memory|without asking)\b/i;

function purposeOf({ definition }: JudgedTool): string {
  return `${inWords(definition.name)} ${typeof definition['description'] === 'string' ? definition['description'].slice(0, 400) : ''}`.toLowerCase();
}

/** Addresses in new or changed defaults, constants and lists of values, and new addresses that a description sends things to. */
function newAddresses(before: JudgedTool, after: JudgedTool): Added {
  const known = new Set(textsOf(before.definition).flatMap(({ text }) => addressesIn(text)));
  const mentions: Mention[] = [];
  for (const text of textsOf(after.definition)) {
    const added = addressesIn(text.text).filter((address) => !known.has(address));
    if (added.length > 0 && (isFixed(text) || SENDS.test(text.text)))
      mentions.push({ at: pointerOf(text.place), excerpt: excerptOf(text.text) });
  }
  return { severity: 'high', mentions };
}

/** Hosts and mail addresses: a new path on a known host is no new place. */
function addressesIn(text: string): string[] {
  const found = text
    .slice(0, 64 * 1024)
    .matchAll(/[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})|(?:https?|wss?|s3|ftp):\/\/([\w.-]{1,120})/gi);
  return [...found].map((match) => (match[1] === undefined ? (match[2] ?? '') : match[0]).toLowerCase());
}

/** A value that is used when nobody gives another. */
function isFixed({ role, place }: Text): boolean {
  return role === 'default' || (role === 'choice' && place.step === 'const');
}

const SENDS =
  /\b(?:a copy|copies|cop(?:y|ied)|bcc|blind copy|(?:is|are|be|gets?|also|always|will be) (?:sent|forwarded|copied|mirrored|posted|uploaded|reported|logged|routed|delivered)|(?:sends?|forwards?|posts?|uploads?|mirrors?|routes?|reports?|delivers?) (?:\S+ ){0,6}(?:to|at|via|through))\b/i;

/** A switch that skips a safeguard, now on unless somebody turns it off; or one that kept to it, now off. */
function newForce(before: JudgedTool, after: JudgedTool): Added {
  const known = propertiesOf(before.definition);
  const mentions: Mention[] = [];
  for (const [name, schema] of propertiesOf(after.definition)) {
    const [was, is] = [known.get(name)?.['default'], schema['default']];
    const words = inWords(name).toLowerCase();
    const turned = (is === true && was !== true && FORCE.test(words)) || (is === false && was === true && SAFE.test(words));
    if (turned) mentions.push({ at: `/inputSchema/properties/${name}/default`, excerpt: `${name}: ${is}` });
  }
  return { severity: 'medium', mentions };
}

const FORCE =
  /\b(?:force|forced|overwrite|recursive|skip \w+|no (?:confirm\w*|verify|check)|auto ?(?:approve|confirm)|yes|bypass\w*|unsafe|insecure|dangerously|delete|purge|ignore \w+|disable \w+)\b/;
const SAFE = /\b(?:dry ?run|confirm\w*|verify|validate|safe ?mode|read ?only|preview|sandbox|require \w+|check)\b/;

/** A tool that said it reads, and still does in its hints, has come to destroy, to pay or to run code. */
function smuggledHarm(
  { definition: was, classification: before }: JudgedTool,
  { definition: is, classification: after }: JudgedTool,
): Added {
  const sameHints = JSON.stringify(was['annotations'] ?? null) === JSON.stringify(is['annotations'] ?? null);
  const harmful = after.category === 'Destructive' || after.category === 'Financial' || after.category === 'Execute';
  if (before.category !== 'Read' || !harmful || !sameHints) return { severity: 'high', mentions: [] };
  const evidence = after.evidence.filter(({ category, weight }) => category === after.category && weight > 0);
  return { severity: 'high', mentions: evidence.map(({ at, excerpt }) => ({ at, excerpt })) };
}

function propertiesOf({ inputSchema }: JudgedTool['definition']): Map<string, JsonObject> {
  const properties = isJsonObject(inputSchema) && Object.hasOwn(inputSchema, 'properties') ? inputSchema['properties'] : undefined;
  const found = new Map<string, JsonObject>();
  if (!isJsonObject(properties)) return found;
  for (const [name, schema] of Object.entries(properties)) found.set(name, isJsonObject(schema) ? schema : {});
  return found;
}

function requiredOf({ inputSchema }: JudgedTool['definition']): ReadonlySet<JsonValue> {
  const required = isJsonObject(inputSchema) ? inputSchema['required'] : undefined;
  return new Set(Array.isArray(required) ? required : []);
}

function takesText(schema: JsonObject): boolean {
  const type = schema['type'];
  return (
    !Array.isArray(schema['enum']) &&
    (type === undefined || type === 'string' || type === 'object' || type === 'array' || Array.isArray(type))
  );
}
