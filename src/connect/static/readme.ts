import type { ReadTool, SourceFile } from './source-reader.ts';
import { isToolName } from './tool-name.ts';

const README = /^readme(?:\.md|\.markdown)?$/i;
const MAX_CHARS = 400_000;
const MAX_TOOLS = 500;

const HEADING = /^(#{1,6}) +(.{1,200}?)[ #]*$/;
/** The heading is about the server's tools, not about tools to build it with. */
const ABOUT_TOOLS = /\btools?\b/i;
const NOT_TOOLS =
  /\b(?:dev(?:elopment)?|build|testing|debug(?:ging)?|inspector|prompts?|resources?|config\w{0,12}|environment|variables?|options?|parameters?|arguments?|install\w{0,10}|usage|using|examples?|clients?|toolsets?|toolkits?|other|related|similar|third[- ]party|roadmap|planned|coming|future|deprecated|removed|requirements?|prerequisites?|flags?|settings?|filter\w{0,4}|disabl\w{0,4}|enabl\w{0,4}|creat\w{0,4}|add\w{0,4}|writ\w{0,4}|call\w{0,4}|changelog|troubleshooting|permissions?|scopes?|errors?|comparison|vs)\b/i;
const TOOL_COLUMN = /^(?:mcp )?(?:tools?(?: names?)?|names?|functions?|methods?)$/i;
/** A name that only stands for tools of programs: at least two words. */
const COMPOUND = /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)+$|^[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]+)+$/;
const QUOTED = /^(?:\*\*)?`([^`\s]{1,128})`(?:\*\*)?/;
const BOLD = /^\*\*([^*\s]{1,128})\*\*/;
/** Not there in a start without settings. What is not sure is none. */
const CONDITIONAL = /\bonly (?:be |been )?(?:available|registered|enabled|exposed|listed|visible|shown|present)\b/i;
const LIST_ITEM = /^(?:[-*+]|\d{1,3}[.)]) {1,4}(.{1,2000})$/;
const BETWEEN = /^\s{0,3}(?:\([^()]{0,200}\)\s{0,3})?(?::|—|–|-)\s{0,3}/;

interface Section {
  readonly level: number;
  /** Its headings are the tools, and what stands below them is about one tool. */
  isOfHeadings: boolean;
}

/**
 * Tools that a README lists, in a table, a list or as headings, under a heading about tools. For want of anything better: what only may be a tool's
 * name is none.
 */
export function readReadme(files: readonly SourceFile[]): ReadTool[] {
  const readme = files.find(({ path }) => README.test(path));
  if (!readme) return [];
  const tools = new Map<string, ReadTool>();
  for (const { name, description, line } of namesIn(linesOf(readme.text))) {
    if (tools.has(name) || tools.size >= MAX_TOOLS) continue;
    const shown = description.trim().slice(0, 2_000);
    tools.set(name, { definition: { name, ...(shown !== '' && { description: shown }) }, file: readme.path, line });
  }
  return [...tools.values()];
}

interface Line {
  readonly text: string;
  readonly line: number;
}

interface Named {
  readonly name: string;
  readonly description: string;
  readonly line: number;
}

/** Without blocks of code: what stands in them is an example. */
function linesOf(text: string): Line[] {
  let fence = '';
  const found: Line[] = [];
  for (const [index, line] of text.slice(0, MAX_CHARS).split(/\r?\n/).entries()) {
    const mark = /^ {0,3}(```|~~~)[^`]{0,4000}$/.exec(line)?.[1] ?? '';
    if (fence === '' && mark === '' && line.length <= 4_000) found.push({ text: line, line: index + 1 });
    if (mark !== '') fence = fence === '' ? mark : fence === mark ? '' : fence;
  }
  return found;
}

function namesIn(lines: readonly Line[]): Named[] {
  const found: Named[] = [];
  let section: Section | undefined;
  let column: 'none' | 'tool' | 'other' = 'none';
  let groupStart = 0;
  for (const { text, line } of lines) {
    const heading = HEADING.exec(text);
    if (heading) {
      column = 'none';
      groupStart = found.length;
      section = sectionAt(heading[1]?.length ?? 1, heading[2] ?? '', section, (name) => found.push({ name, description: '', line }));
    } else if (section && !section.isOfHeadings) {
      const cells = cellsOf(text);
      column = cells ? columnAfter(column, cells[0] ?? '') : 'none';
      const named = cells ? (column === 'tool' ? ofRow(cells) : undefined) : ofItem(text);
      const isConditional = CONDITIONAL.test(text);
      if (named && !isConditional) found.push({ ...named, line });
      // A note on all of the group.
      if (!named && isConditional) found.splice(groupStart);
    }
  }
  return found;
}

function cellsOf(row: string): string[] | undefined {
  if (!row.startsWith('|')) return undefined;
  return row
    .split('|')
    .slice(1)
    .map((cell) => cell.trim());
}

/** The section that a heading begins: about tools, still within one, or none. */
function sectionAt(level: number, title: string, current: Section | undefined, take: (name: string) => void): Section | undefined {
  const isInner = current !== undefined && level > current.level;
  const name = nameIn(title) ?? (COMPOUND.test(title) ? title : undefined);
  if (isInner && name !== undefined && isToolName(name)) {
    current.isOfHeadings = true;
    take(name);
    return current;
  }
  if (NOT_TOOLS.test(title)) return isInner ? { level: current.level, isOfHeadings: true } : undefined;
  if (isInner) return { level: current.level, isOfHeadings: false };
  return ABOUT_TOOLS.test(title) ? { level, isOfHeadings: false } : undefined;
}

/** A table's first row names its columns: those of parameters, variables and the like hold no tools. */
function columnAfter(before: 'none' | 'tool' | 'other', first: string): 'tool' | 'other' {
  if (before !== 'none') return before;
  return TOOL_COLUMN.test(first.replaceAll(/[*`_]/g, '')) ? 'tool' : 'other';
}

