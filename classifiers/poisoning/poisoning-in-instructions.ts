import type { Finding } from '../../src/model/classification.ts';
import type { ServerContext } from '../../src/model/server.ts';
import { type Found, findInText, findingsOf } from './poisoning-in.ts';
import { serverSubject } from './subject.ts';
import type { TextRole } from './texts.ts';

const FIELDS: readonly (readonly [keyof ServerContext & ('name' | 'title' | 'description' | 'instructions'), TextRole])[] = [
  ['name', 'title'],
  ['title', 'title'],
  ['description', 'description'],
  ['instructions', 'other'],
];

/** What a server says of itself, read as its tools are: its instructions go to the model with every session. `at` is a pointer into the context. */
export function poisoningInInstructions(context: ServerContext): Finding[] {
  const found: Found = new Map();
  const subject = serverSubject(context);
  for (const [field, role] of FIELDS) {
    const text = context[field];
    if (!text) continue;
    findInText(
      { text, role, parameter: '', isSwitch: false, section: '', isAside: false, place: { step: field, above: undefined } },
      () => `/${field}`,
      subject,
      found,
    );
  }
  return findingsOf(found);
}
