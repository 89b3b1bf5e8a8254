import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../src/guard/audit-log.ts';
import { Gate, type GateOptions } from '../../src/guard/gate.ts';
import { Guard } from '../../src/guard/guard.ts';
import type { AccessPolicy } from '../../src/model/access-policy.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { type Counters, MemoryCounters } from '../../src/policy/counters.ts';
import { limited, policyOf, ruleOf } from './policies.ts';

const NO_COUNTERS: Counters = {
  taken: () => 0,
  take(charges) {
    if (charges.length > 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  },
};

function open(policy: AccessPolicy, more: Partial<GateOptions> & { approvalMs?: number } = {}) {
  const audit: (AuditEntry & { args: readonly string[] })[] = [];
  const sent: string[] = [];
  const answers: string[] = [];
  const said: string[] = [];
  const options = {
    grant: 'g',
    counters: new MemoryCounters(),
    audit: { write: (entry: AuditEntry, args: JsonObject) => void audit.push({ ...entry, args: Object.keys(args) }) },
    observe: false,
    now: () => 0,
    ...more,
  };
  const gate = new Gate(policy, options);
  const guard = new Guard({
    gate,
    approvalMs: more.approvalMs ?? 60_000,
    observe: options.observe,
    toClient: (line) => void answers.push(String(line)),
    toUpstream: (line) => void sent.push(String(line)),
    say: (message) => void said.push(message),
  });
  const client = (message: unknown) => guard.fromClient(Buffer.from(`${JSON.stringify(message)}\n`));
  const server = (text: string) => guard.fromUpstream(Buffer.from(text));
  const answered = () => answers.map((line) => JSON.parse(line) as JsonObject);
  return { guard, gate, audit, sent, answers, said, client, server, answered };
}

const call = (name: string, args: JsonObject = {}, id: unknown = 1) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
const text = (answer: JsonObject | undefined) => JSON.stringify(answer);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('calls', () => {
  it('that are allowed pass as they were written', () => {
    const { guard, sent, answers } = open(policyOf([ruleOf('a', 'allow')]));
    const line = ' {"method":"tools\\/call", "id":1,"jsonrpc":"2.0","params":{"name":"\\u0061","arguments":{"n":1.0e3}} }\r\n';
    guard.fromClient(Buffer.from(line));
    expect(sent).toStrictEqual([line]);
    expect(answers).toStrictEqual([]);
  });

  it.each([
    ['denied', ruleOf('a', 'deny', { message: 'Ask Ann.' }), 'Ask Ann.'],
    ['hidden', ruleOf('a', 'hide'), 'The policy denies this tool.'],
    ['unknown', ruleOf('b', 'allow'), 'No rule names the tool'],
    ['approval where nobody can be asked', ruleOf('a', 'approve'), 'no way to ask'],
    [
      'a condition',
      ruleOf('a', 'allow', { require: [{ path: ['n'], ifAbsent: 'fails', op: 'at-most', value: 3 }] }),
      'does not allow this value',
    ],
    [
      'another spelling of an argument',
      ruleOf('a', 'allow', { require: [{ path: ['filePath'], ifAbsent: 'holds', op: 'one-of', values: ['x'] }] }),
      'spelled in another way',
    ],
  ])('are denied as a result of the tool: %s', async (_, rule, reason) => {
    const { client, sent, answered, audit } = open(policyOf([rule]));
    client(call('a', { n: 4, FilePath: '/etc' }, 'x'));
    await settled();
    expect(sent).toStrictEqual([]);
    expect(answered()).toStrictEqual([
      { jsonrpc: '2.0', id: 'x', result: { content: [{ type: 'text', text: expect.stringContaining(reason) }], isError: true } },
    ]);
    expect(text(answered()[0])).toContain('[ASSAY POLICY DENIED]');
    expect(audit.map(({ decision, tool, args }) => [decision, tool, args])).toContainEqual([expect.any(String), 'a', ['n', 'FilePath']]);
  });

  it('are denied under a name that is only nearly one of the policy, where others are allowed', () => {
    const { client, sent, answers } = open(policyOf([ruleOf('delete_all', 'hide')], 'allow'));
    for (const [id, name] of ['Delete_All', ' delete_all', 'delete\u200b_all', '__proto__', 'other'].entries()) client(call(name, {}, id));
    expect(answers).toHaveLength(3);
    expect(sent.map((line) => (JSON.parse(line) as ReturnType<typeof call>).params.name)).toStrictEqual(['__proto__', 'other']);
  });

  it.each([
    ['no id', { jsonrpc: '2.0', method: 'tools/call', params: { name: 'a' } }],
    ['no name', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: {} }],
    ['arguments that are a list', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'a', arguments: [] } }],
    ['parameters that are a text', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: 'a' }],
  ])('that cannot be decided are errors: %s', (_, message) => {
    const { client, sent, answered } = open(policyOf([], 'allow'));
    client(message);
    expect(sent).toStrictEqual([]);
    expect(answered()).toMatchObject([{ error: { code: expect.any(Number) } }]);
  });

  it('in a batch are decided one by one', () => {
    const { client, sent, answered } = open(policyOf([limited('a', 1)]));
    client([call('a', {}, 1), call('a', {}, 2), { jsonrpc: '2.0', method: 'notifications/x' }]);
    expect(sent).toStrictEqual([`[${JSON.stringify(call('a', {}, 1))},{"jsonrpc":"2.0","method":"notifications/x"}]\n`]);
    expect(answered()).toMatchObject([{ id: 2, result: { isError: true } }]);
  });

  it('with an id that is still open are errors', () => {
    const { client, sent, answered } = open(policyOf([ruleOf('a', 'allow')]));
    client({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    client(call('a'));
    expect(sent).toHaveLength(1);
    expect(answered()).toMatchObject([{ id: 1, error: {} }]);
  });

  it('are denied where counts or decisions cannot be kept', () => {
    const counting = open(policyOf([limited('a', 9), ruleOf('b', 'allow')]), { counters: NO_COUNTERS });
    counting.client(call('a'));
    counting.client(call('b', {}, 2));
    expect(text(counting.answered()[0])).toContain('ENOSPC');
    expect(counting.sent).toHaveLength(1);
    const auditing = open(policyOf([ruleOf('a', 'allow')]), {
      audit: {
        write() {
          throw new Error('disk');
        },
      },
    });
    auditing.client(call('a'));
    expect(auditing.sent).toStrictEqual([]);
  });

  it('pass where it only observes, and what would be is written down', () => {
    const { client, guard, sent, answers, audit } = open(policyOf([ruleOf('a', 'deny'), ruleOf('b', 'approve')]), { observe: true });
    client(call('a', {}, 1));
    client(call('b', {}, 2));
    guard.fromClient(Buffer.from('no JSON\n'));
    expect(sent).toHaveLength(3);
    expect(answers).toStrictEqual([]);
    expect(audit.map(({ decision }) => decision)).toStrictEqual(['would-deny', 'would-ask']);
  });
});

