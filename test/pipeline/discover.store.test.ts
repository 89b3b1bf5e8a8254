import { describe, expect, it } from 'vitest';
import type { CrawlContext, Crawler } from '../../crawlers/crawler.ts';
import { crawlersOf } from '../../crawlers/index.ts';
import { NO_CORRECTIONS } from '../../src/model/correction.ts';
import { FaultError } from '../../src/model/fault.ts';
import type { Discovery } from '../../src/model/registry-entry.ts';
import { Settings } from '../../src/model/settings.ts';
import { type DiscoverOptions, discover } from '../../src/pipeline/discover.ts';
import { identify } from '../../src/pipeline/identify.ts';
import { currentEntries } from '../../src/store/current-entries.ts';
import { serversToLookAt } from '../../src/store/servers.ts';
import { sourceState } from '../../src/store/sources.ts';
import { fakeHttp } from '../crawlers/doubles/fake-http.ts';
import { describeStore } from '../store/backends.ts';
import { sampleEntry } from '../store/samples.ts';

const http = fakeHttp(async (input) => {
  throw new Error(`nobody planned a request for ${input}`);
});

type Crawl = (context: CrawlContext) => AsyncIterable<Discovery> | Iterable<Discovery>;

function source(crawl: Crawl, facts: Partial<Crawler> = {}): Crawler {
  return {
    ...{ id: 'index', title: 'Index', homepage: 'https://index.example', incremental: true, origin: 'a' },
    ...facts,
    async *crawl(context) {
      yield* crawl(context);
    },
  };
}

const entry = (id: string, extra = {}): Discovery => ({ kind: 'entry', entry: sampleEntry(id, { source: 'index', ...extra }).entry });
const watermark = (at: string): Discovery => ({ kind: 'watermark', watermark: at });
const options: DiscoverOptions = { http, optOut: [], sourceMs: 60_000, onProgress: () => {} };

describeStore('discovering a source', (store) => {
  let clock = Date.parse('2026-11-01T00:00:00Z');
  const now = () => new Date(clock);
  const context = () => ({ store: store(), corrections: NO_CORRECTIONS, runId: 1, now, abort: new AbortController().signal });
  const run = (crawler: Crawler, extra: Partial<DiscoverOptions> = {}) => {
    clock += 3_600_000;
    return discover(context(), crawler, { ...options, ...extra });
  };
  const ids = async () => (await currentEntries(store())).map(({ id }) => id);

  it('asks for changes once a pass has ended, and for everything when told to', async () => {
    const asked: (string | undefined)[] = [];
    const crawler = source(({ since }) => {
      asked.push(since);
      return [entry('a'), watermark('2026-10-01T00:00:00Z')];
    });
    await run(crawler);
    await run(crawler);
    await run(crawler, { since: '2026-10-15T00:00:00Z' });
    await run(crawler);
    await run(crawler, { whole: true });
    // What lies between the watermark and a later --since was not asked for, so the watermark stayed.
    expect(asked).toEqual([undefined, '2026-10-01T00:00:00Z', '2026-10-15T00:00:00Z', '2026-10-01T00:00:00Z', undefined]);
  });

  it('keeps what was listed, and the watermark, when a pass breaks off', async () => {
    await run(source(() => [entry('a'), entry('b'), watermark('2026-10-01T00:00:00Z')]));
    const broken = source(function* () {
      yield entry('c');
      yield watermark('2026-10-09T00:00:00Z');
      throw new FaultError({ code: 'timeout', subject: 'index.example', message: 'It did not answer.', retryable: true });
    });
    const { report, faults } = await run(broken, { whole: true });
    expect(report).toMatchObject({ scope: 'whole', complete: false, added: 1, gone: 0 });
    expect(faults).toMatchObject([{ code: 'source-broke-off', details: 'timeout · index.example' }]);
    expect(await ids()).toEqual(['a', 'b', 'c']);
    expect(await sourceState(store(), 'index')).toMatchObject({ watermark: '2026-10-01T00:00:00Z' });
  });

  it('breaks a source off that takes too long', async () => {
    const slow = source(async function* ({ abort }) {
      yield entry('a');
      await new Promise((_, reject) => abort.addEventListener('abort', () => reject(abort.reason)));
    });
    const { report, faults } = await run(slow, { sourceMs: 20 });
    expect(report).toMatchObject({ complete: false, added: 1 });
    expect(faults).toMatchObject([{ code: 'source-broke-off', message: expect.stringMatching(/took longer than/) }]);
  });

  it('reads another source under the same id whole, whatever the old one left', async () => {
    const many = Array.from({ length: 80 }, (_, index) => entry(`old-${index}`));
    await run(source(() => [...many, watermark('2026-10-01T00:00:00Z')]));
    const { report, faults } = await run(source(({ since }) => (since ? [] : [entry('new')]), { origin: 'b' }));
    expect(report).toMatchObject({ scope: 'whole', added: 1, gone: 80 });
    expect(faults).toEqual([]);
    expect(await ids()).toEqual(['new']);
  });

  it('leaves out who asked for it, and counts what is wrong with the rest', async () => {
    const fault: Discovery = { kind: 'fault', fault: { code: 'entry-unreadable', subject: 'x', message: 'm', retryable: false } };
    const { report } = await run(
      source(() => [entry('a'), entry('b'), fault]),
      { optOut: ['name:b'] },
    );
    expect(report).toMatchObject({ added: 1, faults: 1 });
    expect(await ids()).toEqual(['a']);
  });

  it('a source that is no longer configured has no say, and has it again when it comes back', async () => {
    await run(source(() => [entry('a')]));
    const servers = async (...precedence: string[]) => {
      await identify(context(), { precedence, authorities: {}, optOut: [] });
      return (await serversToLookAt(store())).length;
    };
    expect([await servers('index'), await servers('other'), await servers('index')]).toEqual([1, 0, 1]);
  });
});

describe('a registry that wants a token', () => {
  it('is a fault without one: asked anonymously it might hide what would then be gone', async () => {
    const sources = [{ kind: 'registry', id: 'ours', baseUrl: 'https://registry.example', tokenVariable: 'OUR_TOKEN' }];
    const access = { secret: () => undefined, packageRegistry: () => Promise.reject(new Error('not asked')) };
    const [crawler] = crawlersOf(Settings.parse({ sources }), access);
    const context = { http, abort: new AbortController().signal, now: () => new Date(0), known: async () => new Map() };
    await expect(crawler?.crawl(context)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      fault: { code: 'source-needs-key', subject: 'ours', message: expect.stringMatching(/OUR_TOKEN is empty/) },
    });
  });
});
