import type { Enumeration } from '../src/model/enumeration.ts';
import type { JsonObject } from '../src/model/json.ts';

interface Row {
  attempts: number;
  /** Servers whose first list with a tool in it came from this rung. */
  listed: number;
  /** Starts that listed more than every start of the server before. */
  longer: number;
  tools: number;
}

/** What each rung of the ladder was tried for and what it gave, the most gainful first. */
export function rungTable(enumerations: readonly Enumeration[]): { readonly figures: JsonObject; readonly table: string } {
  const rows = new Map<string, Row>();
  for (const { attempts } of enumerations) {
    let most = 0;
    for (const { rung, toolCount } of attempts) {
      const row = rows.get(rung) ?? { attempts: 0, listed: 0, longer: 0, tools: 0 };
      rows.set(rung, row);
      row.attempts += 1;
      if (toolCount <= most) continue;
      if (most === 0) row.listed += 1;
      else row.longer += 1;
      row.tools += toolCount - most;
      most = toolCount;
    }
  }
  const sorted = [...rows].sort(([, a], [, b]) => b.listed - a.listed || b.tools - a.tools || b.attempts - a.attempts);
  const lines = sorted.map(([rung, row]) => [rung, row.attempts, row.listed, row.longer, row.tools] as const);
  const cells = [['rung', 'starts', 'first list', 'longer list', 'tools gained'] as const, ...lines];
  return {
    figures: Object.fromEntries(sorted.map(([rung, row]) => [rung, { ...row }])),
    table: cells.map(([rung, ...numbers]) => rung.padEnd(20) + numbers.map((cell) => String(cell).padStart(13)).join('')).join('\n'),
  };
}
