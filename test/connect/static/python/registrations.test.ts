import { describe, expect, it } from 'vitest';
import { namesOf } from './python-package.ts';

const M = 'mcp = FastMCP("x")\n';
const S = 'server = Server("x")\n@server.list_tools()\nasync def handle():\n';

describe('tools are found however they are registered', () => {
  it.each<[string, string, string[]]>([
    ['a decorator without brackets', `${M}@mcp.tool\ndef a_tool(): pass`, ['a_tool']],
    ['a decorator with brackets', `${M}@mcp.tool()\nasync def a_tool(): pass`, ['a_tool']],
    ['a name of its own', `${M}@mcp.tool(name="b-tool")\ndef a_tool(): pass`, ['b-tool']],
    ['a name as first argument', `${M}@mcp.tool("b_tool")\ndef a_tool(): pass`, ['b_tool']],
    ['a call with a function', `${M}def a_tool(): pass\nmcp.tool(a_tool)`, ['a_tool']],
    ['a call of the decorator', `${M}def a_tool(): pass\nmcp.tool(name="b_tool")(a_tool)`, ['b_tool']],
    ['add_tool', `${M}def a_tool(): pass\nmcp.add_tool(a_tool)\nmcp.add_tool(a_tool, name="b_tool")`, ['a_tool', 'b_tool']],
    [
      'Tool.from_function',
      `${M}from fastmcp.tools import Tool\ndef a_tool(): pass\nmcp.add_tool(Tool.from_function(a_tool, name="b_tool"))`,
      ['b_tool'],
    ],
    ['tools given to the server', 'def a_tool(): pass\nmcp = FastMCP("x", tools=[a_tool])', ['a_tool']],
    ['a loop', `${M}def a(): pass\ndef b(): pass\nfor fn in [a, b]:\n    mcp.tool()(fn)`, ['a', 'b']],
    [
      'a loop over a dict',
      `${M}def a(): pass\nFNS = {"x_one": a, "x_two": a}\nfor n, fn in FNS.items():\n    mcp.add_tool(fn, name=n)`,
      ['x_one', 'x_two'],
    ],
    ['a function that is given the server', `${M}def register(app):\n    @app.tool()\n    def a_tool(): pass\nregister(mcp)`, ['a_tool']],
    ['a function that nothing here calls', 'def register(mcp):\n    @mcp.tool()\n    def a_tool(): pass', ['a_tool']],
    ['a condition', `${M}import os\nif os.getenv("WRITE"):\n    @mcp.tool()\n    def a_tool(): pass`, ['a_tool']],
    [
      'an early return',
      `${M}import os\ndef setup():\n    if not os.getenv("X"):\n        return\n    @mcp.tool()\n    def a_tool(): pass\nsetup()`,
      ['a_tool'],
    ],
    [
      'a method',
      'class A:\n    def __init__(self):\n        self.mcp = FastMCP("x")\n        self.mcp.tool()(self.a_tool)\n    def a_tool(self, q: str): pass',
      ['a_tool'],
    ],
    [
      'a method that registers',
      'class A:\n    def __init__(self, mcp):\n        self.mcp = mcp\n    def setup(self):\n        @self.mcp.tool()\n        def a_tool(): pass',
      ['a_tool'],
    ],
    ['a subclass of the server', 'class My(FastMCP):\n    pass\nm = My("x")\n@m.tool()\ndef a_tool(): pass', ['a_tool']],
    [
      'a decorator between',
      `${M}import functools\ndef safe(fn):\n    @functools.wraps(fn)\n    def wrapper(*a, **k): return fn(*a, **k)\n    return wrapper\n@mcp.tool()\n@safe\ndef a_tool(q: str): pass`,
      ['a_tool'],
    ],
    ['a decorator from elsewhere', `${M}from other import traced\n@mcp.tool()\n@traced\ndef a_tool(): pass`, ['a_tool']],
    [
      'a decorator of the package',
      `${M}def tool(name):\n    def wrap(fn):\n        mcp.add_tool(fn, name="p_" + name)\n        return fn\n    return wrap\n@tool("a")\ndef x(): pass`,
      ['p_a'],
    ],
    [
      'the successor of FastMCP',
      'from mcp.server.mcpserver import MCPServer\nm = MCPServer("x")\n@m.tool()\ndef a_tool(): pass',
      ['a_tool'],
    ],
    ['a mount with a prefix', `${M}sub = FastMCP("s")\n@sub.tool\ndef a(): pass\nmcp.mount("pre", sub)`, ['pre_a']],
    ['a mount, prefix behind', `${M}sub = FastMCP("s")\n@sub.tool\ndef a(): pass\nmcp.mount(sub, prefix="pre")`, ['pre_a']],
    ['a mount with a namespace', `${M}sub = FastMCP("s")\n@sub.tool\ndef a(): pass\nmcp.mount(sub, namespace="pre")`, ['pre_a']],
    ['a mount without one', `${M}sub = FastMCP("s")\n@sub.tool\ndef a(): pass\nmcp.mount(sub)`, ['a']],
    [
      'an import into a server',
      `${M}sub = FastMCP("s")\n@sub.tool\ndef a(): pass\nasync def main():\n    await mcp.import_server(sub, prefix="pre")`,
      ['pre_a'],
    ],
  ])('%s', (_, source, names) => {
    expect(namesOf(source)).toStrictEqual(names);
  });

  it.each<[string, string, string[]]>([
    ['a list', `${S}    return [types.Tool(name="a", inputSchema={}), types.Tool(name="b", inputSchema={})]`, ['a', 'b']],
    ['a result', `${S}    return types.ListToolsResult(tools=[types.Tool(name="a", inputSchema={})])`, ['a']],
    ['a constant', `TOOLS = [types.Tool(name="a", inputSchema={})]\n${S}    return TOOLS`, ['a']],
    [
      'lists joined',
      `A = [types.Tool(name="a", inputSchema={})]\n${S}    return [*A, types.Tool(name="b", inputSchema={})] + A`,
      ['a', 'b'],
    ],
    [
      'what is appended',
      `${S}    tools = []\n    tools.append(types.Tool(name="a", inputSchema={}))\n    if x:\n        tools += [types.Tool(name="b", inputSchema={})]\n    return tools`,
      ['a', 'b'],
    ],
    [
      'a comprehension',
      `DEFS = [{"name": "a", "description": "d"}, {"name": "b"}]\n${S}    return [types.Tool(**d, inputSchema={}) for d in DEFS]`,
      ['a', 'b'],
    ],
    [
      'a comprehension over a dict',
      `DEFS = {"a": "text"}\n${S}    return [types.Tool(name=n, description=t, inputSchema={}) for n, t in DEFS.items()]`,
      ['a'],
    ],
    [
      'members of an enum',
      `from enum import Enum\nclass N(str, Enum):\n    A = "a"\n    B = "b"\n${S}    return [types.Tool(name=N.A, inputSchema={}), types.Tool(name=N.B.value, inputSchema={})]`,
      ['a', 'b'],
    ],
    ['a helper', `def make(n): return types.Tool(name=f"x_{n}", inputSchema={})\n${S}    return [make("a"), make("b")]`, ['x_a', 'x_b']],
    [
      'handlers with a name given to their base',
      'class Handler:\n    def __init__(self, name): self.name = name\n    def describe(self): raise NotImplementedError\nclass A(Handler):\n    def __init__(self): super().__init__("a")\n    def describe(self): return types.Tool(name=self.name, inputSchema={})\nhandlers = {}\ndef add(h):\n    global handlers\n    handlers[h.name] = h\nadd(A())\n' +
        `${S}    return [h.describe() for h in handlers.values()]`,
      ['a'],
    ],
    [
      'classes with attributes',
      `class T:\n    name = ""\n    @property\n    def tool(self): return types.Tool(name=self.name, inputSchema={})\nclass A(T):\n    name = "a"\nclass B(T):\n    name = "b"\n${S}    return [c().tool for c in (A, B)]`,
      ['a', 'b'],
    ],
    [
      'subclasses',
      `class T:\n    @classmethod\n    def tool(cls): return types.Tool(name=cls.NAME, inputSchema={})\nclass A(T):\n    NAME = "a"\n${S}    return [c.tool() for c in T.__subclasses__()]`,
      ['a'],
    ],
    [
      'data classes',
      `from dataclasses import dataclass\n@dataclass\nclass D:\n    name: str\n    text: str = ""\nDEFS = [D("a"), D(name="b")]\n${S}    return [types.Tool(name=d.name, inputSchema={}) for d in DEFS]`,
      ['a', 'b'],
    ],
    [
      'a branch that is not taken',
      `import os\n${S}    if not os.environ.get("KEY"):\n        return []\n    return [types.Tool(name="a", inputSchema={})]`,
      ['a'],
    ],
    [
      'a handler given to the server',
      'async def on_list(ctx, params):\n    return types.ListToolsResult(tools=[types.Tool(name="a", input_schema={})])\nserver = Server("x", on_list_tools=on_list)',
      ['a'],
    ],
    [
      'a request handler',
      'server = Server("x")\nasync def handle(_): return types.ServerResult(types.ListToolsResult(tools=[types.Tool(name="a", inputSchema={})]))\nserver.request_handlers[types.ListToolsRequest] = handle',
      ['a'],
    ],
    [
      'a handler that cannot be followed',
      `from other import registry\nA = types.Tool(name="a", inputSchema={})\nregistry.add(A)\n${S}    return registry.all()`,
      ['a'],
    ],
    [
      'an answer by hand',
      'TOOLS = [{"name": "a", "inputSchema": {"type": "object"}}]\ndef respond(request):\n    if request["method"] == "tools/list":\n        return {"tools": TOOLS}',
      ['a'],
    ],
    [
      'the environment without settings',
      `import os\nP = os.getenv("PREFIX", "p")\n${S}    return [types.Tool(name=f"{P}_a", inputSchema={})]`,
      ['p_a'],
    ],
  ])('low-level: %s', (_, source, names) => {
    expect(namesOf(source)).toStrictEqual(names);
  });

  it('names and tools of other modules are followed', () => {
    const modules = {
      'src/pkg/__init__.py': '',
      'src/pkg/app.py': 'from fastmcp import FastMCP\nmcp = FastMCP("x")\n',
      'src/pkg/names.py': 'PREFIX = "p"\n',
      'src/pkg/tools/__init__.py': 'from . import one\nfrom .two import *\n',
      'src/pkg/tools/one.py': 'from ..app import mcp\nfrom ..names import PREFIX\n@mcp.tool(name=f"{PREFIX}_one")\ndef f(): pass\n',
      'src/pkg/tools/two.py': 'from pkg.app import mcp as m\nimport pkg.names as n\n@m.tool(name=n.PREFIX + "_two")\ndef f(): pass\n',
      'src/pkg/server.py': 'from pkg.app import mcp\nimport pkg.tools\ndef main(): mcp.run()\n',
    };
    expect(namesOf(modules).sort()).toStrictEqual(['p_one', 'p_two']);
  });
});

