import type { Start } from '../attempt.ts';
import { type Flag, flagsIn, wordListsIn } from './flags.ts';
import type { Change, Rung } from './rung.ts';

const OFFLINE =
  /^--(?:offline|local(?:-only)?|demo|mock|no-(?:network|fetch|remote|update-check|update|telemetry|version-check)|skip-[a-z-]{2,40}|disable-[a-z-]{2,40})$/;
const SELECTOR = /^--(?:features?|tools|tool-?sets?|modules?|categories|groups?)$/;
/** What the names of parts that have to be fetched tend to be made of. */
const FETCHED = /doc|search|web|remote|online|content|browser/i;
const FETCHED_WORD = /^(?:docs?|documentation|search|web)$/;
const MAX_TRIED = 5;
/** One that waits for a network in vain waits as long with the next flag. */
const SLOW_MS = 3_000;

/** It fetches something before it lists, and has options that leave a part of it out. */
export const featureFlag: Rung = {
  id: 'feature-flag',
  async next(foothold) {
    const { tried, texts, isTried } = foothold;
    const { status } = tried.attempt;
    if (foothold.start.rung === featureFlag.id && tried.attempt.durationMs > SLOW_MS) return undefined;
    const start = withoutFeatureFlag(foothold.start);
    if (status !== 'needs-network' && status !== 'timeout') return undefined;
    const code = (await texts.code()).join('\n');
    const flags = flagsIn(`${tried.text}\n\n${await texts.readme()}\n\n${code}`).filter(({ name }) => !isGiven(start.args, name));
    const changes = [...flags.flatMap((flag) => offline(start, flag)), ...flags.flatMap((flag) => selections(start, flag, code))];
    return changes.slice(0, MAX_TRIED).find((change) => !isTried(change));
  },
};

function offline(start: Start, { name, takesValue }: Flag): Change[] {
  return OFFLINE.test(name) && !takesValue ? [{ ...start, args: [...start.args, name] }] : [];
}

/** All parts but those that sound as if they were fetched; else each alone. Where the flag's own words name none, lists in the code that have such a part. */
function selections(start: Start, { name, takesValue, choices }: Flag, code: string): Change[] {
  if (!SELECTOR.test(name) || !takesValue) return [];
  const lists = choices.length > 1 ? [choices] : wordListsIn(code).filter((words) => words.some((word) => FETCHED_WORD.test(word)));
  const values = lists.flatMap((words) => {
    const kept = words.filter((word) => !FETCHED.test(word) && word !== 'all');
    return choices.length > 1 ? [kept.join(','), ...kept] : [kept.join(',')];
  });
  return [...new Set(values)].filter(Boolean).map((value) => ({ ...start, args: [...start.args, `${name}=${value}`] }));
}

/** One that did not help is not carried on. */
export function withoutFeatureFlag(start: Start): Start {
  return start.rung === featureFlag.id ? { ...start, args: start.args.slice(0, -1) } : start;
}

function isGiven(args: readonly string[], name: string): boolean {
  return args.some((arg) => arg === name || arg.startsWith(`${name}=`));
}
