import { beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/classification.ts';
import { recordContext } from '../../src/store/classifications.ts';
import { recordEnumeration } from '../../src/store/enumerations.ts';
import { startRun } from '../../src/store/runs.ts';
import {
  type NewServerFindings,
  recordServerFindings,
  redefinitionsUpTo,
  serverFindingsOf,
  serversToClassify,
} from '../../src/store/server-findings.ts';
import { recordServers } from '../../src/store/servers.ts';
import { describeStore } from './backends.ts';
import { dumpStore } from './dump.ts';
import { at, failed, listed, sampleContext, sampleServer, sampleTool } from './samples.ts';

const serverId = 'npm:a';
const context = sampleContext(['one']);
const finding: Finding = {
  kind: 'toxic-combination',
  severity: 'high',
  technique: 'lethal-trifecta',
  message: 'Reads, and sends.\u0000',
  evidence: [{ by: 'egress', at: '/name', excerpt: 'send', tool: 'send' }],
};

describeStore('what is wrong with servers', (store) => {
  let runId = 0;
  let second = 0;
  beforeEach(async () => {
    await recordServers(store(), { servers: [sampleServer(serverId), sampleServer('npm:b')], now: at(0) });
    runId = await startRun(store(), { options: {}, now: at(0) });
    second = 0;
  });

  /** One listing: each tool by name and the word that its definition says. */
  async function list(tools: Record<string, string>, id = serverId) {
    const samples = Object.entries(tools).map(([name, description]) => sampleTool(name, { description }));
    second += 1;
    const record = { serverId: id, runId, launchKey: 'k', startedAt: at(second), enumeration: listed(samples), tools: samples };
    return recordEnumeration(store(), record);
  }

  const fail = () =>
    recordEnumeration(store(), { serverId, runId, launchKey: 'k', startedAt: at(++second), enumeration: failed(), tools: [] });

  async function found(enumerationId: number, extra: Partial<NewServerFindings> = {}) {
    await recordContext(store(), { serverId, enumerationId, ...context });
    const keys = {
      serverId,
      enumerationId,
      contextHash: context.contextHash,
      classifierVersion: '1',
      serverHash: sampleServer(serverId).hash,
    };
    await recordServerFindings(store(), { ...keys, findings: [finding], changes: [], ...extra });
  }

  const due = async (version = '1') => {
    const { due: servers, notDue } = await serversToClassify(store(), version);
    return [servers.map(({ server }) => server.id), notDue];
  };

  it('is kept, and left untouched when it is found again', async () => {
    const enumerationId = await list({ one: 'x' });
    const changes = [{ tool: 'one', hash: 'h', findings: [{ ...finding, since: at(1).toISOString() }] }];
    await found(enumerationId, { changes });
    const stored = await serverFindingsOf(store(), serverId);
    expect(stored?.findings).toEqual([{ ...finding, message: 'Reads, and sends.\ufffd' }]);
    expect(stored?.changes[0]?.findings[0]?.since).toBe(at(1).toISOString());
    const before = await dumpStore(store(), { exact: true });
    await found(enumerationId, { changes });
    expect(await dumpStore(store(), { exact: true })).toEqual(before);
    await found(enumerationId, { findings: [] });
    expect(await serverFindingsOf(store(), serverId)).toEqual({ findings: [], changes: [] });
    expect(await serverFindingsOf(store(), 'npm:b')).toBeUndefined();
  });

  describe('a server is due', () => {
    it('when it was listed, until it was looked into', async () => {
      expect(await due()).toEqual([[], 0]);
      const enumerationId = await list({ one: 'x' });
      expect(await due()).toEqual([[serverId], 0]);
      await found(enumerationId);
      expect(await due()).toEqual([[], 1]);
      await fail();
      expect(await due()).toEqual([[], 1]);
    });

    it('again for another version, another listing, another description', async () => {
      await found(await list({ one: 'x' }));
      expect(await due('2')).toEqual([[serverId], 0]);
      const enumerationId = await list({ one: 'x' });
      expect(await due()).toEqual([[serverId], 0]);
      await found(enumerationId);
      expect(await due()).toEqual([[], 1]);
      await recordServers(store(), { servers: [sampleServer(serverId, { description: 'Now with more.' })], now: at(9) });
      expect(await due()).toEqual([[serverId], 0]);
    });

    it('not when it is gone', async () => {
      await list({ one: 'x' });
      await recordServers(store(), { servers: [sampleServer('npm:b')], now: at(9) });
      expect(await due()).toEqual([[], 0]);
    });
  });

  describe('how tools changed', () => {
    const hash = (name: string, description: string) => sampleTool(name, { description }).hash;

    async function changesAfter(...listings: Record<string, string>[]) {
      let last = 0;
      for (const tools of listings) last = await list(tools);
      const changes = await redefinitionsUpTo(store(), serverId, last);
      return changes.map(({ tool, before, after, since }) => [tool, before, after, since.getUTCSeconds()]);
    }

    it.each<[string, Record<string, string>[], unknown[]]>([
      ['not at first', [{ one: 'x' }], []],
      ['not by being listed again', [{ one: 'x' }, { one: 'x', two: 'y' }], []],
      ['from one listing to the next', [{ one: 'x' }, { one: 'y' }], [['one', hash('one', 'x'), hash('one', 'y'), 2]]],
      [
        'and stays so until the next change',
        [{ one: 'x' }, { one: 'y' }, { one: 'y' }, { one: 'y' }],
        [['one', hash('one', 'x'), hash('one', 'y'), 2]],
      ],
      ['the last change is what counts', [{ one: 'x' }, { one: 'y' }, { one: 'z' }], [['one', hash('one', 'y'), hash('one', 'z'), 3]]],
      ['back again is a change', [{ one: 'x' }, { one: 'y' }, { one: 'x' }], [['one', hash('one', 'y'), hash('one', 'x'), 3]]],
      ['also while it was away', [{ one: 'x' }, { two: 'y' }, { one: 'y' }], [['one', hash('one', 'x'), hash('one', 'y'), 3]]],
      ['of what is there only', [{ one: 'x' }, { one: 'y' }, { two: 'y' }], []],
    ])('%s', async (_, listings, expected) => {
      expect(await changesAfter(...listings)).toEqual(expected);
    });

    it('of two tools of one name by the first', async () => {
      const twice = [sampleTool('one', { description: 'x' }), sampleTool('one', { description: 'y' })];
      for (const startedAt of [at(1), at(2)]) {
        const id = await recordEnumeration(store(), {
          serverId,
          runId,
          launchKey: 'k',
          startedAt,
          enumeration: listed(twice),
          tools: twice,
        });
        expect(await redefinitionsUpTo(store(), serverId, id)).toEqual([]);
      }
    });

    it('without what other servers and failed looks say, and as it was at an earlier listing', async () => {
      const first = await list({ one: 'x' });
      await list({ one: 'z' }, 'npm:b');
      await fail();
      const third = await list({ one: 'y' });
      expect(await redefinitionsUpTo(store(), serverId, first)).toEqual([]);
      expect(await redefinitionsUpTo(store(), serverId, third)).toMatchObject([
        { before: hash('one', 'x'), after: hash('one', 'y'), since: at(4) },
      ]);
    });
  });
});
