import type { AccessPolicy } from '../model/access-policy.ts';
import { isJsonObject } from '../model/json.ts';
import { fillPlaceholders } from './fill-placeholders.ts';
import type { Problem } from './formats/policy-format.ts';
import { readJson } from './formats/problems.ts';
import { readAccessPolicy } from './formats/read-access-policy.ts';
import { readDocument } from './formats/read-document.ts';

export type ReadPolicy = { readonly policy: AccessPolicy } | { readonly problems: readonly Problem[] };

/** A policy in either of the forms that Assay decides by: its own, or the published document. Placeholders may still be open in it. */
export function readPolicy(text: string): ReadPolicy {
  const read = readJson(text);
  if ('problems' in read) return read;
  const keys = isJsonObject(read.value) ? Object.keys(read.value) : [];
  if (keys.includes('form')) return readAccessPolicy(text);
  if (keys.includes('version')) return readDocument(text);
  const message = 'This is no policy: one begins with "form": "assay-policy/1", or with "version": "1" in the published form.';
  return { problems: [{ at: '', message }] };
}

/** A policy to decide by: nothing in it is left open. @param values - What its placeholders stand for, by name. */
export function loadPolicy(text: string, values: ReadonlyMap<string, string> = new Map()): ReadPolicy {
  const read = readPolicy(text);
  return 'problems' in read ? read : fillPlaceholders(read.policy, values);
}
