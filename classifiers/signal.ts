import type { Evidence } from '../src/model/classification.ts';
import type { Decision } from './decide.ts';
import type { Mention } from './excerpt.ts';
import { type Parameter, parameterExcerpt, parameterPath } from './parameter.ts';
import type { ParsedTool } from './parsed-tool.ts';

/** One named risk detail. Pure; moves the score and nothing else. */
export interface Signal {
  /** A noun phrase for what is found. Published, so never reused. */
  readonly id: string;
  readonly finds: string;
  readonly why: string;
  /** Share of a category's room for a higher score that this signal takes, 0–1. */
  readonly weight: number;
  /** Wording for people. */
  label(evidence: readonly Evidence[]): string;
  detect(parsed: ParsedTool, decision: Decision): readonly Evidence[];
}

/** Parameters named in a label; the evidence has them all. */
const MAX_NAMED = 4;
/** Places shown for one signal. */
const MAX_EVIDENCE = 20;

/** `Accepts URL/endpoint input (url, media[].url)`. */
export function withParameters(wording: string): (evidence: readonly Evidence[]) => string {
  return (evidence) => {
    const paths = [...new Set(evidence.map(({ at }) => parameterPath(at)).filter((path) => path !== ''))];
    const named = paths.slice(0, MAX_NAMED).join(', ') + (paths.length > MAX_NAMED ? ', …' : '');
    return named === '' ? wording : `${wording} (${named.toWellFormed()})`;
  };
}

/** Evidence at each of these parameters. */
export function atParameters(id: string, parameters: readonly Parameter[]): Evidence[] {
  return parameters.length === 0
    ? []
    : parameters.slice(0, MAX_EVIDENCE).map((parameter) => ({ by: id, at: parameter.at, excerpt: parameterExcerpt(parameter) }));
}

/** Evidence at each place that was found; absent ones are left out. */
export function atMentions(id: string, mentions: readonly (Mention | undefined)[]): Evidence[] {
  const evidence: Evidence[] = [];
  for (const mention of mentions) if (mention) evidence.push({ by: id, at: mention.at, excerpt: mention.excerpt });
  return evidence;
}
