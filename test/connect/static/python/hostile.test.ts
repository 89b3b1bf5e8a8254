import { describe, expect, it } from 'vitest';
import { readPython } from '../../../../src/connect/static/python/read-python.ts';
import { namesOf } from './python-package.ts';

const M = 'mcp = FastMCP("x")\n';
const TOOL = '\n@mcp.tool()\ndef a_tool(): pass\n';
const many = (times: number, text: string | ((at: number) => string)) =>
  Array.from({ length: times }, (_, at) => (typeof text === 'string' ? text : text(at))).join('');

describe('source that is written to hurt', () => {
  it.each<[string, string]>([
    ['brackets in brackets', `x = ${many(20_000, '(')}${many(20_000, ')')}`],
    ['calls in calls', `x = ${many(5_000, 'f(')}1${many(5_000, ')')}`],
    ['lists in lists', `x = ${many(5_000, '[')}${many(5_000, ']')}`],
    ['a long sum', `x = "a"${many(20_000, ' + "a"')}`],
    ['a long chain', `x = a${many(10_000, '.b')}`],
    ['conditions in conditions', `${many(300, (at) => `${' '.repeat(at)}if x:\n`)}${' '.repeat(300)}pass`],
    ['a line of a megabyte', `x = "${'a'.repeat(900_000)}"`],
    ['a text that doubles', `x = "aaaaaaaa"\n${many(60, 'x = x + x\n')}`],
    ['a text that is replaced', `x = "${'a'.repeat(1_000)}"\n${many(30, 'x = x.replace("a", "aa")\n')}`],
    ['a list that doubles', `x = [1]\n${many(60, 'x = x + x\n')}`],
    ['a list that grows while it is gone through', 'x = [1]\nfor y in x:\n    x.append(y)'],
    ['a list in itself', 'x = []\nx.append(x)\n@mcp.tool(annotations={"a": x})\ndef b(): pass'],
    ['a function that calls itself', 'def f(n):\n    f(n)\n    return f(n)\nf(1)'],
    ['functions that call each other twice', `def f0(): pass\n${many(60, (at) => `def f${at + 1}():\n    f${at}()\n    f${at}()\n`)}f60()`],
    ['loops in loops', `r = [${many(100, '1,')}]\n${many(8, (at) => `${' '.repeat(at)}for a${at} in r:\n`)}${' '.repeat(8)}pass`],
    ['a class of itself', 'class A(A): pass\nA()'],
    ['classes of each other', 'class A: pass\nclass B(A): pass\nA = B\nclass A(A, B): pass\nA().x'],
    [
      'a model in itself',
      'from pydantic import BaseModel\nclass A(BaseModel):\n    a: "A"\n    b: "A"\n    c: "A"\n@mcp.tool()\ndef b(x: A): pass',
    ],
    ['a server in itself', 'mcp.mount("a", mcp)\ns = FastMCP("s")\ns.mount("b", mcp)\nmcp.mount("c", s)'],
    [
      'names of objects',
      '__proto__ = 1\nconstructor = {"__proto__": {"x": 1}}\nx = constructor["__proto__"]\nclass toString: hasOwnProperty = 1\ntoString.valueOf',
    ],
    ['what is no Python', `${'}{)(]['.repeat(2_000)}\n@@@ def class (:`],
    ['no line ends', many(5_000, 'x = 1; ')],
  ])('%s', (_, source) => {
    const names = namesOf(M + TOOL + source);
    expect(names).toContain('a_tool');
  });

  it('modules that import each other', () => {
    const modules = {
      'a.py': 'from b import *\nfrom b import y\nfrom fastmcp import FastMCP\nmcp = FastMCP("x")\nimport b',
      'b.py': 'from a import *\nimport a\nfrom a import mcp\n@a.mcp.tool()\ndef a_tool(): pass\ny = 1',
    };
    expect(namesOf(modules)).toStrictEqual(['a_tool']);
  });

  it('says when it stopped', () => {
    const source = `from fastmcp import FastMCP\n${M}r = [${many(100, '1,')}]\nfor a in r:\n for b in r:\n  for c in r:\n   for d in r:\n    x = "tool"`;
    expect(readPython([{ path: 'server.py', text: source }]).faults).toMatchObject([{ code: 'source-too-big' }]);
  });
});
