import { describe, expect, it } from 'vitest';
import { parseTool } from '../../classifiers/parsed-tool.ts';
import { speaksOf } from '../../classifiers/speaks-of.ts';
import { CONTEXT } from './examples.ts';

const speaksOfTopic = speaksOf('credential, cost, x');

describe('a topic', () => {
  it.each([
    ['a word', 'It has a cost.', true],
    ['capitals', 'COST', true],
    ['a word that goes on after its sixth letter', 'Stores credentials.', true],
    ['a word between marks', 'the_cost/2', true],
    ['a letter before digits', 'Paid with x402', true],
    ['a longer word', 'costly', false],
    ['another word with the same beginning', 'Adds a credit.', false],
    ['letters inside a word', 'accost, box', false],
    ['nothing', '', false],
    ['letters of other alphabets', 'ſ ß ç 費用', false],
  ])('is asked about %s', (_what, description, spoken) => {
    expect(speaksOfTopic(parseTool({ name: 'a', description }, CONTEXT))).toBe(spoken);
    expect(speaksOfTopic(parseTool({ name: 'a', title: description }, CONTEXT))).toBe(spoken);
  });
});
