import { readdirSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { Correction, type Corrections, correctionsOf } from './model/correction.ts';

/** A correction cannot be used. The message names the file, the line and the field. */
class CorrectionsError extends Error {
  override readonly name = 'CorrectionsError';
}

/** The corrections that ship with Assay. */
function correctionsFolder(): string {
  const manifest = findPackageJSON(import.meta.url);
  if (!manifest) throw new Error('the package.json of mcp-assay is missing beside its code');
  return join(dirname(manifest), 'corrections');
}

/**
 * Reads every `*.yaml` of a folder.
 *
 * @throws CorrectionsError when one of them is not a correction, or corrects what another one does.
 */
export function readCorrections(folder: string = correctionsFolder()): Corrections {
  const files = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
  const read = files.map((name) => ({ name, correction: readCorrection(join(folder, name)) }));
  const known = new Map<string, string>();
  for (const { name, correction } of read) {
    const subject = JSON.stringify([correction.server, correction.tool]);
    const earlier = known.get(subject);
    if (earlier) throw new CorrectionsError(`${name} and ${earlier} correct the same tool ${correction.tool} of ${correction.server}`);
    known.set(subject, name);
  }
  return correctionsOf(read.map(({ correction }) => correction));
}

function readCorrection(file: string): Correction {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const [error] = document.errors;
  if (error) throw new CorrectionsError(`${file}:${lines.linePos(error.pos[0]).line} is not YAML: ${error.message.split('\n')[0]}`);
  const read = Correction.safeParse(document.toJS());
  if (read.success) return read.data;
  throw new CorrectionsError(read.error.issues.map((issue) => `${file}:${problem(issue, document, lines)}`).join('\n'));
}

/** `12: category: Invalid option`. A field that is missing has no line: then it is that of what should hold it. */
function problem(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): string {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  const field = path.length > 0 ? `${path.map(String).join('.')}: ` : '';
  return `${lineOf(path, document, lines)}: ${field}${issue.message}`;
}

function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