describe('lists of tools', () => {
  const list = { jsonrpc: '2.0', id: 7, method: 'tools/list' };
  const policy = policyOf([ruleOf('a', 'allow'), ruleOf('b', 'hide'), ruleOf('c', 'deny')]);

  it('lose what is hidden or unknown, and no other character', () => {
    const { client, server, answers } = open(policy);
    client(list);
    const a = '{ "name":"a", "inputSchema":{"maximum":9223372036854775807,"x":"]}"}}';
    server(
      `{"jsonrpc":"2.0","id":7,"result":{"_meta":{"n":1e999},"tools":[ ${a}, {"name":"b"},{"name":"c"},{"name":"d"}], "nextCursor":"z"} }\n`,
    );
    expect(answers).toStrictEqual([
      `{"jsonrpc":"2.0","id":7,"result":{"_meta":{"n":1e999},"tools":[${a},{"name":"c"}], "nextCursor":"z"} }\n`,
    ]);
  });

  it('that lose nothing pass byte for byte, errors too', () => {
    const { client, server, answers } = open(policy);
    client(list);
    server(' {"result":{"tools":[ {"name":"a"} ]},"id":7,"jsonrpc":"2.0"}\r\n');
    client(list);
    server('{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no"}}\n');
    expect(answers).toStrictEqual([
      ' {"result":{"tools":[ {"name":"a"} ]},"id":7,"jsonrpc":"2.0"}\r\n',
      '{"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"no"}}\n',
    ]);
  });

  it.each([
    ['tools twice', '{"jsonrpc":"2.0","id":7,"result":{"tools":[],"tools":[{"name":"b"}]}}'],
    ['no tools', '{"jsonrpc":"2.0","id":7,"result":{"tools":{"name":"b"}}}'],
    ['a tool without a name', '{"jsonrpc":"2.0","id":7,"result":{"tools":[{"title":"b"}]}}'],
    ['neither result nor error', '{"jsonrpc":"2.0","id":7}'],
  ])('that cannot be read are errors: %s', (_, line) => {
    const { client, server, answered } = open(policy);
    client(list);
    server(`${line}\n`);
    expect(answered()).toMatchObject([{ id: 7, error: { message: expect.stringContaining('list of tools') } }]);
  });

  it('that nobody asked for do not pass', () => {
    const { client, server, answers, said } = open(policy);
    client(list);
    server('{"jsonrpc":"2.0","id":"7","result":{"tools":[{"name":"b"}]}}\n');
    server('{"jsonrpc":"2.0","id":8,"method":"x","result":{"tools":[{"name":"b"}]}}\n');
    expect(answers).toStrictEqual([]);
    expect(said).toHaveLength(2);
  });

  it('in a batch are filtered too', () => {
    const { client, server, answers } = open(policy);
    client(list);
    server('[{"jsonrpc":"2.0","method":"notifications/x"}, {"jsonrpc":"2.0","id":7,"result":{"tools":[{"name":"b"}]}}]\n');
    expect(answers).toStrictEqual(['[{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":7,"result":{"tools":[]}}]\n']);
  });

  it('follow the policy that is in force', () => {
    const { client, server, gate, answers } = open(policy);
    gate.policy = policyOf([], 'allow');
    client(list);
    server('{"jsonrpc":"2.0","id":7,"result":{"tools":[{"name":"b"}]}}\n');
    expect(answers).toStrictEqual(['{"jsonrpc":"2.0","id":7,"result":{"tools":[{"name":"b"}]}}\n']);
  });
});

