import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { median } from '../benchmark.ts';
import type { Subject } from './subjects.ts';

/** As a user has it: built, not run from the sources. */
const ASSAY = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));
const BARE_CLIENT = fileURLToPath(new URL('./bare-client.js', import.meta.url));

export type Client = 'bare' | 'inspector' | 'list' | 'scan';

export interface WholeProcess {
  readonly target: string;
  /** Median milliseconds from the start of the client's process to its end. */
  readonly ms: Readonly<Record<Client, number>>;
  readonly tools: Readonly<Record<Client, number>>;
}

/** Every client lists every server, once untimed and then `rounds` times; in each round the clients take turns, so that noise meets all alike. */
export async function wholeProcesses(
  subjects: readonly Subject[],
  inspector: readonly string[],
  { rounds, cacheFolder }: { readonly rounds: number; readonly cacheFolder: string },
): Promise<WholeProcess[]> {
  const results: WholeProcess[] = [];
  for (const subject of subjects) {
    const commands = commandsOf(subject, inspector);
    const times: Record<Client, number[]> = { bare: [], inspector: [], list: [], scan: [] };
    const tools: Record<Client, number> = { bare: 0, inspector: 0, list: 0, scan: 0 };
    for (let round = 0; round <= rounds; round += 1) {
      for (const [client, command] of inTurn(Object.entries(commands) as [Client, readonly string[]][], round)) {
        const { ms, count } = await run(command, cacheFolder);
        if (round > 0) times[client].push(ms);
        tools[client] = count;
      }
    }
    const ms = Object.fromEntries(Object.entries(times).map(([client, values]) => [client, median(values)])) as Record<Client, number>;
    results.push({ target: subject.target, ms, tools });
  }
  return results;
}

function commandsOf({ command, target }: Subject, inspector: readonly string[]): Record<Client, readonly string[]> {
  return {
    bare: [process.execPath, BARE_CLIENT, ...command],
    inspector: [...inspector, '--cli', ...command, '--method', 'tools/list'],
    list: [process.execPath, ASSAY, 'list', '--json', target],
    scan: [process.execPath, ASSAY, 'scan', '--json', target],
  };
}

/** Each round begins with another one. */
function inTurn<Item>(items: readonly Item[], round: number): Item[] {
  const first = round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

async function run([program = '', ...args]: readonly string[], cacheFolder: string): Promise<{ ms: number; count: number }> {
  const home = mkdtempSync(join(tmpdir(), 'bench-home-'));
  const env = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: home, TMPDIR: home, ASSAY_CACHE: cacheFolder };
  try {
    const startedAt = performance.now();
    const child = spawn(program, args, { env, cwd: home, stdio: ['ignore', 'pipe', 'ignore'] });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    const ms = performance.now() - startedAt;
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
    const { tools }: { tools: readonly unknown[] } = JSON.parse(output);
    return { ms, count: tools.length };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
