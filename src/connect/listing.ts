import type { Fault } from '../model/fault.ts';
import { canonicalJson, isJsonObject, MAX_JSON_DEPTH } from '../model/plain-json.ts';
import { isToolDefinition, type ToolDefinition } from '../model/tool-definition.ts';
import { visibleText } from '../model/visible-text.ts';
import type { EnumerationLimits } from './limits.ts';
import { type Misfit, misfitOf } from './tool-size.ts';

/** Tools of one name that are kept. */
const MAX_NAMESAKES = 8;
/** Of a name in a message, characters. */
const MAX_SHOWN_NAME = 100;

/** What was received of a tool list so far. */
export interface Listing {
  readonly tools: readonly ToolDefinition[];
  /** The `result` of each page as JSON text. */
  readonly answer: readonly string[];
  /** One per tool that is left out, or that has the name of another. */
  readonly faults: readonly Fault[];
}

export type PageOutcome =
  | { readonly next: 'page'; readonly cursor: string }
  | { readonly next: 'done' }
  /** There may be more, and it is not asked for. */
  | { readonly next: 'stop'; readonly fault: Fault };

interface Namesake {
  readonly tool: ToolDefinition;
  /** Made when it is first compared, and once: thousands of small tools may share the name of a big one. */
  text: string | undefined;
}

type ListingLimits = Pick<EnumerationLimits, 'maxPages' | 'maxTools' | 'maxToolBytes'>;

/** Puts the pages of one `tools/list` together and decides after each whether to ask for another. */
export class ListingBuilder {
  readonly #subject: string;
  readonly #limits: ListingLimits;
  readonly #tools: ToolDefinition[] = [];
  readonly #byName = new Map<string, Namesake[]>();
  readonly #answer: string[] = [];
  readonly #faults: Fault[] = [];
  readonly #cursors = new Set<string>();
  #seen = 0;

  constructor(subject: string, limits: ListingLimits) {
    this.#subject = subject;
    this.#limits = limits;
  }

  get listing(): Listing {
    return { tools: this.#tools, answer: this.#answer, faults: this.#faults };
  }

  get pageCount(): number {
    return this.#answer.length;
  }

  /** @param text - The result as the server wrote it. */
  addPage(result: unknown, text: string): PageOutcome {
    const elements = isJsonObject(result) ? result['tools'] : undefined;
    if (!isJsonObject(result) || !Array.isArray(elements)) return this.#stop('bad-page', 'An answer to tools/list has no array "tools".');
    this.#answer.push(text);
    const cursor = result['nextCursor'];
    if (typeof cursor === 'string' && !this.#hasNewName(elements)) {
      return this.#stop('page-loop', 'A page brought no new tool and names another page.');
    }
    if (!this.#addTools(elements)) {
      return this.#stop('too-many-tools', `It lists more than ${this.#limits.maxTools} tools; the rest is not read.`);
    }
    return this.#afterPage(cursor);
  }

  #afterPage(cursor: unknown): PageOutcome {
    // Many serialisers write an absent field as null. The empty string is a cursor like any other.
    if (cursor === undefined || cursor === null) return { next: 'done' };
    if (typeof cursor !== 'string') return this.#stop('bad-cursor', 'Its nextCursor is not a string, so a next page cannot be asked for.');
    if (this.#cursors.has(cursor)) return this.#stop('page-loop', 'It names a page that was read already as the next one.');
    this.#cursors.add(cursor);
    if (this.pageCount < this.#limits.maxPages) return { next: 'page', cursor };
    return this.#stop('too-many-pages', `It names more than ${this.#limits.maxPages} pages; the rest is not read.`);
  }

  #hasNewName(elements: readonly unknown[]): boolean {
    return elements.some((element) => isJsonObject(element) && typeof element['name'] === 'string' && !this.#byName.has(element['name']));
  }

  #addTools(elements: readonly unknown[]): boolean {
    for (const element of elements) {
      this.#seen += 1;
      if (this.#seen > this.#limits.maxTools) return false;
      const rejected = this.#addTool(element);
      if (rejected) this.#faults.push(rejected);
    }
    return true;
  }

  #addTool(element: unknown): Fault | undefined {
    const place = `Tool ${this.#seen}`;
    if (!isToolDefinition(element)) return this.#fault('bad-tool', `${place} is not an object with a string "name" and is left out.`);
    const misfit = misfitOf(element, { maxDepth: MAX_JSON_DEPTH, maxBytes: this.#limits.maxToolBytes });
    if (misfit) return this.#misfit(place, misfit);
    return this.#addNamed(place, element);
  }

  /** Of two tools with one name nobody knows which a client calls, so both are kept; the same again is not. */
  #addNamed(place: string, tool: ToolDefinition): Fault | undefined {
    const { name } = tool;
    const namesakes = this.#byName.get(name) ?? [];
    if (namesakes.length >= MAX_NAMESAKES || isRepeated(tool, namesakes)) return this.#namesake(place, name, 'is left out');
    this.#tools.push(tool);
    this.#byName.set(name, [...namesakes, { tool, text: undefined }]);
    return namesakes.length > 0 ? this.#namesake(place, name, 'is kept beside it') : undefined;
  }

  #namesake(place: string, name: string, consequence: string): Fault {
    const shown = visibleText(JSON.stringify(name.slice(0, MAX_SHOWN_NAME)));
    return this.#fault('duplicate-tool-name', `${place} has the name of an earlier tool, ${shown}, and ${consequence}.`);
  }

  #misfit(place: string, misfit: Misfit): Fault {
    if (misfit === 'too-deep') return this.#fault('tool-too-deep', `${place} nests deeper than ${MAX_JSON_DEPTH} levels and is left out.`);
    return this.#fault('tool-too-big', `${place} has more than ${this.#limits.maxToolBytes} bytes and is left out.`);
  }

  #fault(code: string, message: string): Fault {
    return { code, subject: this.#subject, message, retryable: false };
  }

  #stop(code: string, message: string): PageOutcome {
    return { next: 'stop', fault: this.#fault(code, message) };
  }
}

function isRepeated(tool: ToolDefinition, namesakes: readonly Namesake[]): boolean {
  if (namesakes.length === 0) return false;
  const text = canonicalJson(tool);
  return namesakes.some((other) => {
    other.text ??= canonicalJson(other.tool);
    return other.text === text;
  });
}
