import { describe, expect, it } from 'vitest';
import { definitionOf, toolsOf } from './python-package.ts';

const HEAD = `
from typing import *
from pydantic import BaseModel, Field
from enum import Enum
class Color(str, Enum):
    RED = "red"
    BLUE = "blue"
class Point(BaseModel):
    """A place."""
    x: int
    note: str | None = Field(None, description="What is there")
mcp = FastMCP("x")
@mcp.tool()
`;

function schemaOf(parameters: string) {
  return definitionOf(`${HEAD}def a_tool(${parameters}): pass`)?.['inputSchema'];
}

// As the SDK gives them, without titles and with references put in place (mcp 2.3, pydantic 2.13).
describe('a parameter', () => {
  it.each([
    ['a: str', { type: 'string' }],
    ['a: int', { type: 'integer' }],
    ['a: float', { type: 'number' }],
    ['a: bool', { type: 'boolean' }],
    ['a', {}],
    ['a: Any', {}],
    ['a: list[str]', { type: 'array', items: { type: 'string' } }],
    ['a: List[Point]', { type: 'array', items: expect.objectContaining({ description: 'A place.', required: ['x'] }) }],
    ['a: dict', { type: 'object', additionalProperties: true }],
    ['a: Dict[str, int]', { type: 'object', additionalProperties: { type: 'integer' } }],
    ['a: dict[str, Any]', { type: 'object', additionalProperties: true }],
    ['a: Optional[int]', { anyOf: [{ type: 'integer' }, { type: 'null' }] }],
    ['a: int | None', { anyOf: [{ type: 'integer' }, { type: 'null' }] }],
    ['a: Union[int, str]', { anyOf: [{ type: 'integer' }, { type: 'string' }] }],
    ['a: "Optional[int]"', { anyOf: [{ type: 'integer' }, { type: 'null' }] }],
    ['a: Literal["x", "y"]', { enum: ['x', 'y'], type: 'string' }],
    ['a: Literal["x"]', { const: 'x', type: 'string' }],
    ['a: Color', { enum: ['red', 'blue'], type: 'string' }],
    [
      'a: Point',
      {
        type: 'object',
        description: 'A place.',
        properties: {
          x: { type: 'integer' },
          note: { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'What is there', default: null },
        },
        required: ['x'],
      },
    ],
    ['a: Annotated[int, Field(ge=1, le=5, description="n")]', { type: 'integer', minimum: 1, maximum: 5, description: 'n' }],
    ['a: Annotated[str, "what it is"]', { type: 'string', description: 'what it is' }],
    ['a: str = Field(description="d", max_length=5)', { type: 'string', maxLength: 5, description: 'd' }],
    ['a: str = Field(..., description="d")', { type: 'string', description: 'd' }],
    ['a: Unheard', {}],
  ])('%s', (parameters, schema) => {
    expect(schemaOf(parameters)).toStrictEqual({ type: 'object', properties: { a: schema }, required: ['a'] });
  });

  it.each([
    ['a: int = 3', { type: 'integer', default: 3 }],
    ['a: str = Field("z", description="d")', { type: 'string', description: 'd', default: 'z' }],
    ['a: Annotated[int, Field(ge=1)] = 2', { type: 'integer', minimum: 1, default: 2 }],
    ['a: Color = Color.RED', { enum: ['red', 'blue'], type: 'string', default: 'red' }],
    ['a: str = compute()', { type: 'string' }],
  ])('%s need not be given', (parameters, schema) => {
    expect(schemaOf(parameters)).toStrictEqual({ type: 'object', properties: { a: schema } });
  });

  it.each(['ctx: Context', 'c: Context | None = None', '*args', '**kwargs', 'self'])('%s is none', (parameters) => {
    expect(schemaOf(parameters)).toStrictEqual({ type: 'object', properties: {} });
  });

  it('may be called __proto__', () => {
    const schema = schemaOf('__proto__: str');
    expect(Object.keys((schema as { properties: object }).properties)).toStrictEqual(['__proto__']);
  });
});

describe('a description', () => {
  it.each<[string, string, string | undefined]>([
    [
      'the whole docstring, without its indent',
      '@mcp.tool()\ndef a(): \n    """First.\n\n    Args:\n        x: one\n    """',
      'First.\n\nArgs:\n    x: one',
    ],
    ['what the decorator says', '@mcp.tool(description="Given")\ndef a():\n    "Own"', 'Given'],
    ['of texts joined', 'D = "a " + "b"\n@mcp.tool(description=D + " c")\ndef a(): pass', 'a b c'],
    ['with escapes', '@mcp.tool()\ndef a():\n    "a\\nb \\u00e9 \\x41"', 'a\nb é A'],
    ['raw', '@mcp.tool()\ndef a():\n    r"a\\tb"', 'a\\tb'],
    ['none', '@mcp.tool()\ndef a(): pass', undefined],
    ['one that only a run tells', 'import sys\n@mcp.tool(description=sys.argv[1])\ndef a():\n    "Own"', undefined],
    [
      'of what a decorator wraps',
      'import functools\ndef safe(fn):\n    @functools.wraps(fn)\n    def w(): pass\n    return w\n@mcp.tool()\n@safe\ndef a():\n    "Own"',
      'Own',
    ],
  ])('%s', (_, source, text) => {
    expect(definitionOf(`mcp = FastMCP("x")\n${source}`)?.['description']).toBe(text);
  });
});

it('annotations, title and place are kept', () => {
  const [tool] = toolsOf(
    'mcp = FastMCP("x")\n\n@mcp.tool(title="A tool", annotations=types.ToolAnnotations(readOnlyHint=True, destructive_hint=False))\ndef a_tool(): pass\n',
  );
  expect(tool).toStrictEqual({
    definition: {
      name: 'a_tool',
      title: 'A tool',
      inputSchema: { type: 'object', properties: {} },
      annotations: { readOnlyHint: true, destructiveHint: false },
    },
    file: 'server.py',
    line: 7,
  });
});
