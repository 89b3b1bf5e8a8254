import { type Parameter, parameterExcerpt, takesText } from '../parameter.ts';
import { mainAct, type ParsedTool } from '../parsed-tool.ts';
import { phrases } from '../phrases.ts';
import { type Rule, weigh } from '../rule.ts';

const NAMED: ReadonlySet<string> = phrases(`
  tool name, tool, method, method name, function name, function, endpoint, api path, action name, tool slug, operation id,
  procedure, rpc method`);
const ARGUMENTS: ReadonlySet<string> = phrases(`
  arguments, args, params, parameters, input, body, payload, kwargs, tool arguments, data, tool input`);

export const arbitraryDispatch: Rule = {
  id: 'arbitrary-dispatch',
  category: 'Execute',
  finds: 'arguments that name any method, tool or endpoint to invoke, and what to pass to it',
  why: 'The call can do whatever the thing it names can do.',
  detect(parsed) {
    const named = parsed.parameters.find(
      (parameter) => parameter.depth === 0 && takesText(parameter) && NAMED.has(parameter.words.join(' ')),
    );
    if (!named || !parsed.parameters.some(passesOn) || onlyLooks(parsed)) return [];
    return [weigh(arbitraryDispatch, { at: named.at, excerpt: parameterExcerpt(named) }, 2.2)];
  },
};

function passesOn({ words, depth, types }: Parameter): boolean {
  return depth === 0 && ARGUMENTS.has(words.join(' ')) && !types.includes('boolean');
}

function onlyLooks(parsed: ParsedTool): boolean {
  const main = mainAct(parsed);
  return main !== undefined && main.sense !== 'run' && !main.vague;
}
