import { describe, expect, it } from 'vitest';
import { parseTool } from '../../../classifiers/parsed-tool.ts';
import { outcomeAnswer } from '../../../classifiers/rules/outcome-answer.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { CONTEXT } from '../examples.ts';

function foundIn(properties: JsonObject): readonly string[] {
  const tool = { name: 'x', outputSchema: { type: 'object', properties } };
  return outcomeAnswer.detect(parseTool(tool, CONTEXT)).map(({ category, at }) => `${category} ${at}`);
}

describe('outcome-answer', () => {
  it.each<[string, JsonObject, string[]]>([
    ['a deletion', { deleted: { type: 'boolean' } }, ['Destructive /outputSchema/properties/deleted']],
    ['a transaction', { transactionHash: { type: 'string' } }, ['Financial /outputSchema/properties/transactionHash']],
    ['a change', { rows_affected: { type: 'number' } }, ['Write /outputSchema/properties/rows_affected']],
    ['a list', { items: { type: 'array', items: { properties: { deleted: { type: 'boolean' } } } } }, []],
    ['a record', { id: { type: 'string' }, created_at: { type: 'string' } }, []],
  ])('reads %s', (_what, properties, found) => {
    expect(foundIn(properties)).toEqual(found);
  });

  it('is a hint, and decides nothing alone', () => {
    const tool = { name: 'x', outputSchema: { properties: { deleted: { type: 'boolean' } } } };
    expect(outcomeAnswer.detect(parseTool(tool, CONTEXT))[0]?.weight).toBeLessThan(1);
  });
});