describe('everything else', () => {
  it('passes byte for byte', () => {
    const { guard, server, sent, answers } = open(policyOf([]));
    const up = '{"id" : 3,"jsonrpc":"2.0","method":"resources/read","params":{"uri":"x:\\u00e9","n":1.10}}\n';
    const down = '{"jsonrpc":"2.0","method":"notifications/message","params":{"tools":[{"name":"b"}]}}\r\n';
    guard.fromClient(Buffer.from(up));
    server(down);
    expect(sent).toStrictEqual([up]);
    expect(answers).toStrictEqual([down]);
  });

  it('of the server that is no JSON is left out', () => {
    const { server, answers, said } = open(policyOf([]));
    server('Listening…\n');
    expect(answers).toStrictEqual([]);
    expect(said).toStrictEqual(['a line of the server is no JSON and was left out']);
  });

  it('a server that is gone answers everything that is open with an error', () => {
    const { client, guard, answered } = open(policyOf([ruleOf('a', 'allow')]));
    client(call('a', {}, 'x'));
    client({ jsonrpc: '2.0', id: 2, method: 'ping' });
    guard.upstreamEnded('the server ended (SIGKILL)');
    guard.upstreamEnded('again');
    expect(answered().map(({ id, error }) => [id, error])).toStrictEqual([
      ['x', { code: -32603, message: 'assay guard: the server ended (SIGKILL)' }],
      [2, { code: -32603, message: 'assay guard: the server ended (SIGKILL)' }],
    ]);
  });
});

describe('approval', () => {
  const INITIALIZE = { jsonrpc: '2.0', id: 0, method: 'initialize', params: { capabilities: { elicitation: {} } } };
  const policy = policyOf([ruleOf('a', 'approve', { limits: limited('a', 1).limits })]);

  function asking(approvalMs?: number) {
    const opened = open(policy, approvalMs === undefined ? {} : { approvalMs });
    opened.client(INITIALIZE);
    opened.client(call('a', { to: 'x\u202ey' }));
    const [question] = opened.answered();
    const reply = async (result: unknown) => {
      opened.client({ jsonrpc: '2.0', id: question?.['id'], result });
      await settled();
    };
    return { ...opened, question, reply };
  }

  it('is asked with what is called, invisible characters shown', () => {
    const { question, sent } = asking();
    expect(question).toMatchObject({ method: 'elicitation/create', params: { message: expect.stringContaining(String.raw`x\u202ey`) } });
    expect(sent).toHaveLength(1);
  });

  it('given, the call passes as it was written, and the answer does not', async () => {
    const { reply, sent, audit } = asking();
    await reply({ action: 'accept', content: { approve: true } });
    expect(sent).toStrictEqual([`${JSON.stringify(INITIALIZE)}\n`, `${JSON.stringify(call('a', { to: 'x\u202ey' }))}\n`]);
    expect(audit.map(({ decision }) => decision)).toStrictEqual(['ask', 'approved']);
  });

  it.each([
    ['declined', { action: 'decline' }],
    ['accepted without a yes', { action: 'accept', content: {} }],
    ['accepted with a no', { action: 'accept', content: { approve: false } }],
    ['accepted with a text', { action: 'accept', content: { approve: 'true' } }],
    ['no answer', undefined],
  ])('%s is a denial', async (_, result) => {
    const { reply, sent, answered, audit } = asking();
    await reply(result);
    expect(sent).toHaveLength(1);
    expect(text(answered().at(-1))).toContain('did not approve');
    expect(audit.map(({ decision }) => decision)).toStrictEqual(['ask', 'deny']);
  });

  it('nobody gives in time is a denial, and a late yes changes nothing', async () => {
    const { reply, sent, answered } = asking(1);
    await expect.poll(() => text(answered().at(-1))).toContain('nobody did in time');
    await reply({ action: 'accept', content: { approve: true } });
    expect(sent).toHaveLength(1);
    expect(answered().at(-2)).toMatchObject({ method: 'notifications/cancelled' });
  });

  it('comes too late where the policy changed or the limit is reached', async () => {
    const changed = asking();
    changed.gate.policy = policyOf([ruleOf('a', 'deny')]);
    await changed.reply({ action: 'accept', content: { approve: true } });
    expect(changed.sent).toHaveLength(1);
    const full = asking();
    full.gate.settle('a', {});
    await full.reply({ action: 'accept', content: { approve: true } });
    expect(text(full.answered().at(-1))).toContain('The limit of 1 calls per minute');
  });

  it('of a call that was cancelled does nothing', async () => {
    const { client, reply, sent, answers } = asking();
    client({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
    await reply({ action: 'accept', content: { approve: true } });
    expect(sent).toHaveLength(2);
    expect(answers).toHaveLength(1);
  });
});
