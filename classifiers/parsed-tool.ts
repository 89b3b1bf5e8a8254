import type { ServerContext } from '../src/model/server.ts';
import type { Tool } from '../src/model/tool.ts';
import { type Act, isReading } from './act.ts';
import { describedActs, HTTP_VERBS } from './described-acts.ts';
import { excerptAround, MAX_TEXT, type Mention } from './excerpt.ts';
import { choiceActs, namedActs } from './named-acts.ts';
import { type Parameter, parametersOf } from './parameter.ts';
import { phrases } from './phrases.ts';
import { toolNameWords } from './tool-name.ts';
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
}

export function parseTool(tool: Tool, context: ServerContext): ParsedTool {
  const description = (tool.description ?? '').slice(0, MAX_TEXT).replace(WRAP, ' ');
  const parameters = parametersOf(tool.inputSchema);
  const name = tool.name.slice(0, MAX_TEXT);
  const ownWords = toolNameWords(name, context);
  const named = namedActs(ownWords, name);
  const described = describedActs(description, named.length > 0);
  const acts = [
    ...[...named, ...titledActs(tool.title)].map((act) => inTheLightOf(described, act)),
    ...described.map((act) => withNamedObjects(named, act)),
  ];
  const chosen = parameters.filter((parameter) => choosesAction(parameter, described)).slice(0, MAX_CHOOSERS);
  const choices = chosen.flatMap(({ choices: values, at }) => choiceActs(values.map(actionOf), at)).slice(0, MAX_CHOICES);
  return { tool, context, words: identifierWords(name), ownWords, description, parameters, acts: [...acts, ...choices] };
}

/** A line break inside a sentence: a long line goes on in lower case. As long as what takes its place, so that every place stays. */
const WRAP = /\n(?<=[^\n]{40}[\w,]\n)(?=[ \t]{0,8}[a-z]{1,30}[ ,.;)])/g;

/** Action parameters, and actions, read of one tool: real ones have a few parameters and up to a hundred actions. */
const MAX_CHOOSERS = 50;
const MAX_CHOICES = 300;

function titledActs(title: string | undefined): Act[] {
  if (!title) return [];
  return namedActs(identifierWords(title), title).map((act) => ({ ...act, at: '/title', strength: act.strength / 2 }));
}

/** A name is read as its description means it: the same verb has the described objects too, and a name that says otherwise counts less. */
function inTheLightOf(described: readonly Act[], act: Act): Act {
  const same = described.find(({ verb, from }) => verb === act.verb && from === 'lead');
  if (same) return { ...act, objects: [...act.objects, ...same.objects] };
  const leads = described.filter(({ from, vague, strength }) => from === 'lead' && !vague && strength >= CLEAR);
  const contradicted = leads.length > 0 && !described.some((other) => isReading(other) === isReading(act));
  if (!contradicted) return act;
  return { ...act, strength: act.strength * (act.sense === 'destroy' && !act.vague ? FEARED : DOUBTED) };
}

/** What the name calls by its name, the description may call an entry or an item. */
function withNamedObjects(named: readonly Act[], act: Act): Act {
  const same = act.from === 'lead' ? named.find(({ verb }) => verb === act.verb) : undefined;
  return same ? { ...act, objects: [...act.objects, ...same.objects] } : act;
}

const CLEAR = 2;
const DOUBTED = 0.45;
/** A name that says delete is believed even where the description looks harmless. */
const FEARED = 0.8;

const ACTION_NAMES: ReadonlySet<string> = phrases('action, actions, operation, operations, op, command, subcommand, verb');
/** Names that choose an action only where the description does not say what is done. */
const MAYBE_ACTION_NAMES: ReadonlySet<string> = phrases('mode, method, task');

function choosesAction({ words, choices, depth }: Parameter, described: readonly Act[]): boolean {
  if (choices.length === 0 || depth > MAX_ACTION_DEPTH) return false;
  if (ACTION_NAMES.has(words.at(-1) ?? '') || words.join(' ') === 'action type' || words.join(' ') === 'operation type') return true;
  const open = described.every((act) => act.from !== 'lead' || act.vague || act.sense === 'run' || act.sense === 'send');
  return open && MAYBE_ACTION_NAMES.has(words.at(-1) ?? '');
}

const MAX_ACTION_DEPTH = 4;

function actionOf(choice: string): string {
  return HTTP_VERBS.get(choice) ?? choice;
}

/** What the tool is mainly said to do: the lead of its description, or its name where that says nothing. */
export function mainAct({ acts }: ParsedTool): Act | undefined {
  return (
    acts.find((act) => act.from === 'lead' && !act.vague) ??
    acts.find((act) => act.from === 'name') ??
    acts.find((act) => act.from === 'lead')
  );
}

/** Where the description, or the title, first says something. The pattern has to be linear: the text is a stranger's. */
export function mentionOf({ tool, description }: ParsedTool, pattern: RegExp): Mention | undefined {
  return mentionIn(description, '/description', pattern) ?? mentionIn((tool.title ?? '').slice(0, MAX_TEXT), '/title', pattern);
}

function mentionIn(text: string, at: string, pattern: RegExp): Mention | undefined {
  const match = pattern.exec(text);
  return match ? { at, excerpt: excerptAround(text, match.index, match.index + match[0].length) } : undefined;
}
