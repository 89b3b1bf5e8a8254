import { excerptOf } from '../excerpt.ts';
import type { Signal } from '../signal.ts';

// Published pages show the signal from 10 properties on and not at 7; 8 and 9 were not seen. Nested properties count.
const HIGH = 10;

export const highParameterCount: Signal = {
  id: 'high-parameter-count',
  finds: `${HIGH} or more properties in the input schema, nested ones included`,
  why: 'Nobody reviews that many arguments in every call.',
  weight: 0.06,
  label: ([counted]) => `High parameter count (${counted?.excerpt.split(':', 1)[0]})`,
  detect({ parameters }) {
    if (parameters.length < HIGH) return [];
    const names = parameters.map(({ name }) => name).join(', ');
    return [{ by: highParameterCount.id, at: '/inputSchema', excerpt: excerptOf(`${parameters.length} properties: ${names}`) }];
  },
};
