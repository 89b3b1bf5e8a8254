import { beforeEach, expect, it } from 'vitest';
import { classifiedTools, currentClassifications, recordClassifications, recordContext } from '../../src/store/classifications.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { policyHash, policyOf, recordPolicies } from '../../src/store/policies.ts';
import { startRun } from '../../src/store/runs.ts';
import { recordServers } from '../../src/store/servers.ts';
import { describeStore } from './backends.ts';
import { dumpStore } from './dump.ts';
import { at, hashOf, listed, sampleClassification, sampleContext, samplePolicy, sampleServer, sampleTool } from './samples.ts';

const serverId = 'npm:a';
const [one, two] = [sampleTool('one'), sampleTool('two')];
const context = sampleContext(['one', 'two']);

describeStore('classifications and policies', (store) => {
  let enumerationId = 0;
  beforeEach(async () => {
    await recordServers(store(), { servers: [sampleServer(serverId)], now: at(0) });
    const runId = await startRun(store(), { options: {}, now: at(0) });
    const tools = [one, two];
    enumerationId = await recordEnumeration(store(), {
      serverId,
      runId,
      launchKey: 'k',
      startedAt: at(1),
      enumeration: listed(tools),
      tools,
    });
    await recordContext(store(), { serverId, enumerationId, ...context });
  });

  const classify = (tool: typeof one, extra: object = {}, { contextHash } = context) =>
    recordClassifications(store(), [
      { toolHash: tool.hash, contextHash, classification: sampleClassification(tool.definition.name, extra) },
    ]);
  const classified = (extra: object = {}) =>
    classifiedTools(store(), {
      contextHash: context.contextHash,
      classifierVersion: '1',
      toolHashes: [one.hash, two.hash, 'unknown'],
      ...extra,
    });

  it('knows which tools are classified, per context and classifier version', async () => {
    await classify(one);
    expect(await classified()).toEqual(new Set([one.hash]));
    expect(await classified({ classifierVersion: '2' })).toEqual(new Set());
    expect(await classified({ contextHash: 'other' })).toEqual(new Set());
    expect(await classified({ toolHashes: [] })).toEqual(new Set());
  });

  it('gives the classifications of one version under the current context', async () => {
    await classify(one, { score: 7 });
    await classify(one, { score: 8, classifierVersion: '2' });
    expect(await currentClassifications(store(), serverId, '1')).toEqual(new Map([[one.hash, sampleClassification('one', { score: 7 })]]));
    const other = sampleContext(['one']);
    await recordContext(store(), { serverId, enumerationId, ...other });
    expect(await currentClassifications(store(), serverId, '1')).toEqual(new Map());
    await classify(one, { score: 9 }, other);
    expect((await currentClassifications(store(), serverId, '1')).get(one.hash)?.score).toBe(9);
  });

  it('leaves everything untouched when it is recorded again', async () => {
    await classify(one);
    const policies = [{ serverId, profile: 'starter', hash: hashOf('p'), document: samplePolicy('one') }];
    await recordPolicies(store(), { policies, now: at(1) });
    const before = await dumpStore(store(), { exact: true });
    await recordContext(store(), { serverId, enumerationId, ...context });
    await classify(one);
    await recordPolicies(store(), { policies, now: at(2) });
    expect(await dumpStore(store(), { exact: true })).toEqual(before);
  });

  it('gives a policy back with every key where it was', async () => {
    const document = samplePolicy('a', 'b_longer', 'z');
    await recordPolicies(store(), { policies: [{ serverId, profile: 'starter', hash: hashOf(document), document }], now: at(1) });
    expect(JSON.stringify(await policyOf(store(), serverId, 'starter'))).toBe(JSON.stringify(document));
    expect(await policyHash(store(), serverId, 'starter')).toBe(hashOf(document));
    expect([await policyOf(store(), serverId, 'strict'), await policyHash(store(), 'npm:b', 'starter')]).toEqual([undefined, undefined]);
  });

  it('replaces a policy of another hash, per profile', async () => {
    const policy = (profile: string, tool: string) => ({ serverId, profile, hash: hashOf(tool), document: samplePolicy(tool) });
    await recordPolicies(store(), { policies: [policy('starter', 'one'), policy('strict', 'one')], now: at(1) });
    await recordPolicies(store(), { policies: [policy('starter', 'two')], now: at(2) });
    expect(await policyOf(store(), serverId, 'starter')).toEqual(samplePolicy('two'));
    expect(await policyOf(store(), serverId, 'strict')).toEqual(samplePolicy('one'));
  });
});
