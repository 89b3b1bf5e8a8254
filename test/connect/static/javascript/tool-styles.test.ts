import { describe, expect, it } from 'vitest';
import { namesIn, readTexts, type Texts } from './read-files.ts';

const SERVER = `
  import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
  import { Server } from '@modelcontextprotocol/sdk/server/index.js';
  import { ListToolsRequestSchema, CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js';
  import { z } from 'zod';
  const server = new McpServer({ name: 'example', version: '1.0.0' });
`;

const STYLES: readonly (readonly [string, Texts, readonly string[]])[] = [
  ['tool() with a name and a handler', `${SERVER} server.tool('ping', async () => ({ content: [] }));`, ['ping']],
  ['tool() with a description and a shape', `${SERVER} server.tool('add', 'Adds.', { a: z.number() }, async () => {});`, ['add']],
  ['registerTool()', `${SERVER} server.registerTool('add', { description: 'Adds.' }, async () => {});`, ['add']],
  [
    'a handler of tools/list',
    `${SERVER} new Server({}, {}).setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [{ name: 'a', inputSchema: { type: 'object' } }] }));`,
    ['a'],
  ],
  [
    'a handler by the name of the method',
    `${SERVER} new Server({}).setRequestHandler('tools/list', () => ({ tools: [{ name: 'a', inputSchema: {} }] }));`,
    ['a'],
  ],
  [
    'CommonJS',
    `const { Server } = require('@modelcontextprotocol/sdk/server/index.js');
     const types_js_1 = require('@modelcontextprotocol/sdk/types.js');
     class App { constructor() { this.server = new Server({}); this.setup(); }
       setup() { this.server.setRequestHandler(types_js_1.ListToolsRequestSchema, this.list.bind(this)); }
       async list() { return { tools: TOOLS }; } }
     const TOOLS = [{ name: 'a', description: 'A.', inputSchema: { type: 'object' } }];
     new App();`,
    ['a'],
  ],
  [
    'typed constants in another file, spread',
    {
      'package.json': '{"name":"x","bin":{"x":"dist/index.js"}}',
      'src/index.ts': `${SERVER} import { readTools, type Extra } from './tools/index.js'; import more from './more.js';
        const s = new Server({}); s.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...readTools, ...more] }));`,
      'src/tools/index.ts': `export * from './read.js'; export interface Extra {}`,
      'src/tools/read.ts': `import type { Tool } from '@modelcontextprotocol/sdk/types.js';
        const READ: Tool = { name: Names.Read, description: 'Reads.', inputSchema: { type: 'object' } };
        enum Names { Read = 'read_file' }
        export const readTools: Tool[] = [{ ...READ, name: Names.Read }] as const satisfies Tool[];`,
      'src/more.ts': `export default [{ name: 'more', description: 'More.', inputSchema: { type: 'object' } }];`,
    },
    ['read_file', 'more'],
  ],
  [
    'a loop over the entries of an object',
    `${SERVER} const TOOLS = { one: { description: '1', schema: { a: z.string() } }, two: { description: '2', schema: {} } };
     for (const [name, tool] of Object.entries(TOOLS)) server.tool(\`demo_\${name}\`, tool.description, tool.schema, async () => {});`,
    ['demo_one', 'demo_two'],
  ],
  [
    'forEach over a map, wrapped registration with a prefix',
    `${SERVER} const tools = new Map([['a', { description: 'A.' }], ['b', { description: 'B.' }]]);
     const add = (name, config) => server.registerTool('x_' + name.replace(/-/g, '_'), config, async () => {});
     tools.forEach((config, name) => add(name, config)); add('c-d', { description: 'C.' });`,
    ['x_a', 'x_b', 'x_c_d'],
  ],
  [
    'classes with members',
    `${SERVER} abstract class Base { abstract name: string; register(s: McpServer) { s.registerTool(this.name, { description: this.description }, async () => {}); } }
     class One extends Base { name = 'one'; description = '1'; } class Two extends Base { readonly name = 'two'; get description() { return '2'; } }
     [One, Two].map((C) => new C()).forEach((tool) => tool.register(server));`,
    ['one', 'two'],
  ],
  [
    'a builder of the package itself',
    `${SERVER} const defineTool = (config) => ({ ...config, kind: 'tool' });
     const tools = [defineTool({ name: 'a', description: 'A.', inputSchema: z.object({}) })];
     for (const { name, ...rest } of tools) server.registerTool(name, rest, async () => {});`,
    ['a'],
  ],
  [
    "another package's builder",
    `${SERVER} import { defineTool } from 'some-framework';
     const tools = [defineTool({ name: 'a', description: 'A.', inputSchema: {} })]; tools.forEach((t) => server.registerTool(t.name, t, async () => {}));`,
    ['a'],
  ],
  [
    'FastMCP',
    `import { FastMCP } from 'fastmcp'; import { z } from 'zod'; const server = new FastMCP({ name: 'x' });
     server.addTool({ name: 'add', description: 'Adds.', parameters: z.object({ a: z.number() }), execute: async () => '' });`,
    ['add'],
  ],
  [
    'tools given to a constructor',
    `import { createServer } from 'framework'; const add = { name: 'add', description: 'Adds.', parameters: {}, execute() {} }; createServer({ tools: [add] });`,
    ['add'],
  ],
  [
    'an agent class that the platform instantiates',
    `${SERVER} import { McpAgent } from 'agents/mcp';
     export class MyMCP extends McpAgent { server = new McpServer({}); async init() { this.server.tool('add', { a: z.number() }, async () => {}); } }
     export default { fetch(request, env, ctx) { return MyMCP.serve('/mcp').fetch(request, env, ctx); } };`,
    ['add'],
  ],
  [
    'a function that the platform calls',
    `${SERVER} export default function createServer({ config }) { const server = new McpServer({}); server.registerTool('add', { description: 'A.' }, async () => {}); return server.server; }`,
    ['add'],
  ],
  [
    'decorators',
    `import { Tool } from '@rekog/mcp-nest'; import { z } from 'zod';
     @Injectable() export class Greeting { constructor(@Inject() private readonly x: X) {}
       @Tool({ name: 'greet', description: 'Greets.', parameters: z.object({ name: z.string() }) }) async greet() {} }`,
    ['greet'],
  ],
  [
    'decorators, compiled',
    `const mcp_nest_1 = require('@rekog/mcp-nest'); class Greeting { greet() {} }
     __decorate([(0, mcp_nest_1.Tool)({ name: 'greet', description: 'Greets.' }), __metadata('design:type', Function)], Greeting.prototype, 'greet', null);`,
    ['greet'],
  ],
  [
    'files of a framework that loads a folder',
    {
      'src/index.ts': `import { MCPServer } from 'mcp-framework'; new MCPServer().start();`,
      'src/tools/weather.ts': `import { MCPTool } from 'mcp-framework'; import { z } from 'zod';
        class WeatherTool extends MCPTool { name = 'weather'; description = 'Tells.'; schema = { city: { type: z.string(), description: 'City.' } }; async execute() {} }
        export default WeatherTool;`,
      'src/tools/greet.ts': `import { z } from 'zod'; export const schema = { name: z.string() };
        export const metadata = { name: 'greet', description: 'Greets.' }; export default async function greet({ name }) {}`,
    },
    ['weather', 'greet'],
  ],
  [
    'a method of the server that is wrapped',
    `${SERVER} const original = server.registerTool.bind(server); server.registerTool = (name, config, handler) => original('x_' + name, config, handler);
     server.registerTool('a', { description: 'A.' }, async () => {});`,
    ['x_a'],
  ],
  [
    'a proxy around the server',
    `${SERVER} const wrapped = new Proxy(server, { get(target, key) { const value = Reflect.get(target, key, target); if (typeof value !== 'function') return value;
       return key === 'tool' ? (name, ...rest) => value.apply(target, ['x_' + name, ...rest]) : value.bind(target); } });
     wrapped.tool('a', 'A.', {}, async () => {}); wrapped.registerTool('b', { description: 'B.' }, async () => {});`,
    ['x_a', 'b'],
  ],
  [
    'every file of a folder',
    {
      'package.json': '{"name":"x","type":"module","bin":"dist/index.js"}',
      'dist/index.js': `import { readdir } from 'fs/promises'; import { fileURLToPath, pathToFileURL } from 'url'; import { dirname, join } from 'path'; ${SERVER}
        const folder = join(dirname(fileURLToPath(import.meta.url)), 'tools');
        for (const file of (await readdir(folder)).filter((f) => f.endsWith('.js'))) {
          const { method, description } = await import(pathToFileURL(join(folder, file)).href); server.tool(method, description, {}, async () => {}); }`,
      'dist/tools/a.js': `export const method = 'a'; export const description = 'A.';`,
      'dist/tools/b.js': `export const method = 'b'; export const description = 'B.';`,
    },
    ['a', 'b'],
  ],
  [
    'what no permission guards, beside what one does',
    `${SERVER} import { user } from 'elsewhere'; const tools = [{ name: 'a' }, { name: 'b', allowed: (u) => u.isAdmin }];
     tools.forEach((tool) => { const allowed = tool.allowed === undefined || tool.allowed(user); if (!allowed) return; server.registerTool(tool.name, {}, async () => {}); });`,
    ['a'],
  ],
  [
    'what is always in a list, beside what a permission adds',
    `${SERVER} import { may } from 'elsewhere'; const tool = (name) => ({ name, description: 'D.', inputSchema: {} });
     const tools = [tool('a')]; if (may('write')) tools.push(tool('b')); for (const one of tools) server.registerTool(one.name, one, async () => {});`,
    ['a'],
  ],
  [
    'a program behind a command line',
    `${SERVER} import { Command } from 'commander'; const program = new Command();
     program.command('start').option('--port <n>').action(async (options) => { server.tool('a', 'A.', async () => {}); await server.connect(options); });
     program.parseAsync(process.argv).catch(() => process.exit(1));`,
    ['a'],
  ],
  [
    'a credential that ends the program when absent',
    `${SERVER} if (!process.env.API_KEY) { console.error('API_KEY is missing'); process.exit(1); } const key = process.env.API_KEY ?? fail();
     function fail(): never { throw new Error('no'); } server.tool('a', 'A.', async () => {});`,
    ['a'],
  ],
  [
    'a tools.json of the package',
    {
      'package.json': '{"name":"x","main":"index.js"}',
      'index.js': `const fs = require('fs'), path = require('path');
        const { Server } = require('@modelcontextprotocol/sdk/server/index.js'); const { ListToolsRequestSchema } = require('@modelcontextprotocol/sdk/types.js');
        const tools = JSON.parse(fs.readFileSync(path.join(__dirname, 'data', 'tools.json'), 'utf8'));
        new Server({}).setRequestHandler(ListToolsRequestSchema, async () => ({ tools }));`,
      'data/tools.json': '[{"name":"a","description":"A.","inputSchema":{"type":"object"}}]',
    },
    ['a'],
  ],
  [
    'operations of an OpenAPI description',
    `${SERVER} const spec = { paths: { '/pets': { get: { operationId: 'list-pets', summary: 'Lists.' }, post: { operationId: 'add-pet', summary: 'Adds.' } } } };
     for (const methods of Object.values(spec.paths)) for (const operation of Object.values(methods)) server.tool(operation.operationId, operation.summary, {}, async () => {});`,
    ['list-pets', 'add-pet'],
  ],
  [
    'a bundle with the SDK and zod inside, names shortened',
    `var d=Object.defineProperty,e=(t,a)=>{for(var n in a)d(t,n,{get:a[n],enumerable:!0})};var z={};e(z,{string:()=>s,number:()=>u,object:()=>o,array:()=>r,boolean:()=>b,optional:()=>p,ZodString:()=>s});
     function s(){return{}}function u(){}function o(){}function r(){}function b(){}function p(){}
     class M{constructor(i){this.server=i;this._registeredTools={}}setToolRequestHandlers(){}registerTool(n,c,f){this._registeredTools[n]={c,f}}}
     var x=new M({});x.registerTool("a",{description:"A.",inputSchema:{q:z.string().describe("Q.")}},async()=>{});`,
    ['a'],
  ],
];

