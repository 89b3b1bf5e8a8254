import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { connect, guardCommand } from '../test/guard/clients.ts';
import { policyOf, ruleOf } from '../test/guard/policies.ts';
import { type RealServer, realServers } from '../test/guard/real-servers.ts';
import { type Benchmark, median } from './benchmark.ts';

const CALLS = 500;
/** Code that has not run often yet is slower, on both sides. */
const WARM_UP = 50;

/** What a guard adds to a call of three real servers: the same call with and without it in turn, from one client of the SDK each; limits are counted. */
export const benchmark: Benchmark = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { calls: { type: 'string', default: String(CALLS) }, json: { type: 'boolean' } },
  });
  const folder = await mkdtemp(join(tmpdir(), 'assay-guard-bench-'));
  try {
    const served = join(folder, 'served');
    await mkdir(served);
    const rows: Row[] = [];
    for (const server of await realServers(served)) rows.push(await measured(server, folder, Number(values.calls)));
    return {
      figures: { servers: rows.map((row) => ({ ...row })), addedMedianMs: median(rows.map(({ addedMs }) => addedMs)) },
      table: tableOf(rows),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
};

interface Row {
  readonly server: string;
  readonly calls: number;
  readonly bareMs: number;
  readonly guardedMs: number;
  /** Median of the differences of the pairs. */
  readonly addedMs: number;
  readonly added95Ms: number;
}

async function measured({ name, command, call }: RealServer, folder: string, calls: number): Promise<Row> {
  const policy = join(folder, 'policy.json');
  const limits = [{ counter: 'calls', window: 'day', max: 1_000_000, scope: 'grant' }] as const;
  await writeFile(policy, JSON.stringify(policyOf([ruleOf(call.name, 'limit', { limits: [...limits] })])));
  const bare = await connect(command);
  const guarded = await connect(guardCommand(['--policy', policy, '--state', join(folder, 'state')], command));
  const pairs: { readonly bare: number; readonly guarded: number }[] = [];
  for (let turn = -WARM_UP; turn < calls; turn += 1) {
    const pair = { bare: await timed(bare, call), guarded: await timed(guarded, call) };
    if (turn >= 0) pairs.push(pair);
  }
  await Promise.all([bare.client.close(), guarded.client.close()]);
  const added = pairs.map((pair) => pair.guarded - pair.bare).sort((a, b) => a - b);
  return {
    server: name,
    calls,
    bareMs: rounded(median(pairs.map((pair) => pair.bare))),
    guardedMs: rounded(median(pairs.map((pair) => pair.guarded))),
    addedMs: rounded(median(added)),
    added95Ms: rounded(added[Math.floor(added.length * 0.95)] ?? Number.NaN),
  };
}

async function timed({ client }: Awaited<ReturnType<typeof connect>>, call: RealServer['call']): Promise<number> {
  const start = performance.now();
  const result = await client.callTool(call);
  if (result.isError) throw new Error(`the call was not made: ${JSON.stringify(result.content)}`);
  return performance.now() - start;
}

function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ server, bareMs, guardedMs, addedMs, added95Ms }) =>
    [server.padEnd(42), ...[bareMs, guardedMs, addedMs, added95Ms].map((ms) => ms.toFixed(3).padStart(9))].join(' '),
  );
  return [`${'server, median ms'.padEnd(42)}      bare   guarded     added       p95`, ...lines].join('\n');
}
