import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { classifyTool } from '../classifiers/classify-tool.ts';
import { SIGNALS } from '../classifiers/signals/index.ts';
import { annotatedRows, liveTools } from './corpora.ts';

/** One hit of a signal that somebody read: whether the definition really shows what the signal says. */
const Judgement = z.object({ server: z.string(), tool: z.string(), right: z.boolean(), why: z.string() });
type Judgement = z.infer<typeof Judgement>;

/** A tool on which a signal fires, with what it shows. */
export interface Hit {
  readonly server: string;
  readonly tool: string;
  readonly description: string;
  readonly label: string;
  readonly evidence: readonly string[];
}

/** How often a signal is right where it fires on real tools. */
export interface SignalPrecision {
  readonly id: string;
  readonly hits: number;
  readonly judged: number;
  readonly right: number;
  /** Hits of the sample that nobody has read. */
  readonly unread: readonly Hit[];
}

/** Hits read of each signal; all, where it has fewer. */
const SAMPLE = 40;

/**
 * For each signal, its hits on the real corpora in an order by hash, of which the first forty are the sample: a change of the signal that brings
 * other tools into the sample asks for these to be read.
 */
export function signalPrecisions(): SignalPrecision[] {
  const hits = hitsBySignal();
  return SIGNALS.map(({ id }) => {
    const all = hits.get(id) ?? [];
    const sample = all.slice(0, SAMPLE).map((hit) => ({ hit, judgement: judgementsOf(id).get(keyOf(hit)) }));
    const read = sample.flatMap(({ judgement }) => (judgement ? [judgement] : []));
    return {
      id,
      hits: all.length,
      judged: read.length,
      right: read.filter(({ right }) => right).length,
      unread: sample.flatMap(({ hit, judgement }) => (judgement ? [] : [hit])),
    };
  });
}

function hitsBySignal(): Map<string, Hit[]> {
  const hits = new Map<string, Map<string, Hit>>(SIGNALS.map(({ id }) => [id, new Map()]));
  for (const { server, definition, context } of [...liveTools(), ...annotatedRows()]) {
    for (const { id, label, evidence } of classifyTool(definition, context).signals) {
      const description = typeof definition['description'] === 'string' ? definition['description'] : '';
      const hit = { server, tool: definition.name, description, label, evidence: evidence.map(({ at, excerpt }) => `${at}: ${excerpt}`) };
      hits.get(id)?.set(keyOf(hit), hit);
    }
  }
  return new Map([...hits].map(([id, ofSignal]) => [id, inDrawnOrder(id, [...ofSignal.values()])]));
}

function inDrawnOrder(id: string, hits: readonly Hit[]): Hit[] {
  const drawn = hits.map((hit) => ({
    hit,
    order: createHash('sha256')
      .update(`${id} ${keyOf(hit)}`)
      .digest('hex'),
  }));
  return drawn.sort((a, b) => (a.order < b.order ? -1 : 1)).map(({ hit }) => hit);
}

function judgementsOf(id: string): Map<string, Judgement> {
  const file = new URL(`judgements/${id}.jsonl`, import.meta.url);
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n');
  const judgements = lines.filter((line) => line !== '').map((line) => Judgement.parse(JSON.parse(line)));
  return new Map(judgements.map((judgement) => [keyOf(judgement), judgement]));
}

function keyOf({ server, tool }: { readonly server: string; readonly tool: string }): string {
  return JSON.stringify([server, tool]);
}
