import { isSettable } from '../asked.ts';
import { environmentNames } from '../asked-by-code.ts';
import type { Start } from '../attempt.ts';
import { type Flag, flagsIn } from './flags.ts';

/** Arguments and variables that may show more tools; several belong together where one alone does no harm. */
export interface Widening {
  readonly args: readonly string[];
  readonly env: Start['env'];
  /** The same in parts, for when the whole gives nothing. */
  readonly parts?: readonly Widening[];
}

const SWITCH =
  /^--(?:full|all(?:-tools|-features|-toolsets)?|everything|extended|advanced|admin|unsafe|writes?|read-?write|[a-z]{2,20}-mode|(?:enable|with|include|allow|experimental|beta|category|dangerous(?:ly)?)(?:-[\w-]+|[A-Z]\w+)?)$/;
const SELECTOR =
  /^--(?:[a-z]+-)?(?:caps|capabilit(?:y|ies)|tool-?sets?|tools|features?|modules?|categor(?:y|ies)|groups?|presets?|products?|services?|mode)$/;
/** About something else than tools, or for fewer of them. */
const OTHERWISE =
  /read-?_?only|http|sse\b|port\b|host|origin|cors|auth|login|proxy|log|debug|verbose|telemetry|cache|version|help|insecure|tls|ssl|headless|sandbox|disco|dynamic|disable|exclude|deny|block|usage|stat(?:s|istics)|crash|output|extension|trace|metric|analytic|sentry|stream|session|remote|rate|limit|dns|browser|slim|minimal|color|quiet|watch|test|offline|demo|mock|device|root|path|file|dir/i;
const TOGGLE = /^(?:[A-Z0-9]+_){0,5}(?:ENABLE|ALLOW|USE|INCLUDE|EXPERIMENTAL)_[A-Z0-9_]+$|^[A-Z0-9_]+_ENABLED?$/;
const READ_ONLY = /^(?:[A-Z0-9]+_){0,5}READ_?ONLY(?:_MODE)?$/;
const SELECTION = /^(?:[A-Z0-9]+_){0,5}(?:CAPS|CAPABILITIES|TOOL_?SETS?|FEATURES|MODULES|CATEGORIES|TOOL_GROUPS?)$/;

const MAX_TOGGLES = 24;
const MAX_SELECTORS = 4;
const MAX_SWITCHES = 16;

/**
 * What may widen a server's list, as its help, README and code describe it: first variables, which a server that does not know them ignores, then
 * options with a value, then switches, first together and then, for a server that does not take them together, one by one.
 */
export function wideningsOf(texts: { readonly help: string; readonly readme: string; readonly code: readonly string[] }): Widening[] {
  const code = texts.code.join('\n');
  const flags = flagsIn(`${texts.help}\n\n${texts.readme}\n\n${code}`);
  const switches = flags.filter(isSwitch).slice(0, MAX_SWITCHES);
  return [...toggles(code), ...flags.filter(isSelector).slice(0, MAX_SELECTORS).map(selection), ...together(switches)];
}

function toggles(code: string): Widening[] {
  const names = [...new Set(environmentNames(code))].filter(isSettable);
  const on = names.filter((name) => TOGGLE.test(name) && !OTHERWISE.test(name)).map((name) => [name, 'true'] as const);
  const off = names.filter((name) => READ_ONLY.test(name)).map((name) => [name, 'false'] as const);
  const all = names.filter((name) => SELECTION.test(name) && !OTHERWISE.test(name)).map((name) => [name, 'all'] as const);
  const steps = [[...on, ...off].slice(0, MAX_TOGGLES), all.slice(0, MAX_TOGGLES)];
  return steps.filter((step) => step.length > 0).map((step) => ({ args: [], env: Object.fromEntries(step) }));
}

function isSwitch({ name, takesValue }: Flag): boolean {
  return !takesValue && SWITCH.test(name) && !OTHERWISE.test(name);
}

function isSelector({ name, choices }: Flag): boolean {
  return SELECTOR.test(name) && !OTHERWISE.test(name) && (choices.length > 1 || !name.endsWith('-mode'));
}

/** All of it: by the word where the choices have it or are not known, else by naming every one. */
function selection({ name, choices }: Flag): Widening {
  const widest = choices.find((choice) => /^(?:all|full)$/i.test(choice));
  const value = widest ?? (choices.length > 1 && !/mode$/.test(name) ? choices.join(',') : 'all');
  return { args: [`${name}=${value}`], env: {} };
}

function together(switches: readonly Flag[]): Widening[] {
  if (switches.length === 0) return [];
  const parts = switches.length > 1 ? switches.map(({ name }) => ({ args: [name], env: {} })) : [];
  return [{ args: switches.map(({ name }) => name), env: {}, parts }];
}
