/** A command-line option as help, README or code describe it. */
export interface Flag {
  /** With its dashes. */
  readonly name: string;
  readonly takesValue: boolean;
  /** Values that the description lists, in their order. */
  readonly choices: readonly string[];
}

const MAX_TEXT = 4 * 2 ** 20;
const MAX_CONTEXT = 600;
const MAX_FLAGS = 400;
/** Of each kind, repetitions included. */
const MAX_MATCHES = 6_000;
const MAX_CHOICES = 60;
const DASHED = /(?<![\w-])--([a-z][a-zA-Z0-9]{0,30}(?:-[a-zA-Z0-9]{1,30}){0,5})(?![\w-])/g;
/** `'toolsets': { type: 'string', …` as option parsers take it. */
const DECLARED =
  /["'`]?\b([a-z][a-zA-Z0-9]{1,30}(?:-[a-z0-9]{1,30}){0,5})["'`]?\s{0,4}:\s{0,4}\{\s{0,40}(?:type|describe|description|alias|short|demandOption)\s{0,4}:/g;
const VALUE = /^(?:[ =]\s{0,2}(?:<|\[<?|"?[A-Z]{3,}|\.\.\.)|=[\w"'<[])/;
const VALUE_TYPE = /\b(?:type\s{0,4}:\s{0,4}["'`]?(?:string|array|number)|choices\s{0,4}:)/;
const LIST =
  /\b(?:possible|available|valid|allowed|supported)\b[\w ]{0,30}|\b(?:choices|one of|options|values?|includes?|comma-separated(?: list)?(?: of [\w ]{1,40})?)\b(?: are| is)?/gi;
const LISTED_WORD = /\s{0,3}["'`]?([a-z][\w.-]{0,40})["'`]?/iy;
const SEPARATOR = /\s{0,3}[,|/]\s{0,3}(?:(?:or|and)\s{1,3})?|\s{1,3}(?:or|and)\s{1,3}/iy;

/** Options that a text describes, each once; the values of several descriptions together. */
export function flagsIn(text: string): Flag[] {
  const flags = new Map<string, Flag>();
  const read = text.slice(0, MAX_TEXT);
  for (const pattern of [DASHED, DECLARED]) {
    let matches = 0;
    for (const match of read.matchAll(pattern)) {
      matches += 1;
      if (flags.size >= MAX_FLAGS || matches > MAX_MATCHES) break;
      const name = `--${match[1]}`;
      const from = match.index + (pattern === DECLARED ? match[0].lastIndexOf('{') : match[0].length);
      const flag = flagOf(name, read.slice(from, from + MAX_CONTEXT), pattern === DECLARED);
      const known = flags.get(name);
      flags.set(name, known ? merged(known, flag) : flag);
    }
  }
  return [...flags.values()];
}

function merged(known: Flag, found: Flag): Flag {
  const choices = [...new Set([...known.choices, ...found.choices])].slice(0, MAX_CHOICES);
  return { name: known.name, takesValue: known.takesValue || found.takesValue, choices };
}

function flagOf(name: string, behind: string, isDeclared: boolean): Flag {
  // As far as the next option.
  const end = isDeclared ? behind.indexOf('}') : behind.search(/\n\s{0,8}(?:\||-{1,2}\w)|\s--[a-z]|\n\n/);
  const context = end < 0 ? behind : behind.slice(0, end);
  const choices = [...new Set([...givenValues(behind), ...listedValues(context)])];
  const takesValue = isDeclared ? VALUE_TYPE.test(` ${context}`) : VALUE.test(context);
  return { name, takesValue: takesValue || choices.length > 1, choices };
}

/** `=network,storage` in an example. */
function givenValues(behind: string): string[] {
  const given = /^=["']?([a-z][\w-]{1,30}(?:,[a-z][\w-]{1,30}){0,20})(?![\w./:-])/.exec(behind)?.[1];
  return given ? given.split(',').filter((word) => !/^(?:true|false|value|list)$/.test(word)) : [];
}

/** The first list of two words or more that is announced as one. */
function listedValues(context: string): string[] {
  for (const { 0: announced, index } of context.matchAll(LIST)) {
    const opening = /^\s{0,3}[:(=]?\s{0,3}[[(]?/.exec(context.slice(index + announced.length, index + announced.length + 12))?.[0] ?? '';
    const words = opening.trim() === '' ? [] : wordsFrom(context, index + announced.length + opening.length);
    if (words.length > 1) return words;
  }
  return [];
}

function wordsFrom(text: string, from: number): string[] {
  const words = new Set<string>();
  let at = from;
  while (words.size < MAX_CHOICES) {
    LISTED_WORD.lastIndex = at;
    const word = LISTED_WORD.exec(text);
    if (!word?.[1]) break;
    words.add(word[1].replace(/\.$/, ''));
    SEPARATOR.lastIndex = LISTED_WORD.lastIndex;
    if (!SEPARATOR.test(text)) break;
    at = SEPARATOR.lastIndex;
  }
  return [...words];
}

const WORD_LIST = /\[\s{0,20}((?:["'][a-z][a-z0-9_-]{1,24}["']\s{0,20}(?:,\s{0,20})?){3,30})\]/g;
const MAX_LISTS = 400;

/** Lists of plain words in code that are named elsewhere in it too, one by one: parts of a server that can be chosen look so. */
export function wordListsIn(code: string): string[][] {
  const text = code.slice(0, MAX_TEXT);
  const counts = new Map<string, number>();
  for (const [, word = ''] of text.matchAll(/["']([a-z][a-z0-9_-]{1,24})["']/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const lists = [...text.matchAll(WORD_LIST)].slice(0, MAX_LISTS).map(([, list = '']) => list.match(/[a-z][a-z0-9_-]{1,24}/g) ?? []);
  return lists.filter((words) => words.every((word) => (counts.get(word) ?? 0) > 1));
}
