import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/guard/gate.ts';
import { Guard } from '../../src/guard/guard.ts';
import { partsOf } from '../../src/guard/json-parts.ts';
import { isJsonObject } from '../../src/model/json.ts';
import { MemoryCounters } from '../../src/policy/counters.ts';
import { policyOf, ruleOf } from './policies.ts';

const BAD = '{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"bad"}}';

/** How servers read a line: as it stands; keys and methods in any case; with every carriage return as the end of a line; the first of two keys. */
const READERS: readonly ((line: string) => string[])[] = [
  (line) => calledIn(parsed(line)),
  (line) => calledIn(parsed(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, folded))),
  (line) => line.split(/[\r\n]/).flatMap((text) => calledIn(parsed(text))),
  (line) => calledIn(firstOfTwo(line, 0)),
];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function folded(text: string): string {
  return JSON.stringify(String(JSON.parse(text)).normalize('NFKC').toLowerCase());
}

function firstOfTwo(text: string, from: number): unknown {
  if (!/[[{]/.test(text[from] ?? '')) return undefined;
  const parts = partsOf(text, from).map(({ key, from: start, to }): [string, unknown] => [
    key ?? '',
    parsed(text.slice(start, to)) === undefined || /[[{]/.test(text[start] ?? '') ? firstOfTwo(text, start) : parsed(text.slice(start, to)),
  ]);
  return text[from] === '[' ? parts.map(([, value]) => value) : Object.fromEntries(parts.toReversed());
}

function calledIn(value: unknown): string[] {
  return [value].flat(3).flatMap((message) => {
    if (!isJsonObject(message) || message['method'] !== 'tools/call') return [];
    const { params } = message;
    return isJsonObject(params) && typeof params['name'] === 'string' ? [params['name']] : [];
  });
}

const key = fc.constantFrom(
  '"jsonrpc"',
  '"id"',
  '"method"',
  '"method"',
  '"params"',
  '"params"',
  '"Method"',
  '"PARAMS"',
  '"paramſ"',
  '"m\\u0065thod"',
  '"x"',
);
const value = fc.constantFrom(
  '1',
  '"2.0"',
  '"tools/call"',
  '"tools/call"',
  '"Tools/Call"',
  '"ping"',
  '{"name":"ok"}',
  '{"name":"bad"}',
  '{"name":"ok","Name":"bad"}',
  '{"name":"ok","n\\u0061me":"bad"}',
  `[\r${BAD}\r]`,
  BAD,
);
const space = fc.constantFrom('', '', '', ' ', '\t', '\r');
const object = fc
  .tuple(fc.constantFrom('', '"id":1,"method":"tools/call",'), space, fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 5 }))
  .map(([start, between, members]) => `{${start}${members.map(([name, of]) => `${name}:${between}${of}`).join(`,${between}`)}}`);
const frame = fc.oneof(
  object,
  fc.array(object, { maxLength: 3 }).map((objects) => `[${objects.join(',')}]`),
  fc.tuple(fc.constantFrom('[[', '"', '\uFEFF', '{}', ''), object, fc.constantFrom(']]', '"', '', '\0')).map((parts) => parts.join('')),
);

function passed(text: string): string[] {
  const sent: string[] = [];
  const policy = policyOf([ruleOf('ok', 'allow'), ruleOf('bad', 'deny')], 'allow');
  const gate = new Gate(policy, { grant: 'g', counters: new MemoryCounters(), audit: { write() {} }, observe: false, now: () => 0 });
  const streams = { toClient() {}, toUpstream: (line: Buffer) => void sent.push(String(line)), say() {} };
  new Guard({ gate, approvalMs: 1_000, observe: false, ...streams }).fromClient(Buffer.from(`${text}\n`));
  return sent;
}

describe('a call that is denied', () => {
  it('reaches no server, however it is written and the server reads', () => {
    fc.assert(
      fc.property(frame, (text) => {
        const called = passed(text).flatMap((line) => READERS.flatMap((read) => read(line)));
        expect(called).not.toContain('bad');
      }),
      { numRuns: 5_000 },
    );
  });

  it('would be seen by these readers', () => {
    expect(READERS.map((read) => read(BAD))).toStrictEqual(READERS.map(() => ['bad']));
    expect(READERS[1]?.(BAD.replace('method', 'METHOD'))).toStrictEqual(['bad']);
    expect(READERS[2]?.(`{"x":\r${BAD}\r}`)).toStrictEqual(['bad']);
    expect(READERS[3]?.(BAD.replace('"name"', '"name":"bad","name":"ok","y"'))).toStrictEqual(['bad']);
  });
});
