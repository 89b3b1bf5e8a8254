import type { SecondLook } from '../model/enumeration.ts';
import { canonicalJson } from '../model/plain-json.ts';
import type { ToolDefinition } from '../model/tool.ts';
import type { Tried } from './attempt.ts';
import type { ClientInfo } from './session.ts';

const MAX_NAMES = 100;
const VERSION = '1.0.0';

/**
 * Looks at a server again as another client. Where it shows other tools, it is looked at once more as Assay, to tell a server that chooses by client from
 * one whose list is another every time.
 *
 * @param name - The other client's; absent, nothing is looked at.
 * @param look - One more look, as the client that it is given or as Assay.
 */
export async function secondLook(
  first: Tried,
  name: string | undefined,
  look: (client: ClientInfo | undefined) => Promise<Tried>,
): Promise<{ readonly secondLook?: SecondLook }> {
  const before = toolsOf(first);
  if (name === undefined || !before) return {};
  const second = await look({ name, version: VERSION });
  const { status } = second.attempt;
  const after = toolsOf(second);
  const difference = after && differenceOf(before, after);
  if (!difference || isNone(difference)) return { secondLook: { client: name, status, added: [], removed: [], changed: [] } };
  const again = toolsOf(await look(undefined));
  const cause = again && !isNone(differenceOf(before, again)) ? 'unstable' : 'client';
  return { secondLook: { client: name, status, cause, ...difference } };
}

function toolsOf({ result }: Tried): readonly ToolDefinition[] | undefined {
  return 'listing' in result && !result.fault ? result.listing.tools : undefined;
}

type Difference = Pick<SecondLook, 'added' | 'removed' | 'changed'>;

/** By name, in the order of the lists. Compared as they were sent: a key in another place is no difference. */
function differenceOf(before: readonly ToolDefinition[], after: readonly ToolDefinition[]): Difference {
  const [old, now] = [before, after].map(definitionsByName);
  const names = (from: Map<string, string> | undefined, isMeant: (name: string) => boolean | undefined) =>
    [...(from?.keys() ?? [])].filter(isMeant).slice(0, MAX_NAMES);
  return {
    added: names(now, (name) => !old?.has(name)),
    removed: names(old, (name) => !now?.has(name)),
    changed: names(old, (name) => now?.has(name) && now.get(name) !== old?.get(name)),
  };
}

/** Of several tools of one name all definitions count: the difference may be in any of them. */
function definitionsByName(tools: readonly ToolDefinition[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const tool of tools) texts.set(tool.name, `${texts.get(tool.name) ?? ''}${canonicalJson(tool)}\n`);
  return texts;
}

function isNone({ added, removed, changed }: Difference): boolean {
  return added.length + removed.length + changed.length === 0;
}
