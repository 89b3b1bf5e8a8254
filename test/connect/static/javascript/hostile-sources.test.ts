import { describe, expect, it } from 'vitest';
import { namesIn, readTexts, type Texts } from './read-files.ts';

const SERVER = `import { McpServer } from 'sdk'; import { z } from 'zod'; const server = new McpServer({});`;
const TOOL = `server.tool('a', 'A.', async () => {});`;

const SOURCES: readonly (readonly [string, Texts])[] = [
  ['a line of 5 MB', `${SERVER} const big = "${'x'.repeat(5_000_000)}"; ${TOOL}`],
  ['a list of 300,000 items', `${SERVER} const big = [${'1,'.repeat(300_000)}]; ${TOOL}`],
  ['an endless loop', `${SERVER} for (;;) { x++; } while (true) { y++; } ${TOOL}`],
  [
    'loops in loops',
    `${SERVER} for (let a = 0; a < 1e9; a++) for (let b = 0; b < 1e9; b++) for (let c = 0; c < 1e9; c++) d = a * b * c; ${TOOL}`,
  ],
  ['endless recursion', `${SERVER} function f(x) { return f(x + 1) + f(x + 2); } f(1); ${TOOL}`],
  [
    'a list that grows while it is walked',
    `${SERVER} const list = [1]; for (const x of list) list.push(x, x); list.forEach((x) => list.push(x)); ${TOOL}`,
  ],
  ['a text that doubles', `${SERVER} let s = 'x'; for (let i = 0; i < 4000; i++) s += s; const r = 'ab'.repeat(1e9); ${TOOL}`],
  [
    'lists that double',
    `${SERVER} let l = [1]; for (let i = 0; i < 4000; i++) l = [...l, ...l]; let m = [1]; for (let i = 0; i < 4000; i++) m = m.concat(m); ${TOOL}`,
  ],
  [
    'an object that holds itself',
    `${SERVER} const o = {}; o.o = o; const l = [o]; l.push(l); JSON.stringify(o); JSON.stringify(l); ${TOOL}`,
  ],
  [
    'prototypes in a circle',
    `${SERVER} const a = {}, b = {}; Object.setPrototypeOf(a, b); Object.setPrototypeOf(b, a); a.x; a.x = 1; a instanceof Map; 'x' in a; ${TOOL}`,
  ],
  [
    'names of prototypes',
    `${SERVER} const o = { __proto__: null, constructor: 1, toString: 2, hasOwnProperty: 3 }; o['__proto__']['polluted'] = 1; Object.assign(o, JSON.parse('{"__proto__":{"x":1}}')); z.constructor(); z.__proto__(); ''.constructor(); [].__proto__(); ${TOOL}`,
  ],
  [
    'a getter that calls itself',
    `${SERVER} class A { get x() { return this.x; } set y(v) { this.y = v; } } const a = new A(); a.x; a.y = 1; ${TOOL}`,
  ],
  ['a class that extends itself', `${SERVER} class A extends A {} new A(); class B extends (class extends B {}) {} new B(); ${TOOL}`],
  [
    'an expression that is costly to match',
    `${SERVER} 'a'.repeat(100000).replace(/(a+)+$/, ''); /(x+x+)+y/.test('x'.repeat(50000)); ('a'.repeat(2000) + 'b').replace(/a+$/, ''); ${TOOL}`,
  ],
  ['what throws everywhere', `${SERVER} throw new Error('no'); null.x.y(); undefined(); ${TOOL}`],
  ['mistakes in the syntax', `${SERVER} let x = 1; let x = 2; ${TOOL} export { nothing }; await 1;`],
  [
    'modules in a circle',
    {
      'index.ts': `${SERVER} import { b } from './b.js'; export const a = 1; b(); ${TOOL}`,
      'b.ts': `import { a } from './index.js'; export * from './index.js'; export function b() { return a; }`,
    },
  ],
  [
    'a thousand modules',
    Object.fromEntries([
      ['index.ts', `${SERVER} import './m0.js'; ${TOOL}`],
      ...Array.from({ length: 1000 }, (_, i) => [`m${i}.ts`, `import './m${i + 1}.js'; export const x = ${i};`]),
    ]),
  ],
];

describe('hostile sources', () => {
  it.each(SOURCES)('%s does not hide what comes after it', (_, texts) => {
    expect(namesIn(texts)).toEqual(['a']);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it.each([
    ['deep expressions', `${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
    ['deep lists', `x = ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a deep chain', `x${'.a()'.repeat(100_000)}`],
    ['a long sum', `x = ${'1+'.repeat(200_000)}1`],
    ['deep blocks', `${'{'.repeat(50_000)}${'}'.repeat(50_000)}`],
    ['deep else-ifs', `${'if (x) {} else '.repeat(20_000)} {}`],
    ['deep templates', '`${'.repeat(20_000)],
    ['no JavaScript', '\u0000\u0001 <html> %PDF'],
    ['nothing', ''],
  ])('%s: no tools and no exception', (_, text) => {
    expect(readTexts(text).tools).toEqual([]);
  });

  it('says which file could not be parsed', () => {
    expect(readTexts({ 'index.ts': '%PDF-1.7 <<' }).faults).toMatchObject([
      { code: 'source-unparsable', subject: 'index.ts', retryable: false },
    ]);
  });

  it('reads another file although one cannot be parsed', () => {
    expect(namesIn({ 'index.ts': `${SERVER} import './b.js'; ${TOOL}`, 'b.ts': '%PDF' })).toEqual(['a']);
  });

  it('bounds the number of tools', () => {
    const many = `${SERVER} for (let i = 0; i < 100; i++) for (let j = 0; j < 1000; j++) server.tool('t' + i + '_' + j, async () => {});`;
    const { length } = namesIn(many);
    expect(length).toBeGreaterThan(1_000);
    expect(length).toBeLessThanOrEqual(10_000);
  });

  it('keeps a property named __proto__ a property', () => {
    const text = `${SERVER} server.registerTool('a', { inputSchema: { ['__proto__']: z.string(), constructor: z.number() } }, async () => {});`;
    const schema = readTexts(text).tools[0]?.definition['inputSchema'] as { properties: object };
    expect(Object.keys(schema.properties)).toEqual(['__proto__', 'constructor']);
  });

  it.each(['', 'has space', '<b>x</b>', 'x'.repeat(200), '../../etc', '\u202ename'])('takes no name such as %j', (name) => {
    expect(namesIn(`${SERVER} server.tool(${JSON.stringify(name)}, 'A.', async () => {});`)).toEqual([]);
  });

  it('gives the same for the same files', () => {
    const text = `${SERVER} for (const n of ['b', 'a']) server.tool(n, async () => {});`;
    expect(readTexts(text)).toEqual(readTexts(text));
  });
});
