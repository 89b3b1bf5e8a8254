import { describe, expect, it } from 'vitest';
import { readTexts } from './read-files.ts';

function schemaOf(shape: string, before = ''): unknown {
  const text = `import { z } from 'zod'; import { Type } from '@sinclair/typebox'; import { zodToJsonSchema } from 'zod-to-json-schema';
    import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
    ${before}
    new McpServer({}).registerTool('a', { inputSchema: ${shape} }, async () => {});`;
  return readTexts(text).tools[0]?.definition['inputSchema'];
}

const PROPERTIES: readonly (readonly [string, unknown])[] = [
  ['z.string()', { type: 'string' }],
  [`z.string().describe('D.').min(1).max(9)`, { type: 'string', description: 'D.', minLength: 1, maxLength: 9 }],
  [`z.string({ description: 'D.' }).email()`, { type: 'string', description: 'D.', format: 'email' }],
  ['z.number().int().min(1).max(10)', { type: 'integer', minimum: 1, maximum: 10 }],
  ['z.coerce.number()', { type: 'number' }],
  ['z.boolean().refine(() => true)', { type: 'boolean' }],
  [`z.enum(['a', 'b'])`, { type: 'string', enum: ['a', 'b'] }],
  ['z.enum(KINDS)', { type: 'string', enum: ['a', 'b'] }],
  ['z.nativeEnum(Level)', { enum: [0, 1] }],
  [`z.literal('x')`, { type: 'string', const: 'x' }],
  ['z.array(z.string()).min(1)', { type: 'array', minItems: 1, items: { type: 'string' } }],
  ['z.record(z.string(), z.number())', { type: 'object', additionalProperties: { type: 'number' } }],
  ['z.union([z.string(), z.number()])', { anyOf: [{ type: 'string' }, { type: 'number' }] }],
  ['z.string().nullable()', { type: ['string', 'null'] }],
  [
    'z.object({ b: z.string(), c: z.number().optional() })',
    { type: 'object', properties: { b: { type: 'string' }, c: { type: 'number' } }, required: ['b'] },
  ],
  ['External.extend({ b: z.string() })', {}],
  ['Known.pick({ b: true }).partial()', { type: 'object', properties: { b: { type: 'string' } } }],
  ['Known.shape.c', { type: 'number' }],
];

const BEFORE = `import { External } from 'elsewhere'; const KINDS = ['a', 'b'] as const; enum Level { Low, High }
  const Known = z.object({ b: z.string(), c: z.number() });`;

const WHOLE: readonly (readonly [string, unknown])[] = [
  ['{}', { type: 'object', properties: {} }],
  [
    'z.object({ a: z.string() }).strict()',
    { type: 'object', additionalProperties: false, properties: { a: { type: 'string' } }, required: ['a'] },
  ],
  ['zodToJsonSchema(z.object({ a: z.string() }))', { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }],
  ['z.toJSONSchema(z.object({ a: z.string().default("x") }))', { type: 'object', properties: { a: { type: 'string', default: 'x' } } }],
  [
    `Type.Object({ a: Type.String({ description: 'A.' }), b: Type.Optional(Type.Number()) })`,
    {
      type: 'object',
      properties: { a: { type: 'string', description: 'A.' }, b: { type: 'number' } },
      required: ['a'],
    },
  ],
  [
    `{ type: 'object', properties: { a: { type: 'string', description: 'A' + '.' } }, required: ['a'] }`,
    {
      type: 'object',
      properties: { a: { type: 'string', description: 'A.' } },
      required: ['a'],
    },
  ],
  [
    '{ type: "object", properties: { a: { type: "string", description: unknown() } } }',
    { type: 'object', properties: { a: { type: 'string' } } },
  ],
  [
    `{ a: { type: z.string(), description: 'A.' } }`,
    { type: 'object', properties: { a: { type: 'string', description: 'A.' } }, required: ['a'] },
  ],
  ['unknown()', undefined],
];

describe('the schema of a tool', () => {
  it.each(PROPERTIES)('%s', (source, schema) => {
    expect(schemaOf(`{ a: ${source} }`, BEFORE)).toMatchObject({ properties: { a: schema } });
  });

  it.each(WHOLE)('%s', (source, schema) => {
    expect(schemaOf(source)).toEqual(schema);
  });

  it.each([
    ['z.string()', ['a']],
    ['z.string().optional()', undefined],
    ['z.string().default("x")', undefined],
    ['z.optional(z.string())', undefined],
    ['z.string().nullish()', undefined],
  ])('requires what must be given: %s', (source, required) => {
    expect((schemaOf(`{ a: ${source} }`) as { required?: unknown }).required).toEqual(required);
  });

  it.each([
    [
      `server.tool('a', { q: z.string() }, { readOnlyHint: true, title: 'T' }, async () => {})`,
      { annotations: { readOnlyHint: true, title: 'T' } },
    ],
    [
      `server.tool('a', 'D.', { title: z.string(), schema: z.string() }, async () => {})`,
      { description: 'D.', inputSchema: { required: ['title', 'schema'] } },
    ],
    [
      `server.registerTool('a', { title: 'T', description: \`D \${LIMIT}\`, outputSchema: { r: z.number() }, annotations: { destructiveHint: false } }, async () => {})`,
      { title: 'T', description: 'D 5', outputSchema: { required: ['r'] }, annotations: { destructiveHint: false } },
    ],
    [`server.registerTool('a', { description: 'D ' + process.env.X }, async () => {})`, { name: 'a' }],
  ])('reads %s', (call, definition) => {
    const text = `import { z } from 'zod'; import { McpServer } from 'sdk'; const LIMIT = 5; const server = new McpServer({}); ${call};`;
    expect(readTexts(text).tools[0]?.definition).toMatchObject(definition);
  });

  it('leaves out a description that is not fully known', () => {
    const text = `import { McpServer } from 'sdk'; new McpServer({}).tool('a', 'On ' + os.platform(), async () => {});`;
    expect(readTexts(text).tools[0]?.definition).toEqual({ name: 'a' });
  });
});