describe('readJavaScript', () => {
  it.each(STYLES)('finds %s', (_, texts, names) => {
    expect(namesIn(texts)).toEqual(names);
  });

  it('says where a tool stands', () => {
    const { tools } = readTexts({ 'src/a.ts': `\n\nimport { McpServer } from 'sdk';\nnew McpServer({}).tool('a', 'A.', async () => {});` });
    expect(tools).toMatchObject([{ file: 'src/a.ts', line: 4 }]);
  });
});

const OTHERS: readonly (readonly [string, Texts])[] = [
  [
    'a prompt and a resource',
    `${SERVER} server.prompt('p', {}, () => {}); server.registerPrompt('q', { description: 'Q.' }, () => {}); server.resource('r', 'x://r', () => {});`,
  ],
  [
    'a call by a client',
    `import { Client } from 'sdk'; const client = new Client({}); await client.callTool({ name: 'a', arguments: {} });`,
  ],
  ['a comment and a text', `// server.tool('a', 'A.', async () => {})\nconst example = "server.tool('b', 'B.', async () => {})";`],
  ['a command', `import { program } from 'commander'; program.command('a').description('A.').action(() => {});`],
  [
    'tools of a model that the program asks',
    `import OpenAI from 'openai'; new OpenAI().chat.completions.create({ model: 'm', tools: [{ type: 'function', function: { name: 'a', description: 'A.', parameters: {} } }] });`,
  ],
  [
    'a name that only a run would tell',
    `${SERVER} server.tool(process.env.NAME, 'A.', async () => {}); server.tool(\`\${await f()}_x\`, 'B.', async () => {});`,
  ],
  [
    'what a flag turns on',
    `${SERVER} if (process.env.ENABLE_WRITE === 'true') server.tool('a', 'A.', async () => {}); if (process.argv.includes('--all')) server.tool('b', 'B.', async () => {}); server.tool('c', 'C.', async () => {}).disable();`,
  ],
  [
    'a test',
    {
      'package.json': '{"name":"x","main":"index.js"}',
      'index.js': 'export const x = 1;',
      'test/a.test.js': `${SERVER} server.tool('a', 'A.', async () => {});`,
    },
  ],
  [
    'an example beside the program',
    { 'index.js': 'export const x = 1;', 'examples/a.js': `${SERVER} server.tool('a', 'A.', async () => {});` },
  ],
];

describe('what is no tool', () => {
  it.each(OTHERS.filter(([title]) => title !== 'what a flag turns on'))('%s', (_, texts) => {
    expect(namesIn(texts)).toEqual([]);
  });

  it('what a flag turns on, beside what is always there', () => {
    const [, flagged] = OTHERS.find(([title]) => title === 'what a flag turns on') ?? ['', ''];
    expect(namesIn(`${flagged as string}\nserver.tool('d', 'D.', async () => {});`)).toEqual(['d']);
  });
});
