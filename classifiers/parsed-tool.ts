import type { ServerContext } from '../src/model/server.ts';
import type { Tool } from '../src/model/tool.ts';
import { type Act, isReading } from './act.ts';
import { withChosenThings } from './chosen-things.ts';
import { describedActs } from './described-acts.ts';
import { excerptAround, MAX_TEXT, type Mention } from './excerpt.ts';
import { namedActs } from './named-acts.ts';
import { type OfferedAction, offeredActions } from './offered-actions.ts';
import { type Parameter, parametersOf } from './parameter.ts';
import { phrases } from './phrases.ts';
import { siblingNames } from './sibling-names.ts';
import { thingLength, toolNameWords } from './tool-name.ts';
import { identifierWords } from './words.ts';

/** A tool taken apart once, for all rules and signals. */
export interface ParsedTool {
  readonly tool: Tool;
  /** Exactly what a classification may depend on beside the tool. */
  readonly context: ServerContext;
  /** The whole name in words. */
  readonly words: readonly string[];
  /** The name in words without the product's name in front. */
  readonly ownWords: readonly string[];
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** What name, description and action parameters say it does, in this order. */
  readonly acts: readonly Act[];
  /** What a call chooses between, where it does; their acts are among the acts. */
  readonly actions: readonly OfferedAction[];
}

export function parseTool(tool: Tool, context: ServerContext): ParsedTool {
  const description = unwrapped((tool.description ?? '').slice(0, MAX_TEXT));
  const parameters = parametersOf(tool.inputSchema);
  const name = tool.name.slice(0, MAX_TEXT);
  const ownWords = toolNameWords(name, context);
  const first = namedActs(ownWords, name, thingLength(ownWords, context));
  const described = describedActs(description, first.length > 0);
  const thing = describedThing(ownWords, described);
  const named = thing > 0 ? namedActs(ownWords, name, thing) : first;
  const acts = withChosenThings(actsTogether([...named, ...titledActs(tool.title)], described), parameters);
  const actions = offeredActions(parameters, acts, description);
  const choices = actions.flatMap((action) => action.acts);
  return {
    tool,
    context,
    words: siblingNames(context).get(name) ?? identifierWords(name),
    ownWords,
    description,
    parameters,
    acts: [...acts, ...choices],
    actions,
  };
}

/** How many of the first words of a name the description says the tool is done to: `deploy_key_update` updates `a deploy key`. */
function describedThing(ownWords: readonly string[], described: readonly Act[]): number {
  const lead = described.find(({ from }) => from === 'lead');
  const object = lead?.objects[0] ?? [];
  const length = lead ? ownWords.indexOf(lead.verb) : 0;
  return length > 0 && length <= object.length && object.every((word, index) => index >= length || word === ownWords[index]) ? length : 0;
}

/** What a name and a description say, each in the light of the other. */
export function actsTogether(named: readonly Act[], described: readonly Act[]): Act[] {
  return [...named.map((act) => inTheLightOf(described, act)), ...described.map((act) => withNamedObjects(named, act))];
}

function unwrapped(text: string): string {
  return text.includes('\n') ? text.replace(WRAP, ' ') : text;
}

/** A line break inside a sentence: a long line goes on in lower case. As long as what takes its place, so that every place stays. */
const WRAP = /\n(?<=[^\n]{40}[\w,]\n)(?=[ \t]{0,8}[a-z]{1,30}[ ,.;)])/g;

function titledActs(title: string | undefined): Act[] {
  if (!title) return [];
  return namedActs(identifierWords(title), title).map((act) => ({ ...act, at: '/title', strength: act.strength / 2 }));
}

/** A name is read as its description means it: the same verb has the described objects too, and a name that says otherwise counts less. */
function inTheLightOf(described: readonly Act[], act: Act): Act {
  const same = described.find(
    ({ verb, sense, from }) => from === 'lead' && (verb === act.verb || (sense === 'destroy' && act.sense === 'destroy')),
  );
  if (same)
    return { ...act, objects: [...act.objects, ...same.objects], source: act.source || same.source, target: act.target || same.target };
  const leads = described.filter(({ from, vague, strength }) => from === 'lead' && !vague && strength >= CLEAR);
  const contradicted = leads.length > 0 && !described.some((other) => isReading(other) === isReading(act));
  if (!contradicted) return act;
  return { ...act, strength: act.strength * (act.sense === 'destroy' && !act.vague && !isLookedAt(act) ? FEARED : DOUBTED) };
}

/** What the name calls by its name, the description may call an entry or an item. */
function withNamedObjects(named: readonly Act[], act: Act): Act {
  const same = act.from === 'lead' ? named.find(({ verb }) => verb === act.verb) : undefined;
  return same ? { ...act, objects: [...act.objects, ...same.objects] } : act;
}

/** `kill_switch_status`, `drop_off_location`: the name of something to look at. */
function isLookedAt({ objects }: Act): boolean {
  return LOOKED_AT.has(objects[0]?.at(-1) ?? '');
}

const LOOKED_AT: ReadonlySet<string> = phrases(
  'status, state, info, information, detail, history, location, count, summary, overview, report, price, schedule, guide, doc, candidate, impact',
);
const CLEAR = 2;
const DOUBTED = 0.45;
/** A name that says delete is believed even where the description looks harmless. */
const FEARED = 0.8;

/** What the tool is mainly said to do: the lead of its description, or its name where that says nothing. */
export function mainAct({ acts }: ParsedTool): Act | undefined {
  let named: Act | undefined;
  let vague: Act | undefined;
  for (const act of acts) {
    if (act.from === 'lead' && !act.vague) return act;
    if (act.from === 'name') named ??= act;
    if (act.from === 'lead') vague ??= act;
  }
  return named ?? vague;
}

/**
 * Where the description, or the title, first says something. The pattern has to be linear: the text is a stranger's.
 *
 * @param reach - How many characters of the description are read.
 */
export function mentionOf({ tool, description }: ParsedTool, pattern: RegExp, reach = MAX_TEXT): Mention | undefined {
  return (
    mentionIn(description.slice(0, reach), '/description', pattern) ?? mentionIn((tool.title ?? '').slice(0, MAX_TEXT), '/title', pattern)
  );
}

function mentionIn(text: string, at: string, pattern: RegExp): Mention | undefined {
  const match = pattern.exec(text);
  return match ? { at, excerpt: excerptAround(text, match.index, match.index + match[0].length) } : undefined;
}
