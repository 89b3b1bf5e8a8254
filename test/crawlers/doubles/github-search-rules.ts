import type { DoubleRepository } from './github-repositories.ts';

/** https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax */
const TERM = /(-?)(?:(\w+):("[^"]*"|\S+)|"([^"]*)"|(\S+))/g;

interface Term {
  readonly not: boolean;
  readonly qualifier?: string;
  readonly value: string;
}

export interface DoubleFile {
  readonly repository: DoubleRepository;
  readonly path: string;
  readonly text: string;
}

/** @throws For a qualifier that the double does not know, and so nobody planned. */
export function matchingRepositories(query: string, repositories: readonly DoubleRepository[]): DoubleRepository[] {
  const terms = termsOf(query);
  const fields = terms.find(({ qualifier }) => qualifier === 'in')?.value.split(',') ?? ['name', 'description'];
  const tests = terms.map((term) => repositoryTest(term, fields));
  const wantsForks = terms.some(({ qualifier }) => qualifier === 'fork');
  return repositories.filter((one) => !one.gone && (wantsForks || !one.fork) && tests.every((test) => test(one)));
}

export function matchingFiles(query: string, files: readonly DoubleFile[]): DoubleFile[] {
  const terms = termsOf(query);
  if (terms.every(({ qualifier }) => qualifier !== undefined)) throw new Error('a code search without a term is a 422');
  const tests = terms.map(fileTest);
  return files.filter((file) => tests.every((test) => test(file)));
}

/**
 * Why GitHub does not take a query, if so. Whether `-` counts as NOT is not said, so it does here.
 * https://docs.github.com/rest/search/search#limitations-on-query-length
 */
export function queryRefusal(query: string): string | undefined {
  const text = query.replace(TERM, (term, _not, qualifier) => (qualifier === undefined ? term : '')).replace(/\s+/g, ' ');
  if (text.trim().length > 256) return 'The search is longer than 256 characters.';
  const operators = [...query.matchAll(TERM)].filter(([term]) => /^(AND|OR|NOT)$|^-/.test(term));
  return operators.length > 5 ? 'More than five AND / OR / NOT operators were used.' : undefined;
}

function termsOf(query: string): Term[] {
  return [...query.matchAll(TERM)].map(([, not, qualifier, value, phrase, word]) => ({
    not: not === '-',
    ...(qualifier !== undefined && { qualifier }),
    value: (value ?? phrase ?? word ?? '').replaceAll('"', ''),
  }));
}

function repositoryTest({ not, qualifier, value }: Term, fields: readonly string[]): (repository: DoubleRepository) => boolean {
  const test = positiveTest(qualifier, value, fields);
  return not ? (repository) => !test(repository) : test;
}

function positiveTest(qualifier: string | undefined, value: string, fields: readonly string[]): (repository: DoubleRepository) => boolean {
  if (qualifier === undefined) {
    const phrase = wordsOf(value);
    return (repository) => fields.some((field) => wordsOf(fieldOf(repository, field)).includes(phrase));
  }
  if (qualifier === 'in' || qualifier === 'fork') return () => true;
  if (qualifier === 'topic') return ({ topics }) => topics.includes(value);
  if (qualifier === 'archived') return ({ archived = false }) => String(archived) === value;
  const { from, to } = rangeOf(value, qualifier === 'stars' ? 'number' : 'time');
  if (qualifier === 'created') return ({ createdAt }) => createdAt >= from && createdAt <= to;
  if (qualifier === 'pushed') return ({ pushedAt }) => pushedAt >= from && pushedAt <= to;
  if (qualifier === 'stars') return ({ stars }) => stars >= from && stars <= to;
  throw new Error(`nobody planned the qualifier ${qualifier}`);
}

function fieldOf({ fullName, description, files }: DoubleRepository, field: string): string {
  if (field === 'name') return fullName.split('/')[1] ?? '';
  return (field === 'readme' ? files['README.md'] : description) ?? '';
}

/** Words with a space on each side, so that a phrase matches whole words. */
function wordsOf(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `;
}

function fileTest({ qualifier, value }: Term): (file: DoubleFile) => boolean {
  if (qualifier === undefined) return ({ text }) => text.toLowerCase().includes(value.toLowerCase());
  if (qualifier === 'filename') return ({ path }) => path.split('/').at(-1) === value;
  const { from, to } = rangeOf(value, 'number');
  if (qualifier === 'size') return ({ text }) => text.length >= from && text.length <= to;
  throw new Error(`nobody planned the qualifier ${qualifier}`);
}

/** Both ends inclusive; a day ends with its last second. */
function rangeOf(value: string, kind: 'time' | 'number'): { from: number; to: number } {
  const first = (text: string) => (kind === 'number' ? Number(text) : Date.parse(text) / 1_000);
  const last = (text: string) => (kind === 'time' && !text.includes('T') ? first(text) + 86_399 : first(text));
  const [, sign = '', bound = ''] = /^(>=|<=|>|<)(.*)$/.exec(value) ?? [];
  const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  if (sign === '>=') return { ...all, from: first(bound) };
  if (sign === '>') return { ...all, from: last(bound) + 1 };
  if (sign === '<=') return { ...all, to: last(bound) };
  if (sign === '<') return { ...all, to: first(bound) - 1 };
  const [from = '', to = from] = value.split('..');
  const range = { from: from === '*' ? all.from : first(from), to: to === '*' ? all.to : last(to) };
  if (Number.isNaN(range.from) || Number.isNaN(range.to)) throw new Error(`no range: ${value}`);
  return range;
}
