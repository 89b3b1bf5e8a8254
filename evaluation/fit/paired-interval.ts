/** The same row judged in two ways: 1 is right, 0 wrong. */
export interface Pair {
  readonly server: string;
  readonly before: number;
  readonly after: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const DRAWS = 2000;
const SHARE = 0.95;

/** Where the mean gain per row lies with 95 % confidence: servers are drawn, not rows, because a server's tools are alike. The same pairs give the same interval. */
export function pairedInterval(pairs: readonly Pair[]): Interval {
  const servers = [...Map.groupBy(pairs, ({ server }) => server).values()].map((ofServer) => ({
    rows: ofServer.length,
    gain: ofServer.reduce((sum, { before, after }) => sum + after - before, 0),
  }));
  const next = drawsBelow(servers.length);
  const gains = Array.from({ length: DRAWS }, () => {
    let [rows, gain] = [0, 0];
    for (let draw = 0; draw < servers.length; draw++) {
      const drawn = servers[next()];
      rows += drawn?.rows ?? 0;
      gain += drawn?.gain ?? 0;
    }
    return rows === 0 ? 0 : gain / rows;
  }).sort((a, b) => a - b);
  const tail = Math.floor((DRAWS * (1 - SHARE)) / 2);
  return { low: gains[tail] ?? 0, high: gains[DRAWS - 1 - tail] ?? 0 };
}

/** Numbers below a limit that look random and are always the same (mulberry32). */
function drawsBelow(limit: number): () => number {
  let state = 20261121;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}
