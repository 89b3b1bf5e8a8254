import { z } from 'zod';
import { classifyTool } from '../../classifiers/classify-tool.ts';
import type { Classification } from '../model/classification.ts';
import { isDeeperThan, isJsonObject, MAX_JSON_DEPTH } from '../model/json.ts';
import type { ServerContext } from '../model/server.ts';
import { ToolDefinition } from '../model/tool.ts';
import { visibleText } from '../model/visible-text.ts';
import { usageError } from './errors.ts';
import { judgeVersions } from './judge-versions.ts';

export interface ToolInput {
  readonly tool: ToolDefinition;
  readonly server: string;
  /** A line of its own that names no server: what it belongs to is not known. */
  readonly alone?: true;
}

const ToolList = z.object({ tools: z.array(z.unknown()) }).or(z.object({ result: z.object({ tools: z.array(z.unknown()) }) }));

/**
 * Classifies what a `tools/list` result, an array of tools or JSON Lines of either hold, in order. Tools of one server see each other's names, and are
 * judged together: see {@link judgeVersions}.
 *
 * @throws CliError naming the line or the position of what is not a tool.
 */
export async function* classifyInput(lines: AsyncIterable<string>, defaultServer = ''): AsyncGenerator<Classification> {
  const inputs = await readTools(lines, defaultServer);
  const contexts = contextsOf(inputs);
  const servers = Map.groupBy(
    inputs.filter(({ alone }) => !alone),
    ({ server }) => server,
  );
  // A server is judged when its first tool's turn comes, and forgotten after its last.
  const judged = new Map<string, Classification[]>();
  for (const { tool, server, alone } of inputs) {
    const context = contexts.get(server) ?? { name: server, toolNames: [] };
    if (alone) yield classifyTool(tool, context);
    else
      yield* nextOf(server, judged, () =>
        judgeVersions(
          (servers.get(server) ?? []).map((input) => input.tool),
          context,
        ),
      );
  }
}

function* nextOf(server: string, judged: Map<string, Classification[]>, judge: () => Classification[]): Generator<Classification> {
  const left = judged.get(server) ?? judge().reverse();
  const next = left.pop();
  if (left.length > 0) judged.set(server, left);
  else judged.delete(server);
  if (next) yield next;
}

/** @throws CliError naming the line or the position of what is not a tool. */
export async function readTools(lines: AsyncIterable<string>, defaultServer: string): Promise<ToolInput[]> {
  const text: string[] = [];
  for await (const line of lines) text.push(text.length === 0 ? line.replace(/^\ufeff/, '') : line);
  const whole = isOneDocument(text);
  const documents = whole ? [{ value: parse(text.join('\n'), 'the input'), place: '' }] : parseLines(text);
  return documents.flatMap(({ value, place }) => toolsOf(value, place, defaultServer));
}

/** One document may be spread over lines; in JSON Lines the first line stands for itself. */
function isOneDocument(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined) throw usageError('the input is empty: expected a tools/list result, an array of tools, or JSON Lines of tools');
  try {
    JSON.parse(first);
    return false;
  } catch {
    return true;
  }
}

function parseLines(lines: readonly string[]): { value: unknown; place: string }[] {
  return lines.flatMap((line, index) => {
    const place = `line ${index + 1}`;
    return line.trim() === '' ? [] : [{ value: parse(line, place), place }];
  });
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${place} is not JSON: ${visibleText((error as Error).message)}`);
  }
}

function toolsOf(value: unknown, place: string, defaultServer: string): ToolInput[] {
  const list = ToolList.safeParse(value);
  if (list.success) return asInputs('tools' in list.data ? list.data.tools : list.data.result.tools, place, serverOf(value, defaultServer));
  if (Array.isArray(value)) return asInputs(value, place, defaultServer);
  const input = asInput(value, place || 'the input', defaultServer);
  return [input.server === '' ? { ...input, alone: true } : input];
}

function asInputs(values: readonly unknown[], place: string, server: string): ToolInput[] {
  return values.map((value, index) => asInput(value, `${place}${place ? ', ' : ''}tool ${index + 1}`, server));
}

function asInput(value: unknown, place: string, defaultServer: string): ToolInput {
  if (isDeeperThan(value, MAX_JSON_DEPTH)) throw usageError(`${place} nests deeper than ${MAX_JSON_DEPTH} levels`);
  const tool = ToolDefinition.safeParse(value);
  if (!tool.success) throw usageError(`${place} is not a tool: expected an object with a string "name"`);
  return { tool: tool.data, server: serverOf(value, defaultServer) };
}

function serverOf(value: unknown, fallback: string): string {
  const server = isJsonObject(value) ? value['server'] : undefined;
  return typeof server === 'string' ? server : fallback;
}

function contextsOf(inputs: readonly ToolInput[]): Map<string, ServerContext> {
  const names = new Map<string, Set<string>>();
  for (const { tool, server } of inputs) {
    const known = names.get(server);
    if (known) known.add(tool.name);
    else names.set(server, new Set([tool.name]));
  }
  return new Map([...names].map(([name, toolNames]) => [name, { name, toolNames: [...toolNames].sort() }]));
}
