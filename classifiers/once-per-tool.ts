import type { ParsedTool } from './parsed-tool.ts';

/** A pure function of a tool, worked out once while one tool is looked at: several signals ask for the same one, one after the other. */
export function oncePerTool<T>(work: (parsed: ParsedTool) => T): (parsed: ParsedTool) => T {
  let last: { readonly parsed: ParsedTool; readonly result: T } | undefined;
  return (parsed) => {
    if (last?.parsed !== parsed) last = { parsed, result: work(parsed) };
    return last.result;
  };
}
