/** What the protocol allows, and letters of all scripts; no white space, so that a heading or a sentence is none. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.:/-]{0,127}$/u;
/** What stands in a template where a name is to be put. */
const PLACEHOLDER =
  /^(?:(?:your|my|the|some|example|sample|another)[_-]?(?:tool|function)(?:[_-]?name)?|tool[_-]?name|name|xxx+|foo|bar|baz|todo)$/i;

/** Whether it can be a tool's name: a name that only stands for one cannot. */
export function isToolName(text: string): boolean {
  return NAME.test(text) && !PLACEHOLDER.test(text);
}
