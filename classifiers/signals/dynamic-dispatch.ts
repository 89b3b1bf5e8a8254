import type { Mention } from '../excerpt.ts';
import { type Parameter, parameterExcerpt, takesText } from '../parameter.ts';
import { mainAct, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { atMentions, type Signal } from '../signal.ts';

/** Arguments that name what is called. */
const CALLED: ReadonlySet<string> = phrases(`
  tool name, tool, toolname, tool slug, tool id, function name, function, endpoint, api path, action name, action id, action key, action slug, action, operation, module, capability id, operation id,
  operation name, procedure, procedure name, rpc method, api method, workflow, workflow id, workflow name, flow id, flow name, playbook,
  playbook id, playbook name, script name, script id, automation id, scenario id, macro, macro name, service, capability, skill,
  skill name, agent name, agent id, agent, dag id, command name, command id, menu path, menu item, handler, api name, actor id, actor,
  recipe, task name, method, path, zap id, pipeline id, pipeline slug, runbook id, scene, routine`);
/** Names that say so only where something is run by them. */
const NEEDS_MATCH: ReadonlySet<string> = phrases(`
  action, operation, module, path, service, method, agent, agent id, agent name, task name, scene, actor, actor id, action id, script id, pipeline id,
  pipeline slug, endpoint, automation id, workflow, tool, tool id, function, handler, skill, skill name, capability, recipe, macro,
  procedure, command id, dag id, script name, workflow id, workflow name, runbook id, scenario id, routine`);
const CALLING: ReadonlySet<string> = phrases(`
  run, execute, exec, invoke, call, trigger, dispatch, launch, delegate, perform, kickoff, start, request, play, proxy, use`);
/** What the act is done to; `run a query` calls nothing by name. */
const THINGS: ReadonlySet<string> = phrases(`
  tool, method, function, endpoint, api, api request, api call, request, http request, workflow, flow, playbook, script, automation,
  scenario, macro, procedure, skill, agent, dag, operation, action, service, menu item, actor, rpc, pipeline, job, task, recipe,
  runbook, routine, scene, call, command, incident workflow, dag run, workflow run, mcp tool, custom tool, subagent, prompt, zap,
  capability, rest api, graphql, stored procedure, step`);
const NAMING =
  /\b(?:call|invoke|execute|run|dispatch|trigger)s? (?:a |an |any |another |the |one of |specific |selected |arbitrary )+(?:\w{1,20} )?(?:tool|method|endpoint|api|function|workflow|rpc|service|operation)s?\b/i;

export const dynamicDispatch: Signal = {
  id: 'dynamic-dispatch',
  finds: 'an argument that names what is called: another tool, a method, an endpoint, a workflow',
  why: 'What the call does is not in this definition, and a permission for it is one for everything it reaches.',
  weight: 0.2,
  label: () => 'Calls what an argument names',
  detect: (parsed) => atMentions(dynamicDispatch.id, [named(parsed) ?? requested(parsed)]),
};

function named(parsed: ParsedTool): Mention | undefined {
  const calls = parsed.acts.some(
    (act) =>
      act.from !== 'choice' &&
      act.from !== 'further' &&
      CALLING.has(act.verb) &&
      act.objects.some((words) => THINGS.has(words.at(-1) ?? '') || THINGS.has(words.slice(-2).join(' '))),
  );
  const main = mainAct(parsed);
  const runs = main !== undefined && (CALLING.has(main.verb) || main.sense === 'run');
  if (!calls && !(runs && NAMING.test(parsed.description.slice(0, 600)))) return undefined;
  const found = parsed.parameters.find((parameter) => isCalled(parameter, parsed) || listsCalls(parameter));
  return found && { at: found.at, excerpt: parameterExcerpt(found) };
}

const PATHS: ReadonlySet<string> = phrases('path, endpoint, api path, api endpoint, request path, url path, uri path, route');

/** A method that may be `DELETE`, and the path it is sent to. */
function requested({ parameters }: ParsedTool): Mention | undefined {
  const method = parameters.find(
    ({ words, choices }) => words.at(-1) === 'method' && choices.some((choice) => /^(?:post|put|delete)$/i.test(choice)),
  );
  const path = method && parameters.find((parameter) => PATHS.has(parameter.words.join(' ')) && takesText(parameter));
  return path && { at: path.at, excerpt: parameterExcerpt(path) };
}

function isCalled(parameter: Parameter, { acts }: ParsedTool): boolean {
  if (parameter.depth > 2 || !takesText(parameter)) return false;
  const name = parameter.words.join(' ');
  if (!CALLED.has(name)) return false;
  if (isListed(parameter)) return false;
  if (!NEEDS_MATCH.has(name)) return true;
  const noun = parameter.words[0] ?? '';
  if (noun === 'path' || noun === 'endpoint' || noun === 'method')
    return acts.some(({ objects }) => objects.some((words) => REQUESTS.has(words.at(-1) ?? '')));
  return acts.some(({ verb, objects }) => CALLING.has(verb) && objects.some((words) => words.includes(noun)));
}

/** `Either 'add-hosts' or 'remove-hosts'`: a few fixed words and not anything that has a name. */
function isListed({ words, description }: Parameter): boolean {
  const said = description.slice(0, 400);
  return FEW.has(words[0] ?? '') && FIXED.test(said) && !EXAMPLES.test(said);
}

const FEW: ReadonlySet<string> = phrases('action, operation, command, method, capability, service');
const FIXED =
  /["'`][\w-]{1,40}["'`](?:,? (?:or|and)|,|\/|\|) ?["'`][\w-]{1,40}["'`]|\b(?:either|one of|must be|can be|supported|available|valid|allowed|possible|options?|values|actions?)\b[^.\n]{0,30}(?::|\bare\b|\bbe\b|\bof\b) ?["'`(]?[\w-]{2,40}["'`)]?(?:,|\/|\|| or )/i;
const EXAMPLES = /\b(?:e\.g\.|for example|such as|like)/i;

/** `commands: List of commands with 'tool' and 'params' keys`. */
function listsCalls({ depth, types, description, words }: Parameter): boolean {
  return depth === 0 && !ARGV.has(words.at(-1) ?? '') && types.includes('array') && LISTED_CALLS.test(description.slice(0, 300));
}

/** The words of one command line. */
const ARGV: ReadonlySet<string> = phrases('args, argv, arguments, command, cmd');
const LISTED_CALLS = /\b(?:tool|method|command|function)s?\b[^.\n]{0,60}\b(?:params|parameters|arguments|args)\b/i;
const REQUESTS: ReadonlySet<string> = phrases('request, call, api, endpoint, method, rpc');
