import { parse } from 'yaml';
import type { Consumer } from './consumer.ts';

interface Rule {
  readonly action?: string;
  readonly rate_limit?: string;
}

interface Document {
  readonly default: 'allow' | 'deny';
  readonly hide?: readonly string[];
  readonly tools: ReadonlyMap<string, { readonly rules: readonly Rule[] }>;
}

const WINDOW_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** A stand-in: what the documentation says of rules that deny and of `rate_limit`. Counts are of a tool and a window of the calendar. */
export function interceptProxy(): Consumer {
  let document: Document = { default: 'deny', tools: new Map() };
  const counts = new Map<string, { window: number; taken: number }>();
  return {
    load(text) {
      const { tools, ...rest } = parse(text, { mapAsMap: false }) as Omit<Document, 'tools'> & { tools: Record<string, { rules: Rule[] }> };
      document = { ...rest, tools: new Map(Object.entries(tools)) };
      const isDotted = [...document.tools].some(([tool, { rules }]) => tool.includes('.') && rules.some((rule) => rule.rate_limit));
      return isDotted ? 'condition references state but no matching state block found' : undefined;
    },
    decide({ tool, now }) {
      if (document.hide?.includes(tool) || document.hide?.includes('*')) return 'deny';
      const rules = document.tools.get(tool)?.rules;
      if (!rules && document.default === 'deny') return 'deny';
      if (rules?.some(({ action }) => action === 'deny')) return 'deny';
      const limits = (rules ?? []).flatMap(({ rate_limit: limit }) => (limit ? [limit.split('/')] : []));
      const reserved = limits.map(([max, window = '']) => reserve(`${tool} ${window}`, Number(max), windowStart(window, now)));
      if (reserved.includes(undefined)) return 'deny';
      for (const take of reserved) take?.();
      return 'allow';
    },
  };

  /** Nothing where there is no room. A clock that is put back stays in the window that was reached, as in the evaluator. */
  function reserve(key: string, max: number, window: number): (() => void) | undefined {
    const count = counts.get(key);
    const taken = count && count.window >= window ? count.taken : 0;
    if (taken + 1 > max) return undefined;
    return () => counts.set(key, { window: Math.max(window, count?.window ?? window), taken: taken + 1 });
  }
}

function windowStart(window: string, now: number): number {
  const length = WINDOW_MS[window] ?? Number.NaN;
  return Math.floor(now / length) * length;
}
