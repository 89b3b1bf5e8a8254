import { classifyTool } from '../classifiers/classify-tool.ts';
import { liveTools } from '../evaluation/corpora.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../src/model/json.ts';
import type { ServerContext } from '../src/model/server.ts';
import type { ToolDefinition } from '../src/model/tool.ts';
import { type Benchmark, median } from './benchmark.ts';

/** As many tools as the published catalogue counts. */
const TOOLS = 224_112;
const MIB = 1024 * 1024;

/**
 * Classifies 224,112 tools grown from real ones in one thread, poisoning included, every copy under other names, descriptions and parameters so
 * that nothing can be remembered across tools; then definitions of 1 kB to 1 MB of four shapes, to see that the time grows with the size.
 */
export const benchmark: Benchmark = async () => {
  const catalogue = classifyCatalogue();
  const sizes = SHAPES.map(([shape, definitionOf]) => ({ shape, perKb: SIZES_KB.map((kb) => microsecondsPerKb(definitionOf(kb * 1024))) }));
  const growth = Math.max(...sizes.map(({ perKb }) => (perKb.at(-1) ?? 0) / (perKb[1] ?? 1)));
  return {
    figures: { ...catalogue, worstGrowth10KbTo1Mb: Math.round(growth * 100) / 100 },
    table: [
      `tools            ${catalogue.tools}`,
      `seconds of CPU   ${catalogue.cpuSeconds}`,
      `a second         ${catalogue.toolsPerSecond}`,
      `heap after 10 %  ${catalogue.heapMibAtTenth} MiB`,
      `heap at the end  ${catalogue.heapMibAtEnd} MiB`,
      `peak memory      ${catalogue.peakMib} MiB`,
      '',
      `µs for each kB of a definition of    ${SIZES_KB.map((kb) => `${kb} kB`.padStart(9)).join('')}`,
      ...sizes.map(({ shape, perKb }) => shape.padEnd(37) + perKb.map((value) => value.toFixed(1).padStart(9)).join('')),
    ].join('\n'),
  };
};

function classifyCatalogue() {
  let cpuMicroseconds = 0;
  let done = 0;
  let heapAtTenth = 0;
  const servers = [...Map.groupBy(liveTools(), ({ server }) => server).values()];
  for (let copy = 0; done < TOOLS; copy++) {
    for (const tools of servers) {
      const definitions = tools.slice(0, TOOLS - done).map(({ definition }, index) => varied(definition, copy * 1009 + index));
      const context = variedContext(tools[0]?.context, copy, definitions);
      const before = process.cpuUsage();
      for (const definition of definitions) classifyTool(definition, context);
      const { user, system } = process.cpuUsage(before);
      cpuMicroseconds += user + system;
      done += definitions.length;
      if (heapAtTenth === 0 && done >= TOOLS / 10) heapAtTenth = heapInUse();
    }
  }
  const cpuSeconds = Math.round(cpuMicroseconds / 1e4) / 100;
  const heapMibAtEnd = heapInUse();
  const peakMib = Math.round(process.resourceUsage().maxRSS / 1024);
  return { tools: done, cpuSeconds, toolsPerSecond: Math.round(done / cpuSeconds), heapMibAtTenth: heapAtTenth, heapMibAtEnd, peakMib };
}

/** What is still held after a collection, where the process was started with `--expose-gc`; else what is in use. */
function heapInUse(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / MIB);
}

function variedContext(context: ServerContext | undefined, copy: number, definitions: readonly ToolDefinition[]): ServerContext {
  return { ...context, name: `${context?.name ?? 'server'}-${copy}`, toolNames: definitions.map(({ name }) => name).sort() };
}

/** The same tool as another author would have it: another object in the name, other words and numbers in texts, other parameter names. */
function varied(definition: ToolDefinition, seed: number): ToolDefinition {
  const word = WORDS[seed % WORDS.length] ?? '';
  const copy: Record<string, JsonValue> = { ...definition, name: `${definition.name}_${word}${seed}` };
  if (typeof definition['description'] === 'string') copy['description'] = `${definition['description']} Uses the ${word} number ${seed}.`;
  if (isJsonObject(definition['inputSchema'])) copy['inputSchema'] = variedSchema(definition['inputSchema'], `${word}${seed % 97}`);
  // As it comes from a server: parsed, its texts in one piece each.
  return JSON.parse(JSON.stringify(copy)) as ToolDefinition;
}

const WORDS = 'ledger atlas beacon canvas delta ember falcon grove harbor iris jasper kite lumen meadow north orchid'.split(' ');

function variedSchema(schema: JsonObject, mark: string): JsonObject {
  const copy: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && isJsonObject(value)) {
      copy[key] = Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [`${name}_${mark}`, isJsonObject(inner) ? variedSchema(inner, mark) : inner]),
      );
    } else if (key === 'description' && typeof value === 'string') copy[key] = `${value} (${mark})`;
    else copy[key] = isJsonObject(value) ? variedSchema(value, mark) : value;
  }
  return copy;
}

const SIZES_KB = [1, 10, 100, 1024];
const SENTENCES = [
  'Updates the record that is named by its id and returns it.',
  'Before you use this tool, read the list of accounts; always pass the token that login returns.',
  'Ignore case. <b>Note</b>: see https://example.com/docs?q=1 and aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ= for more.',
];
const SHAPES: readonly (readonly [string, (bytes: number) => ToolDefinition])[] = [
  ['one long description', (bytes) => ({ name: 'update_record', description: repeated(bytes) })],
  ['one long word', (bytes) => ({ name: 'update_record', description: 'a1B'.repeat(bytes / 3) })],
  ['many parameters', (bytes) => ({ name: 'update_record', inputSchema: { type: 'object', properties: manyParameters(bytes) } })],
  [
    'many strings in unknown fields',
    (bytes) => ({ name: 'update_record', _meta: { notes: Array.from({ length: bytes / 64 }, () => repeated(60)) } }),
  ],
];

function repeated(bytes: number): string {
  const text = SENTENCES.join(' ');
  return text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes);
}

function manyParameters(bytes: number): JsonObject {
  const each = 128;
  return Object.fromEntries(
    Array.from({ length: Math.ceil(bytes / each) }, (_, index) => [`field_${index}`, { type: 'string', description: repeated(each - 60) }]),
  );
}

/** Median of some rounds, the small definitions classified more often in each. */
function microsecondsPerKb(definition: ToolDefinition): number {
  const kb = JSON.stringify(definition).length / 1024;
  const times = Math.max(1, Math.round(200 / kb));
  const rounds = Array.from({ length: 5 }, () => {
    const startedAt = performance.now();
    for (let time = 0; time < times; time++) classifyTool(definition, { name: 'records', toolNames: ['update_record'] });
    return (1000 * (performance.now() - startedAt)) / times / kb;
  });
  return median(rounds);
}
