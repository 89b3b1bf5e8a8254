import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifyTool } from '../classifiers/classify-tool.ts';
import { Tool } from '../src/model/tool.ts';
import { type Benchmark, median } from './benchmark.ts';

const GOLDEN = join(import.meta.dirname, '../test/golden');
const ROUNDS = 9;
const COPIES = 40;

/** Tools of the golden servers a second on one core, every copy under another name so that nothing is remembered across tools. */
export const benchmark: Benchmark = async () => {
  const servers = readdirSync(GOLDEN, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, tools: toolsOf(name) }));
  const batches = servers.flatMap(({ name, tools }) =>
    Array.from({ length: COPIES }, (_, copy) => {
      const copies = tools.map((tool) => ({ ...tool, name: `${tool.name}_${copy}` }));
      return { context: { name: `${name} ${copy}`, toolNames: copies.map((tool) => tool.name).sort() }, copies };
    }),
  );
  const count = batches.reduce((sum, { copies }) => sum + copies.length, 0);
  const rates = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    for (const { copies, context } of batches) for (const tool of copies) classifyTool(tool, context);
    return count / ((performance.now() - startedAt) / 1000);
  });
  const toolsPerSecond = Math.round(median(rates));
  return { figures: { tools: count, toolsPerSecond }, table: `tools      ${count}\na second   ${toolsPerSecond} (median of ${ROUNDS})` };
};

function toolsOf(server: string): Tool[] {
  const file: unknown = JSON.parse(readFileSync(join(GOLDEN, server, 'tools.json'), 'utf8'));
  const list = Array.isArray(file) ? file : (file as { tools: unknown[] }).tools;
  return list.map((tool) => Tool.parse(tool));
}
