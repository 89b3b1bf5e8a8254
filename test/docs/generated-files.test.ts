import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../docs/generated-files.ts';

describe('generated files', () => {
  it.each([...generatedFiles()])('%s is what the code says (npm run docs writes it)', async (path, text) => {
    expect(await readFile(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text);
  });
});