describe('no tool', () => {
  it.each<[string, string]>([
    ['a prompt', `${M}@mcp.prompt()\ndef a(): pass`],
    ['a resource', `${M}@mcp.resource("x://y")\ndef a(): pass`],
    ['a comment and a text', `${M}# @mcp.tool()\nDOC = """\n@mcp.tool()\ndef a(): pass\n"""`],
    ['a call by a client', 'async def f(session):\n    await session.call_tool("a", {})\n    await session.list_tools()'],
    ['a tool of another framework', 'from pydantic_ai import Agent\nagent = Agent("x")\n@agent.tool\ndef a(ctx): pass'],
    ['a command', 'import typer\napp = typer.Typer()\n@app.command()\ndef a(): pass'],
    ['a tool for a model', 'TOOLS = [{"type": "function", "function": {"name": "a", "parameters": {}}}]\nbody = {"tools": TOOLS}'],
    [
      'a tool of a model with its own name for a schema',
      'TOOLS = [{"name": "a", "description": "d", "input_schema": {}}]\nbody = {"tools": TOOLS}',
    ],
    ['a name that only a run tells', `${M}import sys\ndef f(): pass\nmcp.add_tool(f, name=sys.argv[1])`],
    ['a name that is given among others', `${M}def register(**options):\n    @mcp.tool(**options)\n    def a(): pass`],
    ['a prefix that only a run tells', `${M}import sys\nsub = FastMCP("s")\n@sub.tool\ndef a(): pass\nmcp.mount(sub, prefix=sys.argv[1])`],
    [
      'a name that either branch gives',
      `${M}import sys\nif sys.argv[1]:\n    n = "a"\nelse:\n    n = "b"\n@mcp.tool(name=n)\ndef f(): pass`,
    ],
    ['a placeholder', `${M}@mcp.tool(name="your_tool_name")\ndef f(): pass`],
    ['a sentence', `${M}@mcp.tool(name="Does a thing")\ndef f(): pass`],
    ['a function beside', `${M}def helper(): pass`],
  ])('%s', (_, source) => {
    expect(namesOf(source)).toStrictEqual([]);
  });
});
