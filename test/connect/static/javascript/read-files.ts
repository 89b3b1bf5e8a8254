import { readJavaScript } from '../../../../src/connect/static/javascript/read-javascript.ts';
import type { SourceReading } from '../../../../src/connect/static/source-reader.ts';

export type Texts = string | Readonly<Record<string, string>>;

/** Reads sources given by path; a single one is `index.ts`. */
export function readTexts(texts: Texts): SourceReading {
  const files = typeof texts === 'string' ? { 'index.ts': texts } : texts;
  return readJavaScript(Object.entries(files).map(([path, text]) => ({ path, text })));
}

export function namesIn(texts: Texts): string[] {
  return readTexts(texts).tools.map(({ definition }) => definition.name);
}
