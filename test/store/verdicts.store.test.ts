import { beforeEach, describe, expect, it } from 'vitest';
import { classificationsUnder, currentClassifications, recordClassifications, recordContext } from '../../src/store/classifications.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { policyBases, policyOf, recordPolicies } from '../../src/store/policies.ts';
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
  let runId = 0;
  beforeEach(async () => {
    await recordServers(store(), { servers: [sampleServer(serverId)], now: at(0) });
    runId = await startRun(store(), { options: {}, now: at(0) });
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
  const classified = async (extra: object = {}) => {
    const toolHashes = [one.hash, two.hash, 'unknown'];
    const known = await classificationsUnder(store(), { contextHash: context.contextHash, classifierVersion: '1', toolHashes, ...extra });
    return new Set(known.keys());
  };

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
    expect(await policyOf(store(), serverId, 'strict')).toBeUndefined();
  });

  describe('what policies are made of', () => {
    const bases = async (classifierVersion = '1') => {
      const all = [];
      for await (const { server, ...basis } of policyBases(store(), {
        classifierVersion,
        profile: 'starter',
        signals: ['egress'],
        findings: [],
      })) {
        all.push({ id: server.id, ...basis });
      }
      return all;
    };

    it('is every server with a listing, with the categories that count and the hash of its policy', async () => {
      await recordServers(store(), { servers: [sampleServer(serverId), sampleServer('npm:never-listed')], now: at(0) });
      expect(await bases()).toEqual([{ id: serverId, tools: [], findings: [], hash: undefined }]);
      await classify(one, { category: 'Write' });
      await classify(two, { category: 'Read' });
      await classify(two, { category: 'Execute', classifierVersion: '2' });
      await recordPolicies(store(), { policies: [{ serverId, profile: 'starter', hash: 'h', document: samplePolicy('one') }], now: at(1) });
      const toolsIn = async (version: string) =>
        (await bases(version)).map(({ tools }) => tools.map(({ name, category }) => `${name} ${category}`).sort());
      expect(await toolsIn('1')).toEqual([['one Write', 'two Read']]);
      expect(await toolsIn('2')).toEqual([['one Write', 'two Execute']]);
      expect((await bases())[0]?.hash).toBe('h');
    });

    it('is given for more servers than fit one page, by id, each once', async () => {
      const ids = Array.from({ length: 1_100 }, (_, index) => `npm:s${String(index).padStart(4, '0')}`);
      await recordServers(store(), { servers: ids.map((id) => sampleServer(id)), now: at(0) });
      for (const id of ids) {
        await recordEnumeration(store(), { serverId: id, runId, launchKey: 'k', startedAt: at(1), enumeration: listed([]), tools: [] });
      }
      expect((await bases()).map(({ id }) => id)).toEqual(ids);
    });
  });

  it('replaces a policy of another hash, per profile', async () => {
    const policy = (profile: string, tool: string) => ({ serverId, profile, hash: hashOf(tool), document: samplePolicy(tool) });
    await recordPolicies(store(), { policies: [policy('starter', 'one'), policy('strict', 'one')], now: at(1) });
    await recordPolicies(store(), { policies: [policy('starter', 'two')], now: at(2) });
    expect(await policyOf(store(), serverId, 'starter')).toEqual(samplePolicy('two'));
    expect(await policyOf(store(), serverId, 'strict')).toEqual(samplePolicy('one'));
  });
});