function ofRow([first = '', second = '']: readonly string[]): Omit<Named, 'line'> | undefined {
  const quoted = nameIn(first);
  const name = quoted !== undefined && isAlone(first) ? quoted : COMPOUND.test(first) ? first : undefined;
  return name === undefined || !isToolName(name) ? undefined : { name, description: second };
}

function isAlone(cell: string): boolean {
  return cell.replace(QUOTED, '').trim() === '' || /^\([^()]{0,100}\)$/.test(cell.replace(QUOTED, '').trim());
}

/** Items of a list within a list are about the tool above them. */
function ofItem(text: string): Omit<Named, 'line'> | undefined {
  const item = LIST_ITEM.exec(text)?.[1];
  if (item === undefined) return undefined;
  const quoted = QUOTED.exec(item);
  const bold = quoted ? undefined : BOLD.exec(item);
  const plain = quoted || bold ? undefined : /^([a-z][a-zA-Z0-9_-]{2,80})(?=\s{0,2}(?:$|[:—–(]| - ))/.exec(item);
  const mark = quoted ?? bold ?? plain;
  const name = quoted ? plainName(quoted[1]) : mark?.[1]?.replace(/:$/, '');
  if (mark === undefined || mark === null || name === undefined) return undefined;
  const rest = item.slice(mark[0].length);
  const isNamed = quoted
    ? rest.trim() === '' || BETWEEN.test(rest)
    : COMPOUND.test(name) && (rest.trim() === '' || BETWEEN.test(rest) || mark[0].includes(':'));
  return isNamed && isToolName(name) ? { name, description: rest.replace(BETWEEN, '') } : undefined;
}

function nameIn(text: string): string | undefined {
  return plainName(QUOTED.exec(text)?.[1]);
}

/** Between backticks also stand flags, variables, files, values and calls; the name in `call(it)` counts. */
function plainName(quoted: string | undefined): string | undefined {
  const name = quoted?.replace(/\([^()]{0,100}\)$/, '');
  if (name === undefined || !/^[a-z][a-zA-Z0-9_.-]{1,79}$/.test(name) || /\.(?:[a-z]{1,4})$/.test(name)) return undefined;
  return /^(?:true|false|null|none|string|number|boolean|integer|object|array|required|optional|npm|npx|uvx|node|python)$/.test(name)
    ? undefined
    : name;
}
