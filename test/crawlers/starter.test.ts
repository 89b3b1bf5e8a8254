import { describe, expect, it } from 'vitest';
import { starter } from '../../crawlers/starter.ts';
import { RegistryEntry } from '../../src/model/registry-entry.ts';
import { fakeHttp } from './doubles/fake-http.ts';

/** The list is part of the package: nothing may be asked. */
const http = fakeHttp(async (input) => {
  throw new Error(`nobody planned a request for ${input}`);
});

async function entriesOf(abort = new AbortController().signal) {
  const entries: RegistryEntry[] = [];
  const context = { http, abort, now: () => new Date(0), known: async () => new Map() };
  for await (const discovery of starter.crawl(context)) {
    if (discovery.kind !== 'entry') throw new Error(`the list yields a ${discovery.kind}`);
    entries.push(discovery.entry);
  }
  return entries;
}

describe('the starter list', () => {
  it('holds 24 servers, each one npm package at an exact version, no id twice', async () => {
    const entries = await entriesOf();
    expect(entries).toHaveLength(24);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(24);
    for (const entry of entries) {
      expect(RegistryEntry.parse(entry)).toStrictEqual(entry);
      expect(entry.packages[0]?.version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it('stops when aborted', async () => {
    await expect(entriesOf(AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
