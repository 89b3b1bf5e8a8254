import { LineCounter, parseDocument, stringify } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './policy-format.ts';
import { problemsOf } from './problems.ts';

/**
 * YAML that every reader takes for the same value: each text in double quotes, so that `no`, `1` and `<<` stay texts, and no folded lines.
 *
 * @param comment - Lines to stand before it; nothing of theirs comes from a server.
 */
export function yamlText(comment: readonly string[], value: unknown): string {
  const body = stringify(value, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'QUOTE_DOUBLE',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  return `${comment.map((line) => `# ${line}\n`).join('')}${body}`;
}

/** Of a YAML file: what its parser or the schema finds wrong. Keys that stand twice are among it. */
export function yamlProblems(text: string, schema: z.ZodType): readonly Problem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const found = [...document.errors, ...document.warnings];
  if (found.length > 0)
    return found.map(({ pos, code }) => ({ at: `line ${lines.linePos(pos[0]).line}`, message: `This is no YAML (${code}). Correct it.` }));
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }));
  return parsed.success ? [] : problemsOf(parsed.error);
}
