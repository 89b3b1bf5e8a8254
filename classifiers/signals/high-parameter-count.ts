import { excerptOf } from '../excerpt.ts';
import { type Parameter, parameterPath } from '../parameter.ts';
import type { Signal } from '../signal.ts';

// Published pages show the signal from 10 properties on and not at 7; 8 and 9 were not seen. Nested properties count.
const HIGH = 10;
/** Names that an excerpt may have room for. */
const SHOWN = 60;

export const highParameterCount: Signal = {
  id: 'high-parameter-count',
  finds: `${HIGH} or more properties in the input schema, nested ones included`,
  why: 'Nobody reviews that many arguments in every call.',
  weight: 0.06,
  label: ([counted]) => `High parameter count (${counted?.excerpt.split(':', 1)[0]})`,
  detect({ parameters }) {
    const counted = distinct(parameters);
    if (counted.length < HIGH) return [];
    const names = counted
      .slice(0, SHOWN)
      .map(({ name }) => name)
      .join(', ');
    return [{ by: highParameterCount.id, at: '/inputSchema', excerpt: excerptOf(`${counted.length} properties: ${names}`) }];
  },
};

/** Variants of one object have the same property once. */
function distinct(parameters: readonly Parameter[]): readonly Parameter[] {
  if (parameters.length < HIGH || !parameters.some(({ depth, at }) => depth > 0 && at.includes('Of/'))) return parameters;
  const seen = new Set<string>();
  return parameters.filter(({ at }) => {
    const path = parameterPath(at);
    if (seen.has(path)) return false;
    seen.add(path);
    return true;
  });
}
