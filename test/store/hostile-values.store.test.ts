import { beforeEach, expect, it } from 'vitest';
import { pickRelease } from '../../src/identity/pick-release.ts';
import { classificationsUnder, currentClassifications, recordClassifications, recordContext } from '../../src/store/classifications.ts';
import { currentEntries } from '../../src/store/current-entries.ts';
import { currentListing, recordEnumeration } from '../../src/store/enumerations.ts';
import { policyOf, recordPolicies } from '../../src/store/policies.ts';
import { NO_ENTRIES, recordEntries } from '../../src/store/registry-entries.ts';
import { faultsOfRun, recordFaults, startRun } from '../../src/store/runs.ts';
import { findServer, recordServers } from '../../src/store/servers.ts';
import { readSnapshot } from '../../src/store/snapshot.ts';
import { storableJson } from '../../src/store/storable-json.ts';
import { toolDefinitions } from '../../src/store/tools.ts';
import { describeStore } from './backends.ts';
import {
  allServers,
  at,
  hashOf,
  listed,
  rawDocuments,
  sampleClassification,
  sampleContext,
  sampleEntry,
  sampleFault,
  samplePolicy,
  sampleServer,
  sampleTool,
} from './samples.ts';

const HOSTILE_TEXTS = [
  'nul \0',
  'lone \ud800 surrogate \udfff',
  '__proto__',
  "'; drop table servers; --",
  '$1 %s {0} \\',
  '{"a":[1,2],"b',
  'x'.repeat(10_000),
  '\u202e right to left \u{e0041}',
  '\u001b[31m\r\n\t',
];

const HOSTILE_DOCUMENT = JSON.parse(
  '{"__proto__":{"isAdmin":true},"huge":1e400,"big":123456789012345678901234567890,"nul\\u0000":"\\u0000","\\ud800":[]}',
);

const serverId = 'npm:a';

describeStore('hostile values', (store) => {
  let runId = 0;
  beforeEach(async () => {
    await recordServers(store(), { servers: [sampleServer(serverId)], now: at(0) });
    runId = await startRun(store(), { options: HOSTILE_DOCUMENT, now: at(0) });
  });

  it('in registry entries cost nothing but themselves', async () => {
    const source = 'example-index';
    const harmless = sampleEntry('harmless');
    const hostile = HOSTILE_TEXTS.map((text, index) =>
      sampleEntry(`${index}${text.slice(0, 290)}`, { description: text, raw: HOSTILE_DOCUMENT }),
    );
    const entries = [...hostile, harmless];
    expect(await recordEntries(store(), { source, seenAt: at(1), entries }, pickRelease)).toEqual({
      ...NO_ENTRIES,
      added: entries.length,
      servers: entries.length,
    });
    expect(await recordEntries(store(), { source, seenAt: at(2), entries }, pickRelease)).toEqual({
      ...NO_ENTRIES,
      unchanged: entries.length,
    });
    const current = await currentEntries(store());
    expect(current).toHaveLength(entries.length);
    expect(current).toEqual(expect.arrayContaining(entries.map(({ entry: { raw: _, ...entry } }) => storableJson(entry))));
    expect(JSON.stringify((await rawDocuments(store()))[0])).toBe(JSON.stringify(storableJson(HOSTILE_DOCUMENT)));
  });

  it('in server ids, names and aliases still find their server', async () => {
    const texts = HOSTILE_TEXTS.map((text) => text.slice(0, 1_000));
    const servers = texts.map((text) => sampleServer(`npm:${text}`, { name: `name ${text}`, aliases: [`npm:${text}`, `alias ${text}`] }));
    await recordServers(store(), { servers, now: at(1) });
    expect(await recordServers(store(), { servers, now: at(2) })).toMatchObject({
      added: [],
      changed: [],
      gone: [],
      unchanged: servers.length,
    });
    expect(await allServers(store())).toHaveLength(servers.length);
    for (const { server } of servers) {
      for (const wanted of [server.id, server.name, ...server.aliases]) {
        expect(await findServer(store(), wanted)).toEqual(storableJson(server));
      }
    }
  });

  it('in tool definitions are kept as their storable form, under the hash of that', async () => {
    const tools = HOSTILE_TEXTS.map((text) => storableJson(sampleTool(text, { description: text, inputSchema: HOSTILE_DOCUMENT })));
    const enumeration = listed(tools, { instructions: HOSTILE_TEXTS.join(), serverInfo: { name: '\0', version: '\ud800' } });
    const enumerationId = await recordEnumeration(store(), { serverId, runId, launchKey: 'nul \0', startedAt: at(1), enumeration, tools });
    const listing = await currentListing(store(), serverId);
    expect(listing?.tools.map(({ name }) => name)).toEqual(HOSTILE_TEXTS.map(storableJson));
    const definitions = await toolDefinitions(store(), listing?.tools.map(({ hash }) => hash) ?? []);
    expect(definitions.size).toBe(new Set(tools.map(({ hash }) => hash)).size);
    for (const [hash, definition] of definitions) expect(hashOf(definition)).toBe(hash);

    const context = sampleContext(HOSTILE_TEXTS, { description: '\0' });
    await recordContext(store(), { serverId, enumerationId, ...context });
    const { contextHash } = context;
    const verdicts = tools.map(({ hash, definition }) => ({
      toolHash: hash,
      contextHash,
      classification: sampleClassification(definition.name),
    }));
    await recordClassifications(store(), verdicts);
    const toolHashes = tools.map(({ hash }) => hash);
    const known = await classificationsUnder(store(), { contextHash, classifierVersion: '1', toolHashes });
    expect(new Set(known.keys())).toEqual(new Set(toolHashes));
    expect([...(await currentClassifications(store(), serverId, '1')).values()].map(({ name }) => name).sort()).toEqual(
      tools.map(({ definition }) => definition.name).sort(),
    );
  });

  it('as tool names are all there in the policy that is read back', async () => {
    const document = storableJson(samplePolicy(...HOSTILE_TEXTS, 'constructor', '*'));
    await recordPolicies(store(), { policies: [{ serverId, profile: 'starter', hash: hashOf(document), document }], now: at(1) });
    expect(JSON.stringify(await policyOf(store(), serverId, 'starter'))).toBe(JSON.stringify(document));
    const policy = await readSnapshot(store(), async (reader) => {
      for await (const server of reader.servers({ classifierVersion: '1', profile: 'starter' })) return server.policy;
      return undefined;
    });
    expect(Object.keys(policy?.tools ?? {})).toContain('__proto__');
  });

  it('in faults are all kept', async () => {
    const faults = HOSTILE_TEXTS.map((text) => ({
      stage: 'enumerate' as const,
      fault: { ...sampleFault, subject: text, message: text, details: text },
    }));
    await recordFaults(store(), runId, faults);
    expect(await faultsOfRun(store(), runId)).toEqual(faults.map(storableJson));
  });

  it('do not show up in the message when the database refuses a statement', async () => {
    const attempt = recordEnumeration(store(), {
      serverId,
      runId: 999,
      launchKey: 'secret-launch-key',
      startedAt: at(1),
      enumeration: listed([]),
      tools: [],
    });
    const error: unknown = await attempt.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'query-failed', message: expect.stringContaining('foreign key') });
    expect(String(error)).not.toContain('secret-launch-key');
  });
});
