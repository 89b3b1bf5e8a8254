import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.ts';

const NOT_BENCHMARKS = new Set(['run.ts', 'benchmark.ts']);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !NOT_BENCHMARKS.has(file))
  .map((file) => file.slice(0, -'.ts'.length));

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
const [name = ''] = positionals;

if (names.includes(name)) {
  const { benchmark }: { benchmark: Benchmark } = await import(`./${name}.ts`);
  const { figures, table } = await benchmark();
  process.stdout.write(`${values.json ? JSON.stringify(figures) : table}\n`);
} else {
  process.stderr.write(`bench: name one of ${names.join(', ')}, such as: npm run -s bench -- ${names[0]} --json\n`);
  process.exitCode = 2;
}
