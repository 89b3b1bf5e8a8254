import { type Act, headsOf, isReading } from '../act.ts';
import type { Mention } from '../excerpt.ts';
import { namedOneOf } from '../name-set.ts';
import { type Parameter, parameterExcerpt, takesText } from '../parameter.ts';
import { mainAct, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';
import { asks } from './reading-verb.ts';

/** What names the thing to invoke. */
const isNamed = namedOneOf(`
  tool name, tool, method, method name, function name, function, endpoint, api path, action name, tool slug, operation id, procedure, rpc method,
  menu path, menu item, action, action id, action key, operation, operation name, service, service name, api, api name, api method, command name, endpoint id,
  capability, skill, skill name, tool id, tool key, action slug, http method, request method, route, path, url path, uri, url`);
/** What is passed on to it. */
const isArgument = namedOneOf(`
  arguments, args, params, parameters, input, inputs, body, payload, kwargs, tool arguments, data, tool input, request, service data, request body, tool args,
  action params, query params, json, tool params, tool parameters, action input, action parameters, options, variables`);
/** Whatever runs, calls or performs one of these at the caller's choice can do whatever it does. */
const INVOKED: ReadonlySet<string> = phrases(`
  action, operation, method, service, tool, function, api, endpoint, command, procedure, rpc, call, menu item, menu command, api method, capability, skill, tool call, api call, request, api request`);
/** Names that only name the thing to invoke where it is said to be invoked. */
const isDoubtful = namedOneOf('action, operation, service, api, path, url path, uri, url, route, capability, skill');
const isPlace = namedOneOf('endpoint, api path, path, url, uri, url path, route, resource path');
const isMethodName = namedOneOf('method, http method, request method, verb, http verb');

export const arbitraryDispatch: Rule = {
  id: 'arbitrary-dispatch',
  category: 'Execute',
  finds: 'arguments that name any method, tool or endpoint to invoke, and what to pass to it',
  why: 'The call can do whatever the thing it names can do.',
  detect(parsed) {
    const named =
      namedParameter(parsed) ?? rawRequest(parsed) ?? fixedRequest(parsed) ?? anyCall(parsed) ?? contractCall(parsed) ?? listedCall(parsed);
    if (named) return [weigh(arbitraryDispatch, mentionOf(named), 2.2)];
    const action = takenAction(parsed);
    return action ? [weigh(arbitraryDispatch, mentionOf(action), 2, 'Write')] : [];
  },
};

function mentionOf(named: Parameter): Mention {
  return { at: named.at, excerpt: parameterExcerpt(named) };
}

/** `Perform an action on a device`: whatever it is, it acts. */
function takenAction({ acts, parameters }: ParsedTool): Parameter | undefined {
  const taken = acts.some(({ verb, objects, from }) => TAKING.has(verb) && from !== 'choice' && objects[0]?.at(-1) === 'action');
  return taken
    ? parameters.find((parameter) => parameter.depth === 0 && parameter.words.at(-1) === 'action' && takesText(parameter))
    : undefined;
}

const TAKING: ReadonlySet<string> = phrases('perform, take, do');

function namedParameter(parsed: ParsedTool): Parameter | undefined {
  const { parameters, acts } = parsed;
  if (onlyLooks(parsed) || parameters.some(onlyReads) || acts.some(asks)) return undefined;
  const invokes = acts.some(invokesAnything);
  const passes = parameters.some(passesOn);
  const named = parameters.filter((parameter) => parameter.depth === 0 && takesText(parameter) && isNamed(parameter.words));
  if (!invokes) return passes ? named.find((parameter) => !isDoubtful(parameter.words)) : undefined;
  return named.find((parameter) => INVOKED.has(nameOf(parameter))) ?? (passes ? (named[0] ?? parameters.find(isPlainName)) : undefined);
}

/** `Call any Actor`: whichever the arguments name. */
function anyCall({ acts, parameters, description }: ParsedTool): Parameter | undefined {
  if (!acts.some(({ sense, from }) => sense === 'run' && from === 'lead') || !parameters.some(passesOn)) return undefined;
  return ANY.test(description.slice(0, MAX_OPENING))
    ? parameters.find((parameter) => parameter.depth === 0 && parameter.required && takesText(parameter))
    : undefined;
}

const ANY = /\b(?:calls?|runs?|executes?|invokes?|triggers?) any (?!of\b)/i;
const MAX_OPENING = 300;

/** `Write to a smart contract` with a `function_name` and `args`. */
function contractCall({ acts, parameters }: ParsedTool): Parameter | undefined {
  const changes = acts.some((act) => !isReading(act) && (act.target === 'contract' || headsOf(act).includes('contract')));
  if (!changes || acts.some(asks) || !parameters.some(passesOn)) return undefined;
  return parameters.find((parameter) => parameter.depth === 0 && takesText(parameter) && isFunctionName(parameter.words));
}

const isFunctionName = namedOneOf('function, function name, method, method name, function signature');

/** `Invoke a tool` by its `name`. */
function isPlainName(parameter: Parameter): boolean {
  return parameter.depth === 0 && parameter.required && takesText(parameter) && PLAIN_NAMES.has(nameOf(parameter));
}

const PLAIN_NAMES: ReadonlySet<string> = phrases('name, slug');

/** `tools: [{ tool_slug, arguments }]`: several at once. */
function listedCall(parsed: ParsedTool): Parameter | undefined {
  const { parameters, acts } = parsed;
  if (!acts.some(({ sense, from }) => sense === 'run' && from !== 'further')) return undefined;
  const passed = new Set(parameters.filter((parameter) => parameter.depth > 0 && isArgument(parameter.words)).map(placeOf));
  const named = parameters.filter((parameter) => parameter.depth > 0 && takesText(parameter) && passed.has(placeOf(parameter)));
  return named.find((parameter) => isNamed(parameter.words) && !isDoubtful(parameter.words));
}

function placeOf({ at }: Parameter): string {
  return at.slice(0, at.lastIndexOf('/'));
}

function nameOf({ words }: Parameter): string {
  return words.join(' ');
}

/** `Execute an action`, `Call a service`: said of something that an argument names. */
function invokesAnything(act: Act): boolean {
  if (act.sense === 'run') return act.objects.length === 0 || headsOf(act).some((head) => INVOKED.has(head));
  return MAKES.has(act.verb) && headsOf(act).some((head) => MADE.has(head));
}

const MAKES: ReadonlySet<string> = phrases('make, perform, send');
const MADE: ReadonlySet<string> = phrases('request, call, api call, api request, operation, invocation, transaction');

/** A path, a method that may change things, and what to send: any request to the API. */
function rawRequest(parsed: ParsedTool): Parameter | undefined {
  const { parameters } = parsed;
  const changes = parameters.some((parameter) => isMethod(parameter) && !onlyReads(parameter));
  const place = parameters.find((parameter) => parameter.depth === 0 && takesText(parameter) && isPlace(parameter.words));
  return changes && place && !storesRequest(parsed) ? place : undefined;
}

function isMethod(parameter: Parameter): boolean {
  return (
    parameter.depth === 0 &&
    isMethodName(parameter.words) &&
    (takesText(parameter) || parameter.choices.some((choice) => REQUEST.test(choice)))
  );
}

/** `method: GET | HEAD` */
function onlyReads(parameter: Parameter): boolean {
  return isMethod(parameter) && parameter.choices.length > 0 && !parameter.choices.some((choice) => CHANGE.test(choice));
}

/** `api_post(path, body)`: the tool fixes the method, the arguments name any endpoint. */
function fixedRequest(parsed: ParsedTool): Parameter | undefined {
  if (!FIXED.has(parsed.ownWords.at(-1) ?? '') || !isNamedAfterMethod(parsed) || !parsed.parameters.some(passesOn)) return undefined;
  return parsed.parameters.find((parameter) => parameter.depth === 0 && takesText(parameter) && isPlace(parameter.words));
}

/** A name of the method alone, or one beside names of other methods. */
function isNamedAfterMethod({ ownWords, tool, context }: ParsedTool): boolean {
  if (ownWords.slice(0, -1).every((word) => API_WORDS.has(word))) return true;
  const method = ownWords.at(-1) ?? '';
  const prefix = tool.name.toLowerCase().slice(0, -method.length);
  const siblings = new Set(context.toolNames.slice(0, MAX_SIBLINGS).map((name) => name.toLowerCase()));
  return (
    siblings.has(`${prefix}get`) && (siblings.has(`${prefix}put`) || siblings.has(`${prefix}delete`) || siblings.has(`${prefix}patch`))
  );
}

const FIXED: ReadonlySet<string> = phrases('post, put, patch');
const API_WORDS: ReadonlySet<string> = phrases('api, http, https, rest, request, raw, url, endpoint, call');
const MAX_SIBLINGS = 300;
const REQUEST = /^(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE)$/i;
const CHANGE = /^(?:POST|PUT|PATCH|DELETE)$/i;

/** Reading that goes where the arguments say; another one only looks for requests. */
const REQUESTING: ReadonlySet<string> = phrases('fetch, request, access, query, perform');

/** `Create a webhook` that will once call a URL, `Get a request` that was kept. */
function storesRequest(parsed: ParsedTool): boolean {
  const main = mainAct(parsed);
  // The main act of `method: POST` is the method itself.
  return (
    main !== undefined &&
    !main.at.startsWith('/inputSchema') &&
    !main.vague &&
    main.sense !== 'run' &&
    main.sense !== 'send' &&
    !(isReading(main) && REQUESTING.has(main.verb))
  );
}

function passesOn({ words, depth, types }: Parameter): boolean {
  return depth === 0 && isArgument(words) && !types.includes('boolean');
}

function onlyLooks(parsed: ParsedTool): boolean {
  const main = mainAct(parsed);
  if (main === undefined || main.sense === 'run' || (main.vague && isOfAnything(main))) return false;
  return !parsed.acts.some((act) => (act === main || act.from === 'name') && act.objects.length > 0 && invokesAnything(act));
}

/** `Handle a request`, but not `Track an event`. */
function isOfAnything(act: Act): boolean {
  const heads = headsOf(act);
  return heads.length === 0 || heads.some((head) => INVOKED.has(head));
}
