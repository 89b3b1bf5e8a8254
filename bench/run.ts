import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';

const NOT_BENCHMARKS = new Set(['run.ts', 'benchmark.ts', 'coverage-rungs.ts']);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !NOT_BENCHMARKS.has(file))
  .map((file) => file.slice(0, -'.ts'.length));

// A benchmark reads its own options.
const { positionals, values } = parseArgs({ strict: false, options: { json: { type: 'boolean', default: false } } });
const [name = ''] = positionals;

if (names.includes(name)) {
  const { benchmark }: { benchmark: Benchmark } = await import(`./${name}.ts`);
  const { figures, table } = await benchmark(process.argv.slice(process.argv.indexOf(name) + 1));
  process.stdout.write(`${values.json ? JSON.stringify(figures) : table}\n`);
} else {
  process.stderr.write(`bench: name one of ${names.join(', ')}, such as: npm run -s bench -- ${names[0]} --json\n`);
  process.exitCode = 2;
}
