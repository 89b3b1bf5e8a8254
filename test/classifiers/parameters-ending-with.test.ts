import { describe, expect, it } from 'vitest';
import { parametersEndingWith } from '../../classifiers/parameters-ending-with.ts';
import { parseTool } from '../../classifiers/parsed-tool.ts';
import { CONTEXT } from './examples.ts';

const sums = parametersEndingWith(['amount'], ['credit limit']);

describe('parameters by the ends of their names', () => {
  it.each([
    [['amount'], ['amount']],
    [
      ['limit', 'name', 'totalAmount'],
      ['limit', 'totalAmount'],
    ],
    [['amount_id', 'credit'], []],
    [[], []],
  ])('of %j are %j', (names, ending) => {
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
    const found = sums(parseTool({ name: 'a', inputSchema: { properties } }, CONTEXT));
    expect(found.map(({ name }) => name)).toEqual(ending);
  });
});
