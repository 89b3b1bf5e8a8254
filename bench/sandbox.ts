import { DEFAULT_LIMITS } from '../src/connect/limits.ts';
import { type HostRung, openSandbox } from '../src/connect/sandbox/open-sandbox.ts';
import type { Sandbox } from '../src/connect/sandbox/sandbox.ts';
import { type Benchmark, median } from './benchmark.ts';

const RUNGS: readonly HostRung[] = ['none', 'bubblewrap', 'util-linux'];
const ROUNDS = 20;

/** What each rung adds to a start of Node that does nothing, the rungs taken in turn so that noise meets all alike. */
export const benchmark: Benchmark = async () => {
  const opened = await Promise.all(RUNGS.map(async (only) => ({ only, result: await openSandbox({ only }) })));
  const sandboxes = opened.flatMap(({ only, result }) =>
    result.ok ? [{ rung: only, sandbox: result.sandbox, times: [] as number[] }] : [],
  );
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { sandbox, times } of sandboxes) times.push(await startTime(sandbox));
  }
  const medians = sandboxes.map(({ rung, times }) => ({ rung, ms: median(times) }));
  const bare = medians.find(({ rung }) => rung === 'none')?.ms ?? 0;
  const rows = medians.map(({ rung, ms }) => `${rung.padEnd(12)}${ms.toFixed(1).padStart(8)}${(ms - bare).toFixed(1).padStart(8)}`);
  return {
    figures: Object.fromEntries(medians.map(({ rung, ms }) => [`${rung}Ms`, Math.round(ms * 10) / 10])),
    table: [`${'rung'.padEnd(12)}${'ms'.padStart(8)}${'added'.padStart(8)}`, ...rows].join('\n'),
  };
};

async function startTime(sandbox: Sandbox): Promise<number> {
  const startedAt = performance.now();
  const cwd = sandbox.record.rung === 'none' ? '/' : '/tmp';
  const limits = DEFAULT_LIMITS.sandbox;
  const started = sandbox.start({ argv: ['node', '-e', '0'], env: {}, cwd, mounts: [], network: false, limits });
  started.stdout.resume();
  started.stderr.resume();
  const { code } = await started.exited;
  if (code !== 0) throw new Error(`node did not run in ${sandbox.record.rung}: exit code ${code}`);
  return performance.now() - startedAt;
}
