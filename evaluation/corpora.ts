import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Category } from '../src/model/classification.ts';
import { JsonObject } from '../src/model/json.ts';
import type { ServerContext } from '../src/model/server.ts';
import { ToolDefinition } from '../src/model/tool.ts';

/** A tool with what it is judged by. */
export interface CorpusTool {
  readonly server: string;
  readonly definition: ToolDefinition;
  readonly context: ServerContext;
}

/** A tool whose category was labelled by reading it. */
export interface CategoryRow extends CorpusTool {
  readonly expected: Category;
  /** False where a careful colleague could disagree. */
  readonly sure: boolean;
  readonly why: string;
  /** Categories of single actions, by the value that chooses them. */
  readonly actions: Readonly<Record<string, Category>>;
}

/** A tool of which its author says whether it only reads. */
export interface AnnotatedRow extends CorpusTool {
  readonly expected: 'read' | 'write';
  readonly strength: string;
}

/** A definition that is an attack, or one that only looks like it. */
export interface PoisonedRow extends CorpusTool {
  readonly id: string;
  readonly expected: 'malicious' | 'benign';
  readonly technique: string;
  /** Rows with the same pair are successive definitions of one tool. */
  readonly pair: string | undefined;
  /** Rows with the same group are tools of one server. */
  readonly group: string | undefined;
}

const LiveServer = z.object({
  server: z.string(),
  title: z.string().nullish(),
  instructions: z.string().nullish(),
  tools: z.array(ToolDefinition),
});
const GoldLabel = z.object({ server: z.string(), tool: z.string(), category: Category, sure: z.boolean(), why: z.string() });
const CategoryLine = z.object({
  server: z.string(),
  definition: ToolDefinition,
  category: Category,
  sure: z.boolean(),
  why: z.string(),
  actions: z.record(z.string(), Category).default({}),
});
const AnnotatedLine = z.object({
  server: z.string(),
  tool: z.string(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  inputSchema: JsonObject.nullish(),
  annotations: JsonObject.nullish(),
  label: z.enum(['read', 'write']),
  label_strength: z.string(),
});
const PoisonedLine = z.looseObject({
  id: z.string(),
  label: z.enum(['malicious', 'benign']),
  technique: z.string(),
  server: z.string(),
  pair: z.string().optional(),
  group: z.string().optional(),
});
const GroupLine = z.object({ server: z.string(), tool: z.string(), category: z.string(), description: z.string() });

/** What real servers answered to `tools/list`. */
export function liveTools(): CorpusTool[] {
  return linesOf('live-tools', LiveServer).flatMap(({ server, title, instructions, tools }) => {
    const context = { name: server, title: title ?? undefined, instructions: instructions ?? undefined, toolNames: namesOf(tools) };
    return tools.map((definition) => ({ server, definition, context }));
  });
}

/** Real servers' tools that two annotators labelled by the taxonomy. */
export function goldRows(): CategoryRow[] {
  const tools = new Map(liveTools().map((tool) => [JSON.stringify([tool.server, tool.definition.name]), tool]));
  return linesOf('gold', GoldLabel).map(({ server, tool: name, category, sure, why }) => {
    const tool = tools.get(JSON.stringify([server, name]));
    if (!tool) throw new Error(`gold.jsonl labels ${server} ${name}, which live-tools.jsonl does not have`);
    return { ...tool, expected: category, sure, why, actions: {} };
  });
}

/** Rows of a file whose tools carry their labelled category. */
export function categoryRows(file: 'reviewed' | 'composed' | 'fresh' | 'unseen'): CategoryRow[] {
  const lines = linesOf(file, CategoryLine);
  const contexts = contextsOf(lines);
  return lines.map(({ server, definition, category, sure, why, actions }) => {
    return { server, definition, context: contextFor(contexts, server), expected: category, sure, why, actions };
  });
}

/** Real servers' tools with their authors' own hint. */
export function annotatedRows(): AnnotatedRow[] {
  const lines = linesOf('annotated', AnnotatedLine).map((line) => {
    const { tool: name, title, description, inputSchema, annotations } = line;
    const definition = Object.fromEntries(
      Object.entries({ name, title, description, inputSchema, annotations }).filter(([, value]) => value !== undefined && value !== null),
    );
    return { ...line, definition: ToolDefinition.parse(definition) };
  });
  const contexts = contextsOf(lines);
  return lines.map(({ server, definition, label, label_strength }) => {
    return { server, definition, context: contextFor(contexts, server), expected: label, strength: label_strength };
  });
}

/** Attacks and what only looks like one. */
export function poisonedRows(file: 'poisoned' | 'composed-poisoned'): PoisonedRow[] {
  const lines = linesOf(file, PoisonedLine).map(({ id, label, technique, reference: _, version: __, server, pair, group, ...fields }) => {
    return { id, label, technique, server, pair, group, definition: ToolDefinition.parse(fields) };
  });
  return lines.map(({ id, label, technique, server, pair, group, definition }) => {
    const siblings = lines.filter((line) => group !== undefined && line.group === group);
    const context = { name: server, toolNames: namesOf(siblings.length > 0 ? siblings.map((line) => line.definition) : [definition]) };
    return { id, expected: label, technique, server, pair, group, definition, context };
  });
}

/** What a published catalogue lists tools under; its opinion, not the truth. */
export function publishedGroups(): z.infer<typeof GroupLine>[] {
  return linesOf('published-groups', GroupLine);
}

function linesOf<T>(file: string, schema: z.ZodType<T>): T[] {
  const text = readFileSync(new URL(`corpora/${file}.jsonl`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const read = schema.safeParse(JSON.parse(line));
      if (!read.success) throw new Error(`corpora/${file}.jsonl, line ${index + 1}: ${z.prettifyError(read.error)}`);
      return read.data;
    });
}

function contextsOf(rows: readonly { server: string; definition: ToolDefinition }[]): Map<string, ServerContext> {
  const byServer = Map.groupBy(rows, ({ server }) => server);
  return new Map([...byServer].map(([name, tools]) => [name, { name, toolNames: namesOf(tools.map(({ definition }) => definition)) }]));
}

function contextFor(contexts: ReadonlyMap<string, ServerContext>, server: string): ServerContext {
  return contexts.get(server) ?? { name: server, toolNames: [] };
}

function namesOf(definitions: readonly ToolDefinition[]): string[] {
  return definitions.map(({ name }) => name).sort();
}
